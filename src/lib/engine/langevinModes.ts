// Linear algebra in the modes of a quadratic form: matrices that are functions of it, on the device. For the RBM's own
// coupling J these are the stiff and soft directions (u, ∓v)/√2 with eigenvalues ±λ, and 0 on everything else.
import {
	add,
	concat,
	eye,
	matMul,
	mul,
	tensor1d,
	tensor2d,
	tidy,
	transpose,
	type Tensor2D
} from '@tensorflow/tfjs-core';

/** A symmetric form on K coordinates: orthonormal columns, their eigenvalues, and one eigenvalue for all the rest. */
export interface Modes {
	/** [K, n], orthonormal columns */
	readonly vectors: Tensor2D;
	/** [n], in memory */
	readonly values: Float64Array;
	/** on the complement of the columns; of no effect when n = K */
	readonly rest: number;
}

/** A singular value decomposition of W in memory, thin: u N×modes and v M×modes, row-major. */
export interface CouplingModes {
	readonly N: number;
	readonly M: number;
	readonly u: Float32Array | Float64Array;
	readonly v: Float32Array | Float64Array;
	/** λ, [modes] */
	readonly singularValues: Float32Array | Float64Array;
}

/**
 * The modes of J = [[0, −W], [−Wᵀ, 0]]: n = 2·modes columns, stiff then soft. The caller disposes `vectors`.
 * @throws RangeError when lengths do not fit.
 */
export function couplingModes({ N, M, u, v, singularValues }: CouplingModes): Modes {
	const modes = singularValues.length;
	if (!(modes <= Math.min(N, M)) || u.length !== N * modes || v.length !== M * modes) {
		throw new RangeError(`The decomposition does not fit ${N}+${M} units and ${modes} modes.`);
	}
	const scaled = (x: ArrayLike<number>, factor: number) => Float32Array.from(x, (e) => factor * e);
	const vectors = tidy(() => {
		const upper = tensor2d(scaled(u, Math.SQRT1_2), [N, modes], 'float32');
		const stiff = tensor2d(scaled(v, -Math.SQRT1_2), [M, modes], 'float32');
		const soft = tensor2d(scaled(v, Math.SQRT1_2), [M, modes], 'float32');
		return concat([concat([upper, upper], 1), concat([stiff, soft], 1)], 0) as Tensor2D;
	});
	const lambda = Array.from(singularValues);
	return { vectors, values: Float64Array.from([...lambda, ...lambda.map((l) => -l)]), rest: 0 };
}

/** f of the form, as a dense symmetric matrix [K, K]: f(eigenvalue) on each column, f(rest) off them. Caller disposes. */
export function functionMatrix({ vectors, values, rest }: Modes, f: (value: number) => number): Tensor2D {
	const base = f(rest);
	return tidy(() => {
		const excess = tensor1d(
			Float32Array.from(values, (value) => f(value) - base),
			'float32'
		);
		const shaped = matMul(mul(vectors, excess), transpose(vectors));
		return add(shaped, mul(eye(vectors.shape[0]), base)) as Tensor2D;
	});
}

/**
 * Rows in mode coordinates: rows [P, K] · vectors [K, n]; for J the stiff coordinates u₁…, then the soft w₁… (not
 * centred). What is isotropic in units, noise and time step, is so in modes: a step is the same in either frame.
 * Caller disposes.
 */
export function inModes(modes: Modes, rows: Tensor2D): Tensor2D {
	return matMul(rows, modes.vectors);
}
