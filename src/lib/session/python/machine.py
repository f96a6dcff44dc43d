# ---- The machine: E(v,h) = -a.v - b.h - v.W.h -----------------------------------------------------------------------
# A machine is (W [N, M], a [N], b [M]).


def softplus(x):
    return np.logaddexp(0, x)


def blocks_of_states(W, a, b, beta):
    """For every state of the hidden layer, a block at a time: ln of its weight, states, fields of the visible layer."""
    M = W.shape[1]
    for start in range(0, 2**M, 4096):
        state = np.arange(start, min(2**M, start + 4096))
        h = (state[:, None] >> np.arange(M) & 1).astype(np.float64)
        field = a + h @ W.T
        yield beta * (h @ b) + softplus(beta * field).sum(axis=1), h, field


def exact(rbm, beta):
    """(ln Z, mean energy) by enumeration of the smaller layer; None where that has more than 20 units."""
    W, a, b = (x.astype(np.float64) for x in rbm)
    if min(W.shape) > 20:
        return None
    if W.shape[0] < W.shape[1]:
        W, a, b = W.T, b, a
    top, mass, energy = -np.inf, 0.0, 0.0
    for weight, h, field in blocks_of_states(W, a, b, beta):
        peak = max(top, weight.max())
        share = np.exp(weight - peak)
        shrink = 0.0 if top == -np.inf else math.exp(top - peak)
        of = -(h @ b) - (field / (1 + np.exp(-beta * field))).sum(axis=1)
        mass, energy, top = mass * shrink + share.sum(), energy * shrink + (share * of).sum(), peak
    return top + math.log(mass), energy / mass


def free_energy(rbm, beta, v):
    """beta F(v) of rows v, in float64."""
    W, a, b = (x.astype(np.float64) for x in rbm)
    v = v.astype(np.float64)
    return -beta * (v @ a) - softplus(beta * (b + v @ W)).sum(axis=1)


def energies(rbm, v, h):
    W, a, b = (x.astype(np.float64) for x in rbm)
    v, h = v.astype(np.float64), h.astype(np.float64)
    return -v @ a - h @ b - ((v @ W) * h).sum(axis=1)


def initial_machine(scene, N, means, files):
    """The parameters before the first gradient step, float32."""
    M, beta, initial = scene["hidden"], scene["beta"], scene["initial"]
    if "initial_weights" in files:
        return files["initial_weights"], files["initial_visible_bias"], files["initial_hidden_bias"]
    if initial["kind"] == "spectrum":
        key = key_from_seed(initial["frameSeed"])
        u, _, vt = np.linalg.svd(normals(N * M, fold_in(key, 0)).reshape(N, M), full_matrices=False)
        values = (initial["singularValues"] + [initial["rest"]] * min(N, M))[: min(N, M)]
        W = (u * values) @ vt
        if initial["bias"] == "balanced":
            a, b = -0.5 * W.sum(axis=1), -0.5 * W.sum(axis=0)
        else:
            biases = initial["biasScale"] * (2 * uniforms(N + M, fold_in(key, 1)) - 1)
            a, b = biases[:N], biases[N:]
        return f32(W), f32(a), f32(b)
    if initial["kind"] != "random":
        raise SystemExit("The initial weights are in the .npz file that was saved with this script.")
    key = fold_in(key_from_seed(scene["seed"]), 1)
    a = np.zeros(N)
    if means is not None:
        clipped = np.clip(means.astype(np.float64), 0.01, 1 - 0.01)
        a = np.log(clipped / (1 - clipped)) / beta
    return f32(scene["weightScale"] * normals(N * M, key)).reshape(N, M), f32(a), np.zeros(M, np.float32)
