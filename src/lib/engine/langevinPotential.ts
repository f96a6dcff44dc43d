// βU_eff of the closures (theory §4, §5) in the one form that the Langevin schemes take:
//   βU = ½zᵀLz − f·z + Σₖ g(zₖ),   drift −∇U = D(f − Lz − g′(z)),   D = 1/β,
// with L diagonal in modes and g diagonal in units. tap is left out: its Onsager term couples layers to fourth order and
// is diagonal in neither.
import {
	add,
	matMul,
	reshape,
	tensor1d,
	tensor2d,
	tidy,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import type { UnitPotential } from './kernels/unitPotential';
import { couplingModes, functionMatrix, type CouplingModes, type Modes } from './langevinModes';

export interface EffectivePotential {
	readonly closure: 'smoothed' | 'gaussian' | 'entropic' | 'fitted';
	/** number of units, N+M */
	readonly K: number;
	readonly beta: number;
	/** orthonormal modes; their `values` are the eigenvalues of L, curvatures of the quadratic part */
	readonly modes: Modes;
	/** L, [K, K] */
	readonly linear: Tensor2D;
	/** f, [K] */
	readonly field: Tensor1D;
	readonly unit: UnitPotential;
	/** largest curvature of βU, at ½ for `entropic` (it has no largest one) */
	readonly stiffest: number;
}

/** What three of the closures are made of. */
export interface CouplingOptions extends CouplingModes {
	/** a₀, [N] */
	readonly visibleBias: Float32Array | Float64Array;
	/** b₀, [M] */
	readonly hiddenBias: Float32Array | Float64Array;
	/** inverse temperature, > 0 */
	readonly beta: number;
}

type Closure = EffectivePotential['closure'];

/** L = curvature(J) and f = stretch(J)·βc + shift on every unit. */
function fromCoupling(
	closure: Closure,
	options: CouplingOptions,
	unit: UnitPotential,
	curvature: (j: number) => number,
	stretch: (j: number) => number,
	shift: number
): EffectivePotential {
	const { N, M, beta, visibleBias, hiddenBias } = options;
	if (!(beta > 0)) throw new RangeError('Langevin dynamics needs β > 0.');
	if (visibleBias.length !== N || hiddenBias.length !== M) throw new RangeError('The biases do not fit.');
	const coupling = couplingModes(options);
	const values = coupling.values.map(curvature);
	const modes = { ...coupling, values, rest: curvature(0) };
	const field = tidy(() => {
		const c = tensor2d(
			Float32Array.from([...visibleBias, ...hiddenBias], (e) => beta * e),
			[1, N + M]
		);
		return reshape(add(matMul(c, functionMatrix(coupling, stretch)), shift), [N + M]) as Tensor1D;
	});
	const steepest =
		[...values, modes.rest].reduce((a, b) => Math.max(a, b)) + (closure === 'entropic' ? 4 : 0);
	const linear = functionMatrix(modes, (value) => value);
	return { closure, K: N + M, beta, modes, linear, field, unit, stiffest: steepest };
}

/**
 * The exact lift (theory §5): L = A/σ², f = βAc, g = −ln(1+e^{(z−½)/σ²}); the quadratic part of −ln ρ_σ is in L, so
 * that L is positive and g′ bounded. Its stationary law decodes to the RBM exactly.
 * @throws RangeError when βσ²λ_max ≥ 1.
 */
export function smoothedPotential(options: CouplingOptions, sigma2: number): EffectivePotential {
	const strength = options.beta * sigma2;
	const reach = strength * Array.from(options.singularValues).reduce((a, b) => Math.max(a, b), 0);
	if (!(sigma2 > 0 && reach < 1)) {
		throw new RangeError(`βσ²λ_max = ${reach.toPrecision(3)}; the lift exists between 0 and 1 only.`);
	}
	const lift = (j: number) => 1 / (1 - strength * j);
	const unit = { kind: 'smoothed', sigma2 } as const;
	return fromCoupling('smoothed', options, unit, (j) => lift(j) / sigma2, lift, 0);
}

/** L = 4 + βJ, f = βc + 2, g = 0. Soft modes with βλ > 4 have no stationary law: they run away, as the closure says. */
export function gaussianPotential(options: CouplingOptions): EffectivePotential {
	const unit = { kind: 'none', sigma2: 1 } as const;
	return fromCoupling(
		'gaussian',
		options,
		unit,
		(j) => 4 + options.beta * j,
		() => 1,
		2
	);
}

/** L = βJ, f = βc, g the entropy of one unit: the naive mean-field free energy, on (0,1)^K alone. */
export function entropicPotential(options: CouplingOptions): EffectivePotential {
	const unit = { kind: 'entropic', sigma2: 1 } as const;
	return fromCoupling(
		'entropic',
		options,
		unit,
		(j) => options.beta * j,
		() => 1,
		0
	);
}

/** A covariance diagonalised in memory. */
export interface FittedOptions {
	readonly beta: number;
	/** μ, [K] */
	readonly mean: Float32Array | Float64Array;
	/** orthonormal eigenvectors of C as columns, row-major K×K */
	readonly vectors: Float32Array | Float64Array;
	/** eigenvalues of C, [K], all positive */
	readonly variances: Float32Array | Float64Array;
}

/** L = C⁻¹, f = C⁻¹μ, g = 0. @throws RangeError for lengths that do not fit or a variance that is not positive. */
export function fittedPotential({ beta, mean, vectors, variances }: FittedOptions): EffectivePotential {
	const K = mean.length;
	if (!(beta > 0)) throw new RangeError('Langevin dynamics needs β > 0.');
	if (vectors.length !== K * K || variances.length !== K) {
		throw new RangeError(`A fit of ${K} units has ${K * K} and ${K} entries.`);
	}
	if (Array.from(variances).some((c) => !(c > 0)))
		throw new RangeError('Every variance of a fit is positive.');
	const columns = tensor2d(Float32Array.from(vectors), [K, K], 'float32');
	const modes = { vectors: columns, values: Float64Array.from(variances, (c) => 1 / c), rest: 0 };
	const linear = functionMatrix(modes, (value) => value);
	const field = tidy(() => {
		const row = tensor1d(Float32Array.from(mean), 'float32');
		return reshape(matMul(reshape(row, [1, K]), linear), [K]) as Tensor1D;
	});
	const stiffest = modes.values.reduce((a, b) => Math.max(a, b));
	return { closure: 'fitted', K, beta, modes, linear, field, unit: { kind: 'none', sigma2: 1 }, stiffest };
}

/** Euler–Maruyama is stable for dt below 2β/κ_max; units of time of theory §3. */
export function stableStep({ beta, stiffest }: EffectivePotential): number {
	return (2 * beta) / stiffest;
}

export function disposePotential(potential: EffectivePotential): void {
	potential.modes.vectors.dispose();
	potential.linear.dispose();
	potential.field.dispose();
}
