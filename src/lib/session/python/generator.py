# ---- Random numbers -------------------------------------------------------------------------------------------------
# Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC'11): sixteen bytes are a pure function of a counter and a key. These are
# the page's integers, bit for bit.

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


def philox(c0, c1, c2, c3, k0, k1):
    """The four words of counters and keys, as uint64 arrays of the arguments' common shape."""
    c0, c1, c2, c3, k0, k1 = (np.asarray(x, dtype=np.uint64) for x in (c0, c1, c2, c3, k0, k1))
    for _ in range(10):
        p0, p1 = c0 * _M0, c2 * _M1
        c0, c1, c2, c3 = (p1 >> _HALF) ^ c1 ^ k0, p1 & _LOW, (p0 >> _HALF) ^ c3 ^ k1, p0 & _LOW
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return c0, c1, c2, c3


def _derive(label, domain, key):
    label = np.asarray(label, dtype=np.uint64)
    words = philox(label & _LOW, label >> _HALF, 0, domain, key[0], key[1])
    return words[0], words[1]


def key_from_seed(seed):
    return _derive(seed, 0xF0000000, (0, 0))


def fold_in(key, label):
    """The child of a key (or of keys) named by a label (or by labels)."""
    return _derive(label, 0xF0000001, key)


def draw_words(rows, columns, key, counter):
    """Word (row, column) of draw number `counter`: word column mod 4 of counter (column div 4, row, counter)."""
    blocks = np.arange((columns + 3) // 4, dtype=np.uint64)
    row = np.arange(rows, dtype=np.uint64)[:, None]
    words = philox(blocks[None, :], row, counter & 0xFFFFFFFF, counter >> 32, key[0], key[1])
    return np.stack(words, axis=-1).reshape(rows, -1)[:, :columns]


def uniform_of(words):
    """In (0,1): 23 bits and a half."""
    return ((words >> np.uint64(9)).astype(np.float64) + 0.5) * 2.0**-23


def uniforms(count, key):
    return uniform_of(draw_words(1, count, key, 0)[0])


def uniforms_of_keys(count, keys):
    """`count` uniforms of each of several keys, [keys, count]."""
    blocks = np.arange((count + 3) // 4, dtype=np.uint64)[None, :]
    words = philox(blocks, 0, 0, 0, keys[0][:, None], keys[1][:, None])
    return uniform_of(np.stack(words, axis=-1).reshape(len(keys[0]), -1)[:, :count])


def normals(count, key):
    u = uniforms(count + count % 2, key)
    radius, angle = np.sqrt(-2 * np.log(u[0::2])), 2 * np.pi * u[1::2]
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1).reshape(-1)[:count]


def permutation(n, key):
    """Fisher-Yates with integers that are unbiased by rejection."""
    order = list(range(n))
    words, at, block = [], 0, 0
    for i in range(n - 1, 0, -1):
        bound = i + 1
        limit = 4294967296 - 4294967296 % bound
        while True:
            if at == len(words):
                some = np.arange(block, block + n // 4 + 2, dtype=np.uint64)
                words = np.stack(philox(some, 0, 0, 0, key[0], key[1]), axis=-1).reshape(-1).tolist()
                at, block = 0, block + len(some)
            word = words[at]
            at += 1
            if word < limit:
                break
        j = word % bound
        order[i], order[j] = order[j], order[i]
    return np.array(order)
