// The exact lift of an RBM (theory §5) as tensors: what a Langevin step needs besides the particles.
// With J = [[0, −W], [−Wᵀ, 0]] and A = (I − βσ²J)⁻¹ the drift is Ac − [(A−I)/(βσ²)]z − (z−m(z))/(βσ²); the first two
// terms are diagonal in the stiff and soft modes (u, ∓v)/√2, on which J is ±λ, and A = I on everything else.
import {
	matMul,
	mul,
	tensor1d,
	tensor2d,
	tidy,
	transpose,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import { prepareTransposed, productWithTransposed } from './product';

/** What defines the dynamics, in memory. */
export interface MachineOptions {
	readonly N: number;
	readonly M: number;
	/** modes given; min(N,M), or fewer when the rest of the singular values is negligible */
	readonly modes: number;
	/** thin U, row-major N×modes */
	readonly u: Float32Array | Float64Array;
	/** thin V, row-major M×modes */
	readonly v: Float32Array | Float64Array;
	/** λ, [modes] */
	readonly singularValues: Float32Array | Float64Array;
	/** a₀, [N] */
	readonly visibleBias: Float32Array | Float64Array;
	/** b₀, [M] */
	readonly hiddenBias: Float32Array | Float64Array;
	readonly beta: number;
	/** σ², variance of the smeared vertices; βσ²λ_max < 1 */
	readonly sigma2: number;
	/** time step; default `stableDt`/5 */
	readonly dt?: number;
}

/** The dynamics on the device. Whoever makes a machine disposes it. */
export interface LangevinMachine {
	readonly N: number;
	readonly M: number;
	readonly beta: number;
	readonly sigma2: number;
	readonly dt: number;
	/** Ac, [N+M] */
	readonly field: Tensor1D;
	/** c = (a₀, b₀), [N+M] */
	readonly bias: Tensor1D;
	/** how (A−I)/(βσ²) is applied to z: a dense symmetric matrix, or z·into·out with thin factors */
	readonly linear: { readonly dense: Tensor2D } | { readonly into: Tensor2D; readonly out: Tensor2D };
	/** stiff modes, then soft modes, as columns [N+M, 2·modes], with J's eigenvalues +λ, −λ (in memory) */
	readonly modes: { readonly vectors: Tensor2D; readonly eigenvalues: Float64Array };
}

/** Fraction of the stability bound that is the default time step: its bias is then small (theory §5). */
const DEFAULT_FRACTION = 1 / 5;

/** Euler–Maruyama is stable for dt below 2βσ²(1−βσ²λ_max) (theory §5). NaN unless 0 ≤ βσ²λ_max < 1. */
export function stableDt(beta: number, sigma2: number, lambdaMax: number): number {
	const stiffest = beta * sigma2 * lambdaMax;
	return stiffest >= 0 && stiffest < 1 ? 2 * beta * sigma2 * (1 - stiffest) : NaN;
}

function check(o: MachineOptions): number {
	const { N, M, modes, beta, sigma2 } = o;
	const fits =
		modes <= Math.min(N, M) &&
		o.u.length === N * modes &&
		o.v.length === M * modes &&
		o.singularValues.length === modes &&
		o.visibleBias.length === N &&
		o.hiddenBias.length === M;
	if (!fits) throw new RangeError(`The parts of a machine do not fit ${N}+${M} units and ${modes} modes.`);
	if (!(beta > 0 && sigma2 > 0)) throw new RangeError('β and σ² are positive.');
	const lambdaMax = [...o.singularValues].reduce((a, b) => Math.max(a, b), 0);
	const bound = stableDt(beta, sigma2, lambdaMax);
	if (!(bound > 0)) {
		throw new RangeError(
			`βσ²λ_max = ${(beta * sigma2 * lambdaMax).toPrecision(3)}; the lift exists below 1 only.`
		);
	}
	const dt = o.dt ?? bound * DEFAULT_FRACTION;
	if (!(dt > 0)) throw new RangeError('A time step is positive.');
	return dt;
}

/** Columns (u_i, −v_i)/√2, then (u_i, v_i)/√2; row-major [N+M, 2·modes]. */
function stiffAndSoft({ N, M, modes, u, v }: MachineOptions): Float64Array {
	const q = new Float64Array((N + M) * 2 * modes);
	for (let i = 0; i < N; i++) {
		for (let m = 0; m < modes; m++) {
			q[i * 2 * modes + m] = q[i * 2 * modes + modes + m] = u[i * modes + m] * Math.SQRT1_2;
		}
	}
	for (let j = 0; j < M; j++) {
		for (let m = 0; m < modes; m++) {
			const entry = v[j * modes + m] * Math.SQRT1_2;
			q[(N + j) * 2 * modes + m] = -entry;
			q[(N + j) * 2 * modes + modes + m] = entry;
		}
	}
	return q;
}

/** Ac = c + Q(A−I)Qᵀc, float64. */
function liftedField(c: Float64Array, q: Float64Array, excess: Float64Array): Float64Array {
	const columns = excess.length;
	const inModes = new Float64Array(columns);
	for (let k = 0; k < c.length; k++)
		for (let m = 0; m < columns; m++) inModes[m] += c[k] * q[k * columns + m];
	return c.map((value, k) => {
		let total = value;
		for (let m = 0; m < columns; m++) total += q[k * columns + m] * excess[m] * inModes[m];
		return total;
	});
}

/**
 * The machine on the device. The linear term is a dense (N+M)² matrix while that is less work than two thin products
 * with its modes. Throws RangeError when βσ²λ_max ≥ 1, dt is not positive, or lengths do not fit.
 */
export function makeMachine(options: MachineOptions): LangevinMachine {
	const dt = check(options);
	const { N, M, modes, singularValues, visibleBias, hiddenBias, beta, sigma2 } = options;
	const K = N + M;
	const eigenvalues = Float64Array.from([...singularValues].concat([...singularValues].map((l) => -l)));
	const q = stiffAndSoft(options);
	// A − I on a mode is βσ²λ_J/(1 − βσ²λ_J).
	const excess = eigenvalues.map((e) => (beta * sigma2 * e) / (1 - beta * sigma2 * e));
	const c = Float64Array.from([...visibleBias, ...hiddenBias]);
	const scaled = Float32Array.from(q, (value, at) => (value * excess[at % (2 * modes)]) / (beta * sigma2));
	const vectors = tensor2d(Float32Array.from(q), [K, 2 * modes], 'float32');
	const into = tensor2d(scaled, [K, 2 * modes], 'float32');
	const dense = K <= 4 * modes;
	const linear = dense
		? { dense: tidy(() => matMul(into, transpose(vectors)) as Tensor2D) }
		: { into, out: transpose(vectors) as Tensor2D };
	if (dense) into.dispose();
	return {
		N,
		M,
		beta,
		sigma2,
		dt,
		field: tensor1d(Float32Array.from(liftedField(c, q, excess)), 'float32'),
		bias: tensor1d(Float32Array.from(c), 'float32'),
		linear,
		modes: { vectors, eigenvalues }
	};
}

/** [(A−I)/(βσ²)]z, [P, N+M]. Caller disposes. */
export function applyLinear(machine: LangevinMachine, z: Tensor2D): Tensor2D {
	const { linear } = machine;
	if ('dense' in linear) return matMul(z, linear.dense);
	return tidy(() => matMul(matMul(z, linear.into), linear.out) as Tensor2D);
}

/** rows·Q·diag(f(eigenvalue of J))·Qᵀ: a function of J that vanishes off the modes. Caller disposes. */
export function applyInModes(
	machine: LangevinMachine,
	rows: Tensor2D,
	f: (eigenvalue: number) => number
): Tensor2D {
	const { vectors, eigenvalues } = machine.modes;
	return tidy(() => {
		const factors = tensor1d(Float32Array.from(eigenvalues, f), 'float32');
		return productWithTransposed(mul(matMul(rows, vectors), factors) as Tensor2D, prepareTransposed(vectors));
	});
}

export function disposeMachine(machine: LangevinMachine): void {
	machine.field.dispose();
	machine.bias.dispose();
	if ('dense' in machine.linear) machine.linear.dense.dispose();
	else {
		machine.linear.into.dispose();
		machine.linear.out.dispose();
	}
	machine.modes.vectors.dispose();
}
