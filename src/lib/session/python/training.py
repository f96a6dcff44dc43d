# ---- Sampling and learning, in float32 ------------------------------------------------------------------------------
# Operation by operation as the page's plain backend computes: sums in float64, every result stored in float32. Its
# faster backends round sums in another order; a coin then falls otherwise about once in ten million throws, and from
# there on the run is another one of the same law.


def f32(x):
    return np.asarray(x).astype(np.float32)


def product(a, b):
    """a.b; sums of 48 products each, added up in float32."""
    a, b = a.astype(np.float64), b.astype(np.float64)
    out = np.zeros((a.shape[0], b.shape[1]), np.float32)
    for k in range(0, a.shape[1], 48):
        out = f32(out + a[:, k : k + 48] @ b[k : k + 48])
    return out


def probabilities(x, bias, beta):
    with np.errstate(over="ignore"):
        return f32(1 / (1 + np.exp(-beta * (x.astype(np.float64) + bias))))


def sample(x, bias, beta, key, counter):
    u = uniform_of(draw_words(x.shape[0], x.shape[1], key, counter))
    with np.errstate(over="ignore"):
        return (u * (1 + np.exp(-beta * (x.astype(np.float64) + bias))) < 1).astype(np.float32)


def start_chains(rbm, beta, count, key):
    W, a, b = rbm
    v = sample(np.zeros((count, len(a)), np.float32), np.zeros(len(a)), 1, fold_in(key, 1), 0)
    return v, sample(product(v, W), b, beta, key, 0), 1


def sweep_chains(rbm, beta, v, h, key, counter):
    """v given h, then h given v; also P(h|v)'s fields."""
    W, a, b = rbm
    v = sample(product(h, W.T), a, beta, key, counter)
    x = product(v, W)
    return v, sample(x, b, beta, key, counter + 1), counter + 2, x


class Training:
    def __init__(self, scene, rbm, data):
        self.scene, self.settings, self.rbm, self.data = scene, scene["training"], rbm, data
        self.key = fold_in(key_from_seed(scene["seed"]), 2)
        self.velocity = tuple(np.zeros_like(x) for x in rbm)
        self.step, self.epoch, self.order = 0, -1, None
        beta, t = scene["beta"], self.settings
        self.chain_key = fold_in(fold_in(self.key, 2), 0)
        self.chains = start_chains(rbm, beta, t["chains"], self.chain_key) if t["algorithm"] == "pcd" else None
        self.offsets = None
        if t["gradient"] == "centred":
            mu = f32(data.sum(axis=0) / len(data))
            self.offsets = mu, probabilities(product(mu[None], rbm[0]), rbm[2], beta)[0]

    def advance(self):
        t, beta, W, b = self.settings, self.scene["beta"], self.rbm[0], self.rbm[2]
        per_epoch = -(-len(self.data) // t["batchSize"])
        epoch, at = divmod(self.step, per_epoch)
        if epoch != self.epoch:
            self.epoch, self.order = epoch, permutation(len(self.data), fold_in(fold_in(self.key, 1), epoch))
        batch = f32(self.data[self.order[at * t["batchSize"] : (at + 1) * t["batchSize"]]])
        x = product(batch, W)
        hidden = probabilities(x, b, beta)
        if self.chains:
            key, (v, h, counter) = self.chain_key, self.chains
        else:
            key = fold_in(fold_in(self.key, 3), self.step)
            v, h, counter = batch, sample(x, b, beta, key, 0), 1
        for _ in range(t["k"]):
            v, h, counter, x = sweep_chains(self.rbm, beta, v, h, key, counter)
        if self.chains:
            self.chains = v, h, counter
        self.move(batch, hidden, v, probabilities(x, b, beta))
        self.step += 1

    def move(self, v0, h0, v1, h1):
        """Parameters along the gradient, plain or centred (Melchior, Fischer, Wiskott, JMLR 17 (2016) 99)."""
        t, beta = self.settings, self.scene["beta"]
        if self.offsets:
            keep, rate = np.float32(1 - 0.01), np.float32(0.01)
            follow = lambda old, rows: old * keep + f32((rows / np.float32(len(rows))).sum(axis=0, dtype=np.float64)) * rate
            self.offsets = follow(self.offsets[0], v0), follow(self.offsets[1], h0)
        factor = t["learningRate"] * beta
        weight = np.concatenate([np.full(len(v0), factor / len(v0)), np.full(len(v1), -factor / len(v1))])
        weight = f32(weight)[:, None]
        visible = np.concatenate([v0, v1])
        hidden = np.concatenate([h0, h1]) * weight
        visible_means = product(weight.T, visible)
        hidden_means = f32(hidden.sum(axis=0, dtype=np.float64))[None]
        if self.offsets:
            mu, lam = self.offsets[0][None], self.offsets[1][None]
            dW = product(
                np.concatenate([visible, mu, visible_means]).T, np.concatenate([hidden, -hidden_means, -lam])
            )
            gradient = dW, visible_means[0] - product(dW, lam.T)[:, 0], hidden_means[0] - product(mu, dW)[0]
        else:
            gradient = product(visible.T, hidden), visible_means[0], hidden_means[0]
        momentum, decay = np.float32(t["momentum"]), np.float32(t["learningRate"] * t["weightDecay"])
        velocity = [old * momentum + new if momentum > 0 else new for old, new in zip(self.velocity, gradient)]
        if decay > 0:
            velocity[0] = velocity[0] - self.rbm[0] * decay
        self.velocity = tuple(velocity)
        self.rbm = tuple(p + s for p, s in zip(self.rbm, velocity))


def run(scene, rbm, data, steps):
    """The run from its seed: learning while it learns, and the chains that the page shows."""
    training = Training(scene, rbm, data)
    beta, sampler = scene["beta"], scene["sampler"]
    key = fold_in(key_from_seed(scene["seed"]), 3)
    shown = start_chains(rbm, beta, 256, key)
    began = said = time.time()
    for step in range(1, steps + 1):
        learns = step <= scene["training"]["steps"]
        if learns:
            training.advance()
        if not learns or step % scene["langevin"]["stride"] == 0:
            shown = sweep_chains(training.rbm, beta, *shown[:2], key, shown[2])[:3]
        if step == sampler["since"]:
            key = fold_in(fold_in(key_from_seed(scene["seed"]), 3), step)
            shown = start_chains(training.rbm, beta, 256, key)
        if time.time() - said > 5:
            said = time.time()
            left = (said - began) * (steps - step) / step
            print(f"  step {step} of {steps}, about {left:.0f} s left", file=sys.stderr, flush=True)
    return training, shown
