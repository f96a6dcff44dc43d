// The one interface of the five closures: each turns the constraint potential V_const = −ln ρ of the 2^{N+M} binary
// vertices into something smooth, and so gives the continuous energy U_eff a gradient, a Hessian and minima.

export type ClosureName = 'gaussian' | 'entropic' | 'tap' | 'fitted' | 'smoothed';

/** A stationary point where the Hessian of βU_eff is positive (semi)definite. */
export interface Minimum {
	/** N+M unit coordinates, visible first. */
	readonly at: Float64Array;
	/** βU_eff there. */
	readonly value: number;
}

/**
 * stiff: along (uᵢ, −vᵢ)/√2, where the coupling adds curvature; soft: along (uᵢ, vᵢ)/√2, where it takes curvature
 * away; free: outside min(N,M), where there is no coupling; mixed: no such direction holds half of the mode.
 */
export type ModeKind = 'stiff' | 'soft' | 'free' | 'mixed';

/** A normal mode of βU_eff about a point. */
export interface NormalMode {
	/** κ: eigenvalue of the Hessian of βU_eff. Negative: unstable. */
	readonly curvature: number;
	/** ω = κ/2, the frequency of the Schrödinger oscillator (meaningless when κ ≤ 0). */
	readonly frequency: number;
	readonly kind: ModeKind;
	/** Which singular value of W (0-based) the mode belongs to, each once a kind; null for free and mixed modes. */
	readonly singular: number | null;
	/** Squared overlap with the direction(s) that named the mode, 0…1. */
	readonly overlap: number;
	/** Unit vector in unit coordinates, N+M entries, visible first. */
	readonly shape: Float64Array;
}

/** Whether the closure can be trusted here, with the reason in a plain sentence. */
export interface Validity {
	readonly valid: boolean;
	readonly reason: string;
}

/**
 * βU_eff of one RBM at one β in one closure. All positions are unit coordinates s = (v, h), N+M real numbers; with
 * R from reciprocal.ts, z = Rᵀs, so gradients and Hessians in the mode frame are Rᵀg and RᵀHR.
 */
export interface Closure {
	readonly name: ClosureName;
	/** N + M. */
	readonly size: number;
	readonly beta: number;
	readonly validity: Validity;
	/** βU_eff, dimensionless; Infinity outside the closure's domain. */
	potential(at: Float64Array): number;
	/** ∇βU_eff, N+M entries. */
	gradient(at: Float64Array): Float64Array;
	/** Hessian of βU_eff, (N+M)² entries, row-major, symmetric. */
	hessian(at: Float64Array): Float64Array;
	/** All minima found, lowest first; empty when U_eff has none (an unstable gaussian closure). */
	minima(): readonly Minimum[];
	/** All N+M normal modes about a point (the lowest minimum when left out), κ rising. */
	modes(at?: Float64Array): readonly NormalMode[];
}

/** The curvatures κ alone, rising, about the lowest minimum or a given point. */
export function curvatures(closure: Closure, at?: Float64Array): Float64Array {
	return Float64Array.from(closure.modes(at), (m) => m.curvature);
}
