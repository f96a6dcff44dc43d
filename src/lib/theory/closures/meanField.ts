// What the entropic and the tap closure share: βU = Φ(m) + Σ[m ln m + (1−m) ln(1−m)] on 0 ≤ m ≤ 1, a free energy of
// magnetisations. Φ is linear in each layer's mean field (plus, for tap, the Onsager term).
import { dot, matTVec, matVec } from '../linalgProducts.ts';
import { cholesky, solveCholesky } from '../linalgSolve.ts';
import { energy, hiddenField, sigmoid, visibleField, type Rbm } from '../rbm.ts';

/** A magnetisation and its log-odds θ, which stay accurate where m rounds to 0 or 1. */
export interface MeanFieldPoint {
	readonly m: Float64Array;
	readonly theta: Float64Array;
}

/** The free energy of magnetisations; `onsager` switches the second-order (Plefka) term on. */
export class MeanField {
	readonly size: number;
	readonly rbm: Rbm;
	readonly beta: number;
	/** β²W², N×M, or null without the Onsager term. */
	private readonly squares: Float64Array | null;

	constructor(rbm: Rbm, beta: number, onsager: boolean) {
		this.rbm = rbm;
		this.beta = beta;
		this.size = rbm.N + rbm.M;
		this.squares = onsager ? rbm.weights.map((w) => (beta * w) ** 2) : null;
	}

	/** −½β² Σ m_v(1−m_v) W² m_h(1−m_h), or 0: the Onsager part of Φ. */
	onsager(m: Float64Array): number {
		if (!this.squares) return 0;
		const q = m.map((x) => x * (1 - x));
		const { N, M } = this.rbm;
		return -0.5 * dot(q.subarray(0, N), matVec(this.squares, N, M, q.subarray(N)));
	}

	potential(m: Float64Array): number {
		const { N } = this.rbm;
		let entropy = 0;
		for (const x of m) {
			if (!(x >= 0 && x <= 1)) return Infinity;
			entropy += xLogX(x) + xLogX(1 - x);
		}
		return this.beta * energy(this.rbm, m.subarray(0, N), m.subarray(N)) + entropy + this.onsager(m);
	}

	/** −∂Φ/∂m: the field that the log-odds equal at a stationary point. */
	field(m: Float64Array): Float64Array {
		const { N, M } = this.rbm;
		const out = new Float64Array(this.size);
		out.set(visibleField(this.rbm, m.subarray(N)));
		out.set(hiddenField(this.rbm, m.subarray(0, N)), N);
		for (let k = 0; k < this.size; k++) out[k] *= this.beta;
		if (this.squares) {
			const q = m.map((x) => x * (1 - x));
			const toVisible = matVec(this.squares, N, M, q.subarray(N));
			const toHidden = matTVec(this.squares, N, M, q.subarray(0, N));
			for (let k = 0; k < this.size; k++)
				out[k] += 0.5 * (1 - 2 * m[k]) * (k < N ? toVisible[k] : toHidden[k - N]);
		}
		return out;
	}

	gradient(m: Float64Array): Float64Array {
		const field = this.field(m);
		return m.map((x, k) => Math.log(x) - Math.log1p(-x) - field[k]);
	}

	/** Hessian of Φ: βJ, and with the Onsager term its diagonal and its correction of the couplings. */
	smoothHessian(m: Float64Array): Float64Array {
		const { N, M, weights } = this.rbm;
		const n = this.size;
		const out = new Float64Array(n * n);
		for (let i = 0; i < N; i++)
			for (let j = 0; j < M; j++) {
				let c = -this.beta * weights[i * M + j];
				if (this.squares) {
					const s = this.squares[i * M + j];
					const p = m[i];
					const q = m[N + j];
					c -= 0.5 * s * (1 - 2 * p) * (1 - 2 * q);
					out[i * n + i] += s * q * (1 - q);
					out[(N + j) * n + N + j] += s * p * (1 - p);
				}
				out[i * n + N + j] = c;
				out[(N + j) * n + i] = c;
			}
		return out;
	}

	hessian(m: Float64Array): Float64Array {
		const out = this.smoothHessian(m);
		for (let k = 0; k < this.size; k++) out[k * this.size + k] += 1 / (m[k] * (1 - m[k]));
		return out;
	}

	/** I + D^½·∇²Φ·D^½ with D = diag m(1−m): the Hessian in the scale of each unit's own fluctuation. */
	scaledHessian(m: Float64Array): Float64Array {
		const n = this.size;
		const out = this.smoothHessian(m);
		const root = m.map((x) => Math.sqrt(x * (1 - x)));
		for (let i = 0; i < n; i++) {
			for (let j = 0; j < n; j++) out[i * n + j] *= root[i] * root[j];
			out[i * n + i] += 1;
		}
		return out;
	}

	/**
	 * One round of exact minimisation, the visible layer at fixed hidden and then the reverse. Each is a set of
	 * independent convex problems (there is no coupling inside a layer), so βU never rises.
	 */
	sweep(m: Float64Array): MeanFieldPoint {
		const { N, M } = this.rbm;
		const out = Float64Array.from(m);
		const theta = new Float64Array(this.size);
		const visible = visibleField(this.rbm, out.subarray(N));
		const toVisible = this.squares ? matVec(this.squares, N, M, variances(out.subarray(N))) : null;
		for (let i = 0; i < N; i++) {
			theta[i] = solveUnit(this.beta * visible[i], toVisible ? toVisible[i] / 2 : 0);
			out[i] = sigmoid(theta[i]);
		}
		const hidden = hiddenField(this.rbm, out.subarray(0, N));
		const toHidden = this.squares ? matTVec(this.squares, N, M, variances(out.subarray(0, N))) : null;
		for (let j = 0; j < M; j++) {
			theta[N + j] = solveUnit(this.beta * hidden[j], toHidden ? toHidden[j] / 2 : 0);
			out[N + j] = sigmoid(theta[N + j]);
		}
		return { m: out, theta };
	}

	/**
	 * Newton's step in θ, from (D^{−1} + ∇²Φ) δm = −g with δm = D^½y: nothing is divided by m(1−m), so pinned units
	 * do no harm. Null where the Hessian is not positive definite.
	 */
	newtonStep(point: MeanFieldPoint): Float64Array | null {
		const n = this.size;
		const field = this.field(point.m);
		const root = point.m.map((x) => Math.sqrt(x * (1 - x)));
		const factor = cholesky(n, this.scaledHessian(point.m));
		if (!factor) return null;
		const y = solveCholesky(
			n,
			factor,
			root.map((d, k) => -d * (point.theta[k] - field[k]))
		);
		const change = matVec(
			this.smoothHessian(point.m),
			n,
			n,
			root.map((d, k) => d * y[k])
		);
		return point.theta.map((t, k) => -(t - field[k]) - change[k]);
	}
}

function variances(m: Float64Array): Float64Array {
	return m.map((x) => x * (1 - x));
}

function xLogX(x: number): number {
	return x > 0 ? x * Math.log(x) : 0;
}

/** The root θ of θ = a + b·(1 − 2σ(θ)), b ≥ 0: unique, in [a−b, a+b]; Newton's method kept inside the bracket. */
function solveUnit(a: number, b: number): number {
	if (b === 0) return a;
	let low = a - b;
	let high = a + b;
	let theta = a;
	for (let k = 0; k < 100; k++) {
		const s = sigmoid(theta);
		const f = theta - a + b * (2 * s - 1);
		if (f > 0) high = theta;
		else low = theta;
		let next = theta - f / (1 + 2 * b * s * (1 - s));
		if (!(next >= low && next <= high)) next = (low + high) / 2;
		if (Math.abs(next - theta) <= 1e-15 * Math.max(1, Math.abs(theta))) return next;
		theta = next;
	}
	return theta;
}
