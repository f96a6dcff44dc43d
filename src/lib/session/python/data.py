# ---- Data -----------------------------------------------------------------------------------------------------------
# Each returns (training rows, held-out rows or None), 0 and 1 as uint8.


def bars_and_stripes(recipe):
    side = recipe["side"]
    rows = []
    for bars in (True, False):
        for lines in range(2**side):
            if not bars and lines in (0, 2**side - 1):
                continue
            line = np.array([lines >> (side - 1 - i) & 1 for i in range(side)], dtype=np.uint8)
            rows.append((np.tile(line, (side, 1)) if bars else np.tile(line[:, None], (1, side))).reshape(-1))
    return np.array(rows), None


def drawn(recipe):
    units = recipe["rows"] * recipe["cols"]
    bits = [[int(d, 16) >> (3 - b) & 1 for d in pattern for b in range(4)] for pattern in recipe["patterns"]]
    return np.array(bits, dtype=np.uint8)[:, :units], None


def ln_2cosh(x):
    return np.abs(x) + np.log1p(np.exp(-2 * np.abs(x)))


def gaussian_modes(recipe, seed):
    N, K = recipe["units"], recipe["modes"]
    rows = math.isqrt(N)
    while N % rows:
        rows -= 1
    cols = N // rows
    orders = [((p / rows) ** 2 + (q / cols) ** 2, p, q) for p in range(rows) for q in range(cols) if p + q > 0]

    def factor(order, at, n):
        return np.sqrt((1 if order == 0 else 2) / n) * np.cos(np.pi * order * (at + 0.5) / n)

    unit = np.arange(N)
    patterns = np.array(
        [factor(p, unit // cols, rows) * factor(q, unit % cols, cols) for _, p, q in sorted(orders)[:K]]
    )
    strengths = recipe["strength"] / np.arange(1, K + 1)
    R = min(64, math.floor(16384 ** (1 / K) + 1e-9) - 1)
    ln_binomial = np.concatenate([[0.0], np.cumsum(np.log((R - np.arange(1, R + 1) + 1) / np.arange(1, R + 1)))])
    state = np.arange((R + 1) ** K)
    n = np.stack([state // (R + 1) ** k % (R + 1) for k in range(K)], axis=1)
    y = (n - R / 2) / math.sqrt(R)
    fields = y @ (strengths[:, None] * patterns)
    weight = ln_binomial[n].sum(axis=1) + ln_2cosh(fields / 2).sum(axis=1)
    probability = np.exp(weight - weight.max())
    cumulative = np.cumsum(probability / probability.sum())
    held = -(-recipe["samples"] // 5)
    count = recipe["samples"] + held
    key = fold_in(key_from_seed(seed), 0x64617461)
    draws = uniforms(2 * count, fold_in(key, 0))
    u = (np.floor(draws[0::2] * 2**23) + draws[1::2]) / 2**23
    which = np.minimum(np.searchsorted(cumulative, u), len(cumulative) - 1)
    coins = uniforms_of_keys(N, fold_in(key, np.arange(1, count + 1)))
    bits = (coins * (1 + np.exp(-fields[which])) < 1).astype(np.uint8)
    return bits[: recipe["samples"]], bits[recipe["samples"] :]


def ln_gamma(a):
    """Lanczos, for a > 0.5."""
    c = [676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059]
    c += [12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7]
    z = a - 1
    total = 0.99999999999980993 + sum(ci / (z + i + 1) for i, ci in enumerate(c))
    t = z + 7.5
    return 0.5 * np.log(2 * np.pi) + (z + 0.5) * np.log(t) - t + np.log(total)


def gamma_below(a, x):
    """P(a, x), by its series or its continued fraction."""
    front = np.exp(a * np.log(x) - x - ln_gamma(a))
    series = x < a + 1
    out = np.empty_like(x)
    A, X = a[series], x[series]
    term = 1 / A
    total = term.copy()
    for n in range(1, 1000):
        term = term * (X / (A + n))
        total = total + term
        if not np.any(np.abs(term) > 1e-16 * total):
            break
    out[series] = np.minimum(1, front[series] * total)
    A, X = a[~series], x[~series]
    b = X + 1 - A
    c = np.full_like(X, 1e300)
    d = 1 / b
    fraction = d.copy()
    for n in range(1, 1000):
        an = -n * (n - A)
        b = b + 2
        d = 1 / (an * d + b)
        c = b + an / c
        step = c * d
        fraction = fraction * step
        if not np.any(np.abs(step - 1) >= 1e-16):
            break
    out[~series] = np.maximum(0, 1 - front[~series] * fraction)
    return out


def showers(recipe, seed):
    """Electrons in tungsten by the GFLASH parametrisation (hep-ex/0001020)."""
    Z, A, X0 = 74, 183.84, 6.76
    layers, radial, bins = recipe["layers"], recipe["radial"], recipe["energyBits"]
    cells = layers * radial
    count = recipe["samples"] + -(-recipe["samples"] // 5)
    keys = fold_in(fold_in(key_from_seed(seed), 0x73686F77), np.arange(count))
    draws = uniforms_of_keys(1 + 16 + 2 * cells, keys)
    energy = 100.0 ** draws[:, 0]
    ln_y = np.log(1000 * energy / (2.66 * (X0 * Z / A) ** 1.1))
    mean_t, mean_a = np.log(ln_y - 0.812), np.log(0.81 + (0.458 + 2.26 / Z) * ln_y)
    sigma_t, sigma_a = 1 / (-1.4 + 1.26 * ln_y), 1 / (-0.58 + 0.86 * ln_y)
    correlation = 0.705 - 0.023 * ln_y
    plus, minus = np.sqrt((1 + correlation) / 2), np.sqrt((1 - correlation) / 2)
    T, alpha = np.exp(mean_t), np.exp(mean_a)
    open_ = np.ones(count, dtype=bool)
    for tried in range(8):
        radius, angle = np.sqrt(-2 * np.log(draws[:, 1 + 2 * tried])), 2 * np.pi * draws[:, 2 + 2 * tried]
        n1, n2 = radius * np.cos(angle), radius * np.sin(angle)
        a = np.exp(mean_a + sigma_a * (plus * n1 - minus * n2))
        take = open_ & (a > 1)
        T[take] = np.exp(mean_t + sigma_t * (plus * n1 + minus * n2))[take]
        alpha[take] = a[take]
        open_ &= ~take
    ln_e, rate = np.log(energy), (alpha - 1) / T
    spots = 93 * math.log(Z) * energy**0.876
    mean_alpha = np.exp(mean_a)
    bits = np.zeros((count, recipe["N"]), dtype=np.uint8)
    above = np.zeros(count)
    for layer in range(layers):
        below = gamma_below(alpha, rate * 24 * (layer + 1) / layers)
        middle = 24 * (layer + 0.5) / layers
        tau = (middle / T) * ((alpha - 1) / alpha) * mean_alpha / (mean_alpha - 1)
        core = 0.0251 + 0.00319 * ln_e + (0.1162 - 0.000381 * Z) * tau
        deep = tau - 0.645
        tail = (0.659 - 0.00309 * Z) * (np.exp(-2.59 * deep) + np.exp((0.3585 + 0.0412 * ln_e) * deep))
        g = (0.401 + 0.00187 * Z - tau) / (1.313 - 0.0686 * ln_e)
        share = np.clip((2.632 - 0.00094 * Z) * np.exp(g - np.exp(g)), 0, 1)
        inside = np.zeros(count)
        for ring in range(radial):
            r = 2 * (ring + 1) / radial
            within = share * (r * r / (r * r + core * core)) + (1 - share) * (r * r / (r * r + tail * tail))
            at = 17 + 2 * (layer * radial + ring)
            n = poisson((below - above) * (within - inside) * spots, draws[:, at], draws[:, at + 1])
            bits[:, layer * radial + ring] = n * 1000 * energy / spots > recipe["threshold"]
            inside = within
        above = below
    if bins:
        place = np.clip(np.floor(ln_e / math.log(100) * bins), 0, bins - 1)
        for c in range(radial):
            bits[:, cells + c] = c * bins // radial == place
    return bits[: recipe["samples"]], bits[recipe["samples"] :]


def poisson(mean, u, second):
    normal = np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * second)
    large = np.maximum(0, np.floor(mean + np.sqrt(np.maximum(0, mean)) * normal + 0.5))
    p = np.exp(-mean)
    below, n = p.copy(), np.zeros_like(mean)
    for _ in range(200):
        on = (u > below) & (n < 200) & (mean < 30)
        if not on.any():
            break
        n = n + on
        p = np.where(on, p * (mean / np.maximum(1, n)), p)
        below = np.where(on, below + p, below)
    return np.where(mean >= 30, large, n)


def machine_samples(rbm, beta, seed):
    """Rows of the machine that the run starts from: exact where a layer can be enumerated, else long Gibbs runs."""
    N, M = rbm[0].shape
    key = fold_in(key_from_seed(seed), 7)
    if min(N, M) > 20:
        v, h, counter = start_chains(rbm, beta, 512, key)
        looks = []
        for sweep in range(1, 1501):
            v, h, counter, _ = sweep_chains(rbm, beta, v, h, key, counter)
            if sweep > 1000 and sweep % 100 == 0:
                looks.append(v.astype(np.uint8))
        rows = np.concatenate(looks)
        return rows[:-512], rows[-512:]
    count = 4096 + 1024
    W, a, b = (x.astype(np.float64) for x in rbm)
    turned = N < M
    if turned:
        W, a, b = W.T, b, a
    n = W.shape[1]
    weights = np.concatenate([b_ for b_, _, _ in blocks_of_states(W, a, b, beta)])
    cumulative = np.cumsum(np.exp(weights - weights.max()))
    draws = uniforms(2 * count, fold_in(key, 0))
    u = (np.floor(draws[0::2] * 2**23) + draws[1::2]) / 2**23
    state = np.minimum(np.searchsorted(cumulative, u * cumulative[-1]), len(cumulative) - 1)
    small = (state[:, None] >> np.arange(n) & 1).astype(np.uint8)
    if turned:
        return small[:4096], small[4096:]
    coins = uniforms_of_keys(N, fold_in(key, np.arange(1, count + 1)))
    bits = (coins * (1 + np.exp(-beta * (a + small @ W.T))) < 1).astype(np.uint8)
    return bits[:4096], bits[4096:]


def data_of(scene, rbm, files):
    recipe, seed = scene["data"], scene["seed"]
    kind = recipe["kind"]
    if "train" in files:
        unpack = lambda packed: np.unpackbits(packed, axis=1)[:, : RECORD["N"]]
        return unpack(files["train"]), unpack(files["held_out"]) if "held_out" in files else None
    if kind == "bars-and-stripes":
        return bars_and_stripes(recipe)
    if kind == "drawn":
        return drawn(recipe)
    if kind == "gaussian-modes":
        return gaussian_modes(recipe, seed)
    if kind == "showers":
        return showers({**recipe, "N": RECORD["N"]}, seed)
    if kind == "machine":
        return machine_samples(rbm, scene["beta"], seed)
    raise SystemExit("The rows of this data set are in the .npz file that was saved with this script.")
