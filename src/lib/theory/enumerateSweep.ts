// The inner loop of exact enumeration: all 2^M states of the smaller layer, the other layer summed in closed
// form. States are split into an outer and an inner block, whose fields add, so that e^{field} of any state is
// one product of two table entries, and Σ ln(1+e^f) is one logarithm of a long product.
import { EnumerationLimitError, MAX_ENUMERATED } from './enumerateLimit.ts';
import { sigmoid, softplus, type Rbm } from './rbm.ts';

/** Sums over all states, with the largest log-weight taken out: Σ_h e^{lnw(h)} = mass·e^{shift}. */
export interface Sweep {
	readonly lnZ: number;
	/** Σ p·σ(f), N entries; empty without moments. */
	readonly meanV: Float64Array;
	readonly meanH: Float64Array;
	/** ⟨vᵢhⱼ⟩, N×M row-major. */
	readonly meanVH: Float64Array;
	readonly varEnergy: number;
}

/** Products are cut by a logarithm before they can pass e^600; single units up to e^250 may enter them. */
const PRODUCT_LIMIT = 600;
const TAME = 250;
/** States lighter than this share of the heaviest are left out of moments: 2^24 of them weigh under 1e-17. */
const NEGLIGIBLE = 1e-25;

/**
 * Visible units sorted for the product loop: first the tame ones in chunks whose product cannot overflow
 * (`ends[c]` closes chunk c), then from `tame` on the wild ones, whose softplus is taken one by one.
 */
function arrange(rbm: Rbm, beta: number): { order: number[]; ends: number[]; tame: number } {
	const size: number[] = [];
	const top: number[] = [];
	for (let i = 0; i < rbm.N; i++) {
		let all = Math.abs(rbm.visibleBias[i]);
		let up = rbm.visibleBias[i];
		for (let j = 0; j < rbm.M; j++) {
			const w = rbm.weights[i * rbm.M + j];
			all += Math.abs(w);
			if (w > 0) up += w;
		}
		size.push(beta * all);
		top.push(softplus(beta * up));
	}
	const order = [...size.keys()].sort((i, j) => Number(size[i] > TAME) - Number(size[j] > TAME) || i - j);
	const tame = size.filter((s) => !(s > TAME)).length;
	const ends: number[] = [];
	let sum = 0;
	for (let k = 0; k < tame; k++) {
		if (sum + top[order[k]] > PRODUCT_LIMIT) {
			ends.push(k);
			sum = 0;
		}
		sum += top[order[k]];
	}
	ends.push(tame);
	return { order, ends, tame };
}

/**
 * Enumerates the hidden layer of `rbm` (M ≤ 24), yielding the share done after each outer block, so that a worker
 * may show progress or stop. Cost N·2^M products, three times that with moments.
 */
export function* sweepHidden(rbm: Rbm, beta: number, moments: boolean): Generator<number, Sweep> {
	const { N, M } = rbm;
	if (M > MAX_ENUMERATED) throw new EnumerationLimitError(N, M);
	const { order, ends, tame } = arrange(rbm, beta);
	const inner = Math.min(M, Math.max(4, Math.min(10, Math.floor(Math.log2(200_000 / N)))));
	const outer = M - inner;
	const nInner = 2 ** inner;
	const nOuter = 2 ** outer;
	// Field and e^field of the inner units alone (no bias), one row of N a state; bits 0..inner of the state.
	const fieldIn = new Float64Array(nInner * N);
	const expIn = new Float64Array(nInner * N);
	const biasIn = new Float64Array(nInner);
	for (let s = 0; s < nInner; s++) {
		const low = 31 - Math.clz32(s);
		const from = s - 2 ** low;
		if (s > 0) biasIn[s] = biasIn[from] + beta * rbm.hiddenBias[low];
		for (let k = 0; k < N; k++) {
			if (s > 0) fieldIn[s * N + k] = fieldIn[from * N + k] + beta * rbm.weights[order[k] * M + low];
			expIn[s * N + k] = Math.exp(fieldIn[s * N + k]);
		}
	}
	const field = new Float64Array(N);
	const expOut = new Float64Array(N);
	const lnw = new Float64Array(nInner);
	const sumV = new Float64Array(N);
	const sumInner = new Float64Array(moments ? nInner * N : 0);
	const sumVH = new Float64Array(moments ? N * M : 0);
	const massInner = new Float64Array(nInner);
	const meanH = new Float64Array(M);
	let shift = -Infinity;
	let mass = 0;
	// Running weighted mean and spread of ⟨E|h⟩, and the mean of Var(E|h), all in units of 1/β (that is, of βE).
	let meanE = 0;
	let spreadE = 0;
	let withinE = 0;
	for (let o = 0; o < nOuter; o++) {
		let bias = 0;
		for (let k = 0; k < N; k++) field[k] = beta * rbm.visibleBias[order[k]];
		for (let j = 0; j < outer; j++) {
			if (((o >> j) & 1) === 0) continue;
			bias += beta * rbm.hiddenBias[inner + j];
			for (let k = 0; k < N; k++) field[k] += beta * rbm.weights[order[k] * M + inner + j];
		}
		for (let k = 0; k < N; k++) expOut[k] = Math.exp(field[k]);
		let top = -Infinity;
		for (let s = 0; s < nInner; s++) {
			const at = s * N;
			let ln = bias + biasIn[s];
			let k = 0;
			for (let c = 0; c < ends.length; c++) {
				const end = ends[c];
				let p0 = 1;
				let p1 = 1;
				let p2 = 1;
				let p3 = 1;
				for (; k + 3 < end; k += 4) {
					p0 *= 1 + expOut[k] * expIn[at + k];
					p1 *= 1 + expOut[k + 1] * expIn[at + k + 1];
					p2 *= 1 + expOut[k + 2] * expIn[at + k + 2];
					p3 *= 1 + expOut[k + 3] * expIn[at + k + 3];
				}
				for (; k < end; k++) p0 *= 1 + expOut[k] * expIn[at + k];
				ln += Math.log(p0 * p1 * (p2 * p3));
			}
			for (k = tame; k < N; k++) ln += softplus(field[k] + fieldIn[at + k]);
			lnw[s] = ln;
			if (ln > top) top = ln;
		}
		if (top > shift) {
			const fade = Math.exp(shift - top);
			shift = top;
			mass *= fade;
			spreadE *= fade;
			withinE *= fade;
			for (const a of [sumV, sumInner, sumVH, massInner, meanH])
				for (let i = 0; i < a.length; i++) a[i] *= fade;
		}
		const before = mass;
		sumV.fill(0);
		for (let s = 0; s < nInner; s++) {
			const w = Math.exp(lnw[s] - shift);
			mass += w;
			massInner[s] += w;
			if (!moments || w < NEGLIGIBLE) continue;
			const at = s * N;
			let e = -(bias + biasIn[s]);
			let within = 0;
			for (let k = 0; k < tame; k++) {
				const x = expOut[k] * expIn[at + k];
				const p = x / (1 + x);
				const f = field[k] + fieldIn[at + k];
				const fp = f * p;
				e -= fp;
				within += fp * (f - fp);
				const wp = w * p;
				sumV[k] += wp;
				sumInner[at + k] += wp;
			}
			for (let k = tame; k < N; k++) {
				const f = field[k] + fieldIn[at + k];
				const p = sigmoid(f);
				e -= f * p;
				within += f * p * (f * sigmoid(-f));
				sumV[k] += w * p;
				sumInner[at + k] += w * p;
			}
			withinE += w * within;
			const step = e - meanE;
			meanE += (step * w) / mass;
			spreadE += w * step * (e - meanE);
		}
		for (let j = 0; j < outer; j++) {
			if (((o >> j) & 1) === 0) continue;
			meanH[inner + j] += mass - before;
			if (moments) for (let k = 0; k < N; k++) sumVH[order[k] * M + inner + j] += sumV[k];
		}
		yield (o + 1) / nOuter;
	}
	const meanV = new Float64Array(moments ? N : 0);
	for (let s = 0; s < nInner; s++) {
		for (let j = 0; j < inner; j++) if ((s >> j) & 1) meanH[j] += massInner[s];
		if (!moments) continue;
		for (let k = 0; k < N; k++) {
			const x = sumInner[s * N + k];
			meanV[order[k]] += x;
			for (let j = 0; j < inner; j++) if ((s >> j) & 1) sumVH[order[k] * M + j] += x;
		}
	}
	for (const a of [meanV, meanH, sumVH]) for (let i = 0; i < a.length; i++) a[i] /= mass;
	const varEnergy = (spreadE + withinE) / mass;
	return { lnZ: shift + Math.log(mass), meanV, meanH, meanVH: sumVH, varEnergy };
}
