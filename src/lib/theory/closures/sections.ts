// The five closures of one small RBM side by side, each cut along its leading soft and stiff
// mode, with the exact law of the same coordinate beside them.
import type { Closure, ClosureName } from './closure.ts';
import { entropicClosure } from './entropic.ts';
import { exactCovariance } from './exactCovariance.ts';
import { fittedClosure } from './fitted.ts';
import { gaussianClosure } from './gaussian.ts';
import { smoothedClosure } from './smoothed.ts';
import { tapClosure } from './tap.ts';
import { bitsOf, jointDistribution } from '../enumerateStates.ts';
import type { Rbm } from '../rbm.ts';
import { modesToUnits, reciprocalFrame, unitsToModes, type Frame } from '../reciprocal.ts';

export interface ClosuresJob {
	/** N+M ≤ 16 */
	readonly rbm: Rbm;
	readonly beta: number;
	/** σ² of the smoothed closure, βσ²λ₁ < 1 */
	readonly sigma2: number;
	/** σ² of the blur through which the exact law of the vertices is drawn */
	readonly blur: number;
	/** w₁ − w₁(½) and u₁ − u₁(½) at which everything is evaluated */
	readonly soft: Float64Array;
	readonly stiff: Float64Array;
}

export interface ClosureSection {
	readonly name: ClosureName;
	readonly valid: boolean;
	/** how many minima were found; 0: cut through m = ½ instead */
	readonly minima: number;
	/** where the lowest minimum stands along the two modes, from m = ½ */
	readonly at: { readonly soft: number; readonly stiff: number };
	/** βU_eff along w₁ and u₁ through that point, counted from the point; NaN outside the closure's domain */
	readonly soft: Float64Array;
	readonly stiff: Float64Array;
	/** rᵀKr along either mode: the curvature of the section at the point */
	readonly curvature: { readonly soft: number; readonly stiff: number };
}

export interface ExactLaw {
	/** −ln P along either mode, counted from its lowest value on the grid */
	readonly soft: Float64Array;
	readonly stiff: Float64Array;
	readonly variance: { readonly soft: number; readonly stiff: number };
}

export interface ClosuresAnswer {
	readonly singularValue: number;
	readonly sections: readonly ClosureSection[];
	/** the law of the vertices, each seen through the blur; its variance is that of the vertices alone */
	readonly vertices: ExactLaw;
	/** the law of the lift at σ², exact, its variance too */
	readonly lifted: ExactLaw;
}

/** @throws RangeError for more than 16 units, LiftBoundError when βσ²λ₁ ≥ 1 */
export function closureSections(job: ClosuresJob): ClosuresAnswer {
	const { rbm, beta, sigma2 } = job;
	if (rbm.N + rbm.M > 16) throw new RangeError(`closureSections: ${rbm.N + rbm.M} units are too many`);
	const frame = reciprocalFrame(rbm);
	const { mean, covariance } = exactCovariance(rbm, beta);
	const closures: Closure[] = [
		gaussianClosure(rbm, beta),
		entropicClosure(rbm, beta),
		tapClosure(rbm, beta),
		fittedClosure(rbm, beta, mean, covariance),
		smoothedClosure(rbm, beta, sigma2)
	];
	return {
		singularValue: frame.singularValues[0],
		sections: closures.map((closure) => section(closure, frame, job)),
		...exactLaws(frame, job)
	};
}

/** Unit vectors of w₁ and u₁ in unit coordinates. */
function directions(frame: Frame) {
	const along = (k: number) => {
		const unit = new Float64Array(frame.N + frame.M);
		unit[k] = 1;
		return modesToUnits(frame, unit);
	};
	return { soft: along(frame.r), stiff: along(0) };
}

function section(closure: Closure, frame: Frame, job: ClosuresJob): ClosureSection {
	const n = closure.size;
	const half = new Float64Array(n).fill(0.5);
	const centre = unitsToModes(frame, half);
	const minima = closure.minima();
	// of wells equally deep, the one on the positive side
	const lowest = minima
		.filter((m) => m.value < minima[0].value + 1e-6)
		.map((m) => ({ m, w: unitsToModes(frame, m.at)[frame.r] }))
		.sort((a, b) => b.w - a.w)[0]?.m;
	const point = lowest?.at ?? half;
	const z = unitsToModes(frame, point);
	const at = { soft: z[frame.r] - centre[frame.r], stiff: z[0] - centre[0] };
	const direction = directions(frame);
	const base = closure.potential(point);
	const hessian = closure.hessian(point);
	const cut = (kind: 'soft' | 'stiff') =>
		Float64Array.from(job[kind], (t) => {
			const u = closure.potential(point.map((e, k) => e + (t - at[kind]) * direction[kind][k])) - base;
			return Number.isFinite(u) ? u : NaN;
		});
	const curvature = (kind: 'soft' | 'stiff') => {
		const d = direction[kind];
		let sum = 0;
		for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += d[i] * hessian[i * n + j] * d[j];
		return sum;
	};
	return {
		name: closure.name,
		valid: closure.validity.valid,
		minima: minima.length,
		at,
		soft: cut('soft'),
		stiff: cut('stiff'),
		curvature: { soft: curvature('soft'), stiff: curvature('stiff') }
	};
}

/** Both exact laws: sums over all vertices of P(s) times a Gaussian about where s puts the coordinate. */
function exactLaws(frame: Frame, { rbm, beta, sigma2, blur, soft, stiff }: ClosuresJob) {
	const n = rbm.N + rbm.M;
	const p = jointDistribution(rbm, beta);
	const centre = unitsToModes(frame, new Float64Array(n).fill(0.5));
	const places = { soft: new Float64Array(p.length), stiff: new Float64Array(p.length) };
	p.forEach((_, s) => {
		const z = unitsToModes(frame, bitsOf(s, n));
		places.soft[s] = z[frame.r] - centre[frame.r];
		places.stiff[s] = z[0] - centre[0];
	});
	const fields = {
		soft: (frame.a[0] + frame.b[0]) * Math.SQRT1_2,
		stiff: (frame.a[0] - frame.b[0]) * Math.SQRT1_2
	};
	/** z|s of one mode with eigenvalue j is s − βσ²(js − c) + N(0, σ²(1−βσ²j)); the blur alone has no drift. */
	const law = (kind: 'soft' | 'stiff', grid: Float64Array, lifted: boolean) => {
		const j = kind === 'soft' ? -frame.singularValues[0] : frame.singularValues[0];
		const g = lifted ? beta * sigma2 : 0;
		const middle = centre[kind === 'soft' ? frame.r : 0];
		const at = places[kind].map((e) => e - g * (j * (e + middle) - fields[kind]));
		const noise = lifted ? sigma2 * (1 - g * j) : blur;
		const mean = at.reduce((sum, e, s) => sum + p[s] * e, 0);
		const spread = at.reduce((sum, e, s) => sum + p[s] * (e - mean) ** 2, 0);
		return { minusLog: minusLogMixture(p, at, noise, grid), variance: spread + (lifted ? noise : 0) };
	};
	const both = (lifted: boolean): ExactLaw => {
		const w = law('soft', soft, lifted);
		const u = law('stiff', stiff, lifted);
		return {
			soft: w.minusLog,
			stiff: u.minusLog,
			variance: { soft: w.variance, stiff: u.variance }
		};
	};
	return { vertices: both(false), lifted: both(true) };
}

/** −ln Σ_s p_s N(x; at_s, variance) on a grid, counted from its lowest value there. */
function minusLogMixture(
	p: Float64Array,
	at: Float64Array,
	variance: number,
	grid: Float64Array
): Float64Array {
	const out = Float64Array.from(grid, (x) => {
		let sum = 0;
		for (let s = 0; s < p.length; s++) sum += p[s] * Math.exp(-((x - at[s]) ** 2) / (2 * variance));
		return -Math.log(sum);
	});
	const least = out.reduce((a, b) => Math.min(a, b), Infinity);
	return out.map((e) => e - least);
}
