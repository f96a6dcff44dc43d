"""The numpy side of the benchmark: the same workloads, written as a numpy user would who cares for speed.

Started by tests/bench/node/numpy.js with the number of threads in the environment. Reads one JSON request a line and
answers with one line: {"do": "start", "workload", "dtype", "size", "data"}, {"do": "run", "times"},
{"do": "memory"}, {"do": "version"}.
"""

import gzip
import json
import os
import sys
import time

import numpy as np

FLOATS = {"float32": np.float32, "float64": np.float64}


class Gibbs:
    """One go is one sweep v -> h -> v of every chain; buffers are reused, nothing is allocated in the loop."""

    def __init__(self, size, dtype, data):
        n, m, chains = size["visible"], size["hidden"], size["chains"]
        self.rng = np.random.default_rng(1)
        self.w = (0.1 * self.rng.standard_normal((n, m))).astype(dtype)
        self.wt = np.ascontiguousarray(self.w.T)
        self.a = np.zeros(n, dtype)
        self.b = np.zeros(m, dtype)
        self.h = (self.rng.random((chains, m)) < 0.5).astype(dtype)
        self.v = np.empty((chains, n), dtype)
        self.xv, self.xh = np.empty_like(self.v), np.empty_like(self.h)
        self.uv, self.uh = np.empty_like(self.v), np.empty_like(self.h)
        self.amount = chains

    def layer(self, states, w, bias, x, u, out):
        np.matmul(states, w, out=x)
        x += bias
        np.negative(x, out=x)
        np.exp(x, out=x)
        x += 1
        self.rng.random(out=u, dtype=u.dtype)
        x *= u  # u < 1/(1+e^-x), without the division
        np.less(x, 1, out=out)

    def go(self):
        self.layer(self.h, self.wt, self.a, self.xv, self.uv, self.v)
        self.layer(self.v, self.w, self.b, self.xh, self.uh, self.h)


class Svd:
    """One go decomposes the whole batch (numpy's batched gufunc), from scratch each time."""

    def __init__(self, size, dtype, data):
        rng = np.random.default_rng(3)
        self.w = rng.standard_normal((size["batch"], size["rows"], size["cols"])).astype(dtype)
        self.amount = size["batch"]

    def go(self):
        np.linalg.svd(self.w, full_matrices=False)


class Langevin:
    """One go is one Euler-Maruyama step of every particle under the exact lift."""

    def __init__(self, size, dtype, data):
        n, m, particles = size["visible"], size["hidden"], size["particles"]
        rng = self.rng = np.random.default_rng(1)
        w = 0.3 * rng.standard_normal((n, m))
        top = np.linalg.svd(w, compute_uv=False)[0]
        s2 = self.s2 = min(0.25, 0.9 / top)
        j = np.block([[np.zeros((n, n)), -w], [-w.T, np.zeros((m, m))]])
        a = np.linalg.inv(np.eye(n + m) - s2 * j)
        self.dt = dt = 2 * s2 * (1 - s2 * top) / 5
        c = rng.standard_normal(n + m)
        # z + dt(Ac - Gz - (z - m)/s2) = z(I(1 - dt/s2) - dt G) + dt Ac + (dt/s2) m: one product does the linear part
        g = (a - np.eye(n + m)) / s2
        self.linear = ((1 - dt / s2) * np.eye(n + m) - dt * g).astype(dtype)
        self.field = (dt * a @ c).astype(dtype)
        self.noise = dtype(np.sqrt(2 * dt))
        self.z = rng.standard_normal((particles, n + m)).astype(dtype)
        self.next, self.m, self.xi = (np.empty_like(self.z) for _ in range(3))
        self.amount = particles

    def go(self):
        z, m, xi = self.z, self.m, self.xi
        np.subtract(z.dtype.type(0.5), z, out=m)
        m *= z.dtype.type(1 / self.s2)
        np.exp(m, out=m)
        m += 1
        np.divide(z.dtype.type(self.dt / self.s2), m, out=m)
        np.matmul(z, self.linear, out=self.next)
        self.next += self.field
        self.next += m
        self.rng.standard_normal(out=xi, dtype=xi.dtype)
        xi *= self.noise
        self.next += xi
        self.z, self.next = self.next, z


class Epoch:
    """One go is one PCD-1 step with centred gradient on a batch of MNIST."""

    def __init__(self, size, dtype, data):
        m, batch = size["hidden"], size["batch"]
        rng = self.rng = np.random.default_rng(1)
        with gzip.open(os.path.join(data, "mnist-28.packed")) as file:
            packed = np.frombuffer(file.read(), np.uint8).reshape(-1, 98)
        self.data = np.unpackbits(packed[:60000], axis=1)
        n = self.data.shape[1]
        mean = self.data.mean(0)
        clipped = np.clip(mean, 0.01, 0.99)
        self.w = (0.01 * rng.standard_normal((n, m))).astype(dtype)
        self.a = np.log(clipped / (1 - clipped)).astype(dtype)
        self.b = np.zeros(m, dtype)
        self.mu, self.lam = mean.astype(dtype), np.full(m, 0.5, dtype)
        self.h = (rng.random((batch, m)) < 0.5).astype(dtype)
        self.order, self.at, self.batch, self.dtype = rng.permutation(60000), 0, batch, dtype
        self.amount = batch / 60000

    def sigmoid(self, x):
        np.negative(x, out=x)
        np.exp(x, out=x)
        x += 1
        return np.reciprocal(x, out=x)

    def go(self):
        rng, rate, nu, batch = self.rng, self.dtype(0.01), self.dtype(0.01), self.batch
        if self.at + batch > 60000:
            self.order, self.at = rng.permutation(60000), 0
        v = self.data[self.order[self.at : self.at + batch]].astype(self.dtype)
        self.at += batch
        h = self.sigmoid(v @ self.w + self.b)
        p = self.sigmoid(self.h @ self.w.T + self.a)
        vm = (rng.random(p.shape, p.dtype) < p).astype(self.dtype)
        hm = self.sigmoid(vm @ self.w + self.b)
        self.h = (rng.random(hm.shape, hm.dtype) < hm).astype(self.dtype)
        self.mu += nu * (v.mean(0) - self.mu)
        self.lam += nu * (h.mean(0) - self.lam)
        left = np.concatenate([v - self.mu, self.mu - vm])
        right = np.concatenate([h - self.lam, hm - self.lam])
        dw = left.T @ right
        dw *= rate / batch
        self.a += rate * (v.mean(0) - vm.mean(0)) - dw @ self.lam
        self.b += rate * (h.mean(0) - hm.mean(0)) - self.mu @ dw
        self.w += dw


class Partition:
    """One go is one exact ln Z: blocks of hidden states, sum over visible units of ln(1 + e^field) in closed form."""

    def __init__(self, size, dtype, data):
        n, m = size["visible"], size["hidden"]
        rng = np.random.default_rng(4)
        self.w = (0.1 * rng.standard_normal((n, m))).astype(dtype)
        self.a = rng.standard_normal(n).astype(dtype)
        self.b = rng.standard_normal(m).astype(dtype)
        self.m, self.inner = m, min(m, 11)
        self.amount = 1

    def states(self, first, count, bits):
        return ((np.arange(first, first + count)[:, None] >> np.arange(bits)) & 1).astype(self.w.dtype)

    def block(self, h_out):
        """ln-weights of all inner states with the outer bits fixed."""
        x = self.inside + (self.a + h_out @ self.w[:, self.inner :].T)
        np.exp(x, out=x)
        np.log1p(x, out=x)
        return x.sum(1, dtype=np.float64)

    def go(self):
        inner_states = self.states(0, 2**self.inner, self.inner)
        self.inside = inner_states @ self.w[:, : self.inner].T
        bias_in = inner_states.astype(np.float64) @ self.b[: self.inner]
        top, mass = -np.inf, 0.0
        for h_out in self.states(0, 2 ** (self.m - self.inner), self.m - self.inner):
            ln = self.block(h_out) + bias_in + float(h_out @ self.b[self.inner :])
            peak = ln.max()
            if peak > top:
                mass *= np.exp(top - peak)
                top = peak
            mass += np.exp(ln - top).sum()
        return top + np.log(mass)


class PartitionProducts(Partition):
    """The same sum as our enumeration does it: e^field of inner and outer units multiplied, and the logarithm of a
    product of 1 + e^field taken once for several units instead of once for each."""

    def go(self):
        self.ready = None
        return super().go()

    def block(self, h_out):
        if self.ready is None:
            self.ready = np.exp(self.inside)
        x = self.ready * np.exp(self.a + h_out @ self.w[:, self.inner :].T)
        x += 1
        # products of 16 factors stay within float range for the fields of this workload; 16 divides 784
        return np.log(x.reshape(len(x), 16, -1).prod(1)).sum(1, dtype=np.float64)


WORKLOADS = {
    "gibbs": Gibbs,
    "svd": Svd,
    "langevin": Langevin,
    "epoch": Epoch,
    "partition": Partition,
    "partition-products": PartitionProducts,
}


def memory():
    """Resident bytes of this process now."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main():
    work = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["do"] == "version":
                answer = {"numpy": np.__version__, "python": sys.version.split()[0]}
            elif request["do"] == "start":
                work = WORKLOADS[request["workload"]](
                    request["size"], FLOATS[request["dtype"]], request.get("data")
                )
                answer = {"amount": work.amount}
            elif request["do"] == "run":
                start = time.perf_counter()
                for _ in range(request["times"]):
                    work.go()
                answer = {"seconds": time.perf_counter() - start}
            elif request["do"] == "memory":
                answer = {"bytes": memory()}
            else:
                raise ValueError(f"unknown request {request['do']}")
        except Exception as error:  # the benchmark says which peer failed, and goes on
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
