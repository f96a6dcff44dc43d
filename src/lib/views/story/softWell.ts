// The story's one-dimensional landscape: βU along the soft mode w of an RBM with n visible and n hidden units whose
// only singular value λ is shared by all of them (W = λ/n everywhere, balanced biases), in four readings. w is counted
// from the symmetric point m = ½. Values, slopes and bends in closed form; tests hold them against theory/.
import type { Axis } from '$lib/theory/fokkerPlanck';
import { balanced, logSumExp, makeRbm, type Rbm } from '$lib/theory/rbm';

/**
 * gaussian: κ = 4 − βλ and nothing else; landau: with the quartic term; entropic: the whole entropy of n + n units,
 * inside its walls; exact: −ln of the marginal density of w under the exact lift.
 */
export type WellName = 'gaussian' | 'landau' | 'entropic' | 'exact';

export interface Well {
	readonly name: WellName;
	readonly lambda: number;
	readonly beta: number;
	/** n = N = M */
	readonly units: number;
}

/** βU(w) − const and its first two derivatives, dimensionless, per length, per length². */
export interface WellShape {
	readonly value: (w: number) => number;
	readonly slope: (w: number) => number;
	readonly bend: (w: number) => number;
	/** |w| beyond which there is no potential; Infinity without walls */
	readonly wall: number;
}

/** σ² of the exact lift here: with eight units and more the marginal of w is smooth, and w stretches little. */
export const WELL_SIGMA2 = 0.06;

/** The machine itself: W = (λ/n)·11ᵀ, so that λ₁ = λ, the other singular values vanish, and w₁ = Σ(s−½)/√(2n). */
export function collectiveRbm(units: number, lambda: number): Rbm {
	const zero = new Float64Array(units);
	return balanced(
		makeRbm({
			N: units,
			M: units,
			weights: new Float64Array(units * units).fill(lambda / units),
			visibleBias: zero,
			hiddenBias: zero
		})
	);
}

/** The shape of a well. @throws RangeError for the exact one when βσ²λ ≥ 1 */
export function wellShape(well: Well): WellShape {
	const { name, units } = well;
	const coupling = well.beta * well.lambda;
	if (name === 'exact') return exactShape(well);
	if (name === 'entropic') {
		// m = ½ + w/√(2n) for every unit: Σ[m ln m + (1−m) ln(1−m)] + 2n ln 2 − ½βλw²
		const root = Math.sqrt(2 * units);
		const m = (w: number) => 0.5 + w / root;
		const part = (p: number) => (p > 0 ? p * Math.log(2 * p) : 0);
		return {
			value: (w) =>
				Math.abs(w) <= root / 2
					? 2 * units * (part(m(w)) + part(1 - m(w))) - 0.5 * coupling * w * w
					: Infinity,
			slope: (w) => root * Math.log(m(w) / (1 - m(w))) - coupling * w,
			bend: (w) => 1 / (m(w) * (1 - m(w))) - coupling,
			wall: root / 2
		};
	}
	const quadratic = 4 - coupling;
	const quartic = name === 'landau' ? quarticOf(units) : 0;
	return {
		value: (w) => 0.5 * quadratic * w * w + quartic * w ** 4,
		slope: (w) => quadratic * w + 4 * quartic * w ** 3,
		bend: (w) => quadratic + 12 * quartic * w * w,
		wall: Infinity
	};
}

/** The quartic coefficient of the mode that lives on all 2n units alike: (4/3)·2n·(2n)^{−2}. */
export function quarticOf(units: number): number {
	return 2 / (3 * units);
}

/** Probabilities of K = Σv + Σh = 0 … 2n under the RBM, exact. */
export function totalDistribution({ lambda, beta, units }: Omit<Well, 'name'>): Float64Array {
	const n = units;
	const logChoose = new Float64Array(n + 1);
	for (let k = 1; k <= n; k++) logChoose[k] = logChoose[k - 1] + Math.log((n - k + 1) / k);
	const weights: number[][] = Array.from({ length: 2 * n + 1 }, () => []);
	for (let p = 0; p <= n; p++)
		for (let q = 0; q <= n; q++)
			weights[p + q].push(logChoose[p] + logChoose[q] + ((beta * lambda) / n) * (p - n / 2) * (q - n / 2));
	const logs = weights.map((w) => logSumExp(w));
	const all = logSumExp(logs);
	return Float64Array.from(logs, (l) => Math.exp(l - all));
}

/** Exact variance of w of the binary machine, finite at and past βλ = 4; no lift. */
export function softVariance(well: Omit<Well, 'name'>): number {
	const { units } = well;
	return totalDistribution(well).reduce((sum, p, k) => sum + (p * (k - units) ** 2) / (2 * units), 0);
}

/** −ln Σ_K P(K) N(w; stretched vertex, noise): a mixture of 2n + 1 equal Gaussians (theory section 5). */
function exactShape(well: Well): WellShape {
	const { lambda, beta, units } = well;
	const stretch = 1 + beta * WELL_SIGMA2 * lambda;
	if (!(beta * WELL_SIGMA2 * lambda < 1))
		throw new RangeError(`wellShape: the lift needs βσ²λ < 1, and it is ${beta * WELL_SIGMA2 * lambda}`);
	const variance = WELL_SIGMA2 * stretch;
	const p = totalDistribution(well);
	const centres = p.map((_, k) => (stretch * (k - units)) / Math.sqrt(2 * units));
	const logs = p.map((e) => Math.log(e));
	/** mean and variance of the centres, given w, and ln of the sum */
	const given = (w: number) => {
		const terms = logs.map((l, k) => l - (w - centres[k]) ** 2 / (2 * variance));
		const log = logSumExp(terms);
		let first = 0;
		let second = 0;
		terms.forEach((t, k) => {
			const share = Math.exp(t - log);
			first += share * centres[k];
			second += share * centres[k] ** 2;
		});
		return { log, mean: first, spread: second - first * first };
	};
	const middle = given(0).log;
	return {
		value: (w) => middle - given(w).log,
		slope: (w) => (w - given(w).mean) / variance,
		bend: (w) => (1 - given(w).spread / variance) / variance,
		wall: Infinity
	};
}

/** V_Q = ⅛(βU)′² − ¼(βU)″, per length² (S's V_Q with D = 1/β); Γ = 2DE. */
export function quantumPotential(shape: WellShape, w: number): number {
	return Math.abs(w) < shape.wall ? shape.slope(w) ** 2 / 8 - shape.bend(w) / 4 : NaN;
}

/** Cells of every grid of the story's line. */
export const CELLS = 161;
/** Half the width of the story's plots along w. */
export const SHOWN = 4;

/**
 * A grid on which the well's law has died off at both ends: ± the shown width and at least seven standard deviations of
 * a gaussian well; up to the walls of the entropic one. An unstable gaussian well has no law, and gets the shown width.
 */
export function wellAxis(well: Well): Axis {
	const kappa = 4 - well.beta * well.lambda;
	const reach =
		well.name === 'gaussian' && kappa > 0
			? Math.max(SHOWN, 7 / Math.sqrt(kappa))
			: well.name === 'entropic'
				? wellShape(well).wall
				: Math.max(SHOWN + 0.5, well.name === 'exact' ? exactReach(well) : 0);
	return { min: -reach, max: reach, count: CELLS };
}

/** The outermost vertex, stretched by the lift, and five standard deviations of its noise. */
function exactReach({ lambda, beta, units }: Well): number {
	const stretch = 1 + beta * WELL_SIGMA2 * lambda;
	return stretch * Math.sqrt(units / 2) + 5 * Math.sqrt(WELL_SIGMA2 * stretch);
}

/** Where the wells of a shape lie, found on a grid and refined: rising; one entry below the threshold. */
export function wellMinima(shape: WellShape, reach = SHOWN): number[] {
	const edge = Math.min(reach, shape.wall * (1 - 1e-9));
	const n = 400;
	const at = (k: number) => (edge * (2 * k - n)) / n;
	const found: number[] = [];
	for (let k = 0; k < n; k++) {
		let [lo, hi] = [at(k), at(k + 1)];
		if (!(shape.slope(lo) < 0 && shape.slope(hi) >= 0)) continue;
		for (let i = 0; i < 60; i++) {
			const mid = (lo + hi) / 2;
			if (shape.slope(mid) < 0) lo = mid;
			else hi = mid;
		}
		found.push((lo + hi) / 2);
	}
	return found.map((w) => (Math.abs(w) < 1e-9 ? 0 : w));
}
