// The Restricted Boltzmann Machine itself: parameters, validation, energy, free energies and conditionals, exact
// in float64. Everything in theory/ takes an `Rbm` and an inverse temperature β.

/**
 * Parameters of a binary RBM, E(v,h) = −a₀·v − b₀·h − vᵀWh with v ∈ {0,1}^N, h ∈ {0,1}^M.
 * `weights` is N×M, row-major: W[i][j] = weights[i*M + j]. N need not exceed M. (S, slide 1.)
 */
export interface Rbm {
	readonly N: number;
	readonly M: number;
	readonly weights: Float64Array;
	readonly visibleBias: Float64Array;
	readonly hiddenBias: Float64Array;
}
