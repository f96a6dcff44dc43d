// The five closures of one small RBM side by side, each along its leading soft and stiff mode
// with the others relaxed, and the exact law of the same coordinate beside them.
import type { Closure, ClosureName } from './closure.ts';
import { entropicClosure } from './entropic.ts';
import { exactCovariance } from './exactCovariance.ts';
import { fittedClosure } from './fitted.ts';
import { gaussianClosure } from './gaussian.ts';
import { smoothedClosure } from './smoothed.ts';
import { tapClosure } from './tap.ts';
import { valley, valleyCurvature } from './valley.ts';
import { dot, matVec } from '../linalgProducts.ts';
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
	/**
	 * βU_eff along w₁ and u₁ counted from the point: with all else relaxed (valley.ts; NaN where there is no such place),
	 * of the smoothed closure along the straight line
	 */
	readonly soft: Float64Array;
	readonly stiff: Float64Array;
	/** curvature of both at the point: 1/(rᵀK⁻¹r), of the straight line rᵀKr */
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
	/** the law of the lift at σ², exact, its variance too, in the coordinate of the vertex it came from (see `unstretched`) */
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
	const half = new Float64Array(closure.size).fill(0.5);
	const minima = closure.minima();
	// of wells equally deep, the one on the positive side
	const lowest = minima
		.filter((m) => m.value < minima[0].value + 1e-6)
		.map((m) => ({ m, w: unitsToModes(frame, m.at)[frame.r] }))
		.sort((a, b) => b.w - a.w)[0]?.m;
	const point = lowest?.at ?? half;
	const z = unitsToModes(frame, point);
	const direction = directions(frame);
	const along = (kind: 'soft' | 'stiff') => {
		const { zero, stretch } =
			closure.name === 'smoothed' ? unstretched(frame, job, kind) : unlifted(frame, kind);
		const at = (z[kind === 'soft' ? frame.r : 0] - zero) / stretch;
		const places = job[kind].map((t) => (t - at) * stretch);
		const r = direction[kind];
		// the smoothed landscape has a well at every vertex: relaxing would fall from one into the next
		const straight = closure.name === 'smoothed';
		return {
			at,
			line: straight ? cut(closure, r, point, places) : valley(closure, r, point, places),
			curvature: stretch ** 2 * (straight ? bend(closure, r, point) : valleyCurvature(closure, r, point))
		};
	};
	const [w, u] = [along('soft'), along('stiff')];
	return {
		name: closure.name,
		valid: closure.validity.valid,
		minima: minima.length,
		at: { soft: w.at, stiff: u.at },
		soft: w.line,
		stiff: u.line,
		curvature: { soft: w.curvature, stiff: u.curvature }
	};
}

/** βU along the straight line through a point, from its value there. */
function cut(closure: Closure, r: Float64Array, point: Float64Array, places: Float64Array): Float64Array {
	const base = closure.potential(point);
	return places.map((t) => closure.potential(point.map((e, k) => e + t * r[k])) - base);
}

/** rᵀKr, the curvature of that line at the point. */
function bend(closure: Closure, r: Float64Array, point: Float64Array): number {
	return dot(r, matVec(closure.hessian(point), r.length, r.length, r));
}

/** The coordinate of a mode in the plain frame, from the centre of the cube. */
function unlifted(frame: Frame, kind: 'soft' | 'stiff'): { zero: number; stretch: number } {
	const half = new Float64Array(frame.N + frame.M).fill(0.5);
	return { zero: unitsToModes(frame, half)[kind === 'soft' ? frame.r : 0], stretch: 1 };
}

/**
 * The lift puts a vertex at s − βσ²∇E(s): along a mode with eigenvalue j of J, (1−βσ²j)·s + βσ²c. Undone, a lifted
 * coordinate is the vertex's own plus noise of variance σ²/(1−βσ²j), and can be laid beside the closures of the vertices.
 */
function unstretched(frame: Frame, { beta, sigma2 }: ClosuresJob, kind: 'soft' | 'stiff') {
	const soft = kind === 'soft';
	const j = soft ? -frame.singularValues[0] : frame.singularValues[0];
	const field = (frame.a[0] + (soft ? 1 : -1) * frame.b[0]) * Math.SQRT1_2;
	const stretch = 1 - beta * sigma2 * j;
	return { zero: stretch * unlifted(frame, kind).zero + beta * sigma2 * field, stretch };
}

/** Both exact laws: sums over all vertices of P(s) times a Gaussian about where s puts the coordinate. */
function exactLaws(frame: Frame, job: ClosuresJob) {
	const { rbm, beta, sigma2, blur } = job;
	const n = rbm.N + rbm.M;
	const p = jointDistribution(rbm, beta);
	const places = { soft: new Float64Array(p.length), stiff: new Float64Array(p.length) };
	const zero = { soft: unlifted(frame, 'soft').zero, stiff: unlifted(frame, 'stiff').zero };
	p.forEach((_, s) => {
		const z = unitsToModes(frame, bitsOf(s, n));
		places.soft[s] = z[frame.r] - zero.soft;
		places.stiff[s] = z[0] - zero.stiff;
	});
	const law = (kind: 'soft' | 'stiff', noise: number) => {
		const at = places[kind];
		const mean = at.reduce((sum, e, s) => sum + p[s] * e, 0);
		const spread = at.reduce((sum, e, s) => sum + p[s] * (e - mean) ** 2, 0);
		return { minusLog: minusLogMixture(p, at, noise, job[kind]), spread };
	};
	const both = (noise: (kind: 'soft' | 'stiff') => number, counted: boolean): ExactLaw => {
		const w = law('soft', noise('soft'));
		const u = law('stiff', noise('stiff'));
		return {
			soft: w.minusLog,
			stiff: u.minusLog,
			variance: {
				soft: w.spread + (counted ? noise('soft') : 0),
				stiff: u.spread + (counted ? noise('stiff') : 0)
			}
		};
	};
	return {
		vertices: both(() => blur, false),
		lifted: both((kind) => sigma2 / unstretched(frame, job, kind).stretch, true)
	};
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
