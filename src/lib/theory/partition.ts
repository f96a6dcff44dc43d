// Estimates of ln Z from oscillators: about the centre of the cube, about the mean-field minima, and by TAP. Exact
// values come from enumerate.ts, sampled ones from partitionAis.ts.
import { gaussianField } from './closures/gaussian.ts';
import { MeanField } from './closures/meanField.ts';
import { meanFieldMinima } from './closures/meanFieldMinima.ts';
import { startingPoints } from './closures/starts.ts';
import { dot } from './linalgProducts.ts';
import { cholesky, logDetPositive } from './linalgSolve.ts';
import { logSumExp, type Rbm } from './rbm.ts';
import { couplingModes, functionOfCoupling } from './reciprocal.ts';

/**
 * The oscillator estimate in the gaussian closure, expanded about ½:
 * (N+M)ln 2 + β[½Σa₀+½Σb₀+¼ΣW] + ½β²gᵀ(4I+βJ)^{−1}g − ½Σ ln(1−(βλᵢ/4)²), g = (a₀+½W1, b₀+½Wᵀ1).
 * Good for small biases and βλ well below 4; each mode then misses only its higher cumulants.
 * @returns null when βλ_max ≥ 4
 */
export function lnZGaussian(rbm: Rbm, beta: number): number | null {
	const modes = couplingModes(rbm);
	if (!(beta * (modes.singularValues[0] ?? 0) < 4)) return null;
	const sum = (x: Float64Array) => x.reduce((s, e) => s + e, 0);
	const centre = sum(rbm.visibleBias) / 2 + sum(rbm.hiddenBias) / 2 + sum(rbm.weights) / 4;
	const g = gaussianField(rbm);
	const response = functionOfCoupling(modes, (j) => 1 / (4 + beta * j), g);
	let determinant = 0;
	for (const l of modes.singularValues) determinant += Math.log1p(-(((beta * l) / 4) ** 2));
	return (
		(rbm.N + rbm.M) * Math.LN2 + beta * centre + 0.5 * beta * beta * dot(g, response) - 0.5 * determinant
	);
}

/** Relative curvature below which a minimum counts as critical: positions are right to about its cube root. */
const CRITICAL = 1e-6;

/**
 * Laplace's method about the entropic minima: ln Σ_{m*} e^{−βF_MF(m*) − ½ ln det(I + βD^½JD^½)}, D = diag m*(1−m*).
 * The determinant compares each well's fluctuations with those of independent units, so W = 0 is exact with any
 * biases. Wells that merge (βλ near 4) are where it fails.
 * @returns null at a critical point: when a minimum's Hessian, in units of independent units' own, has an eigenvalue
 * below 1e-6, where the form diverges
 */
export function lnZLaplace(rbm: Rbm, beta: number): number | null {
	const field = new MeanField(rbm, beta, false);
	const terms: number[] = [];
	for (const minimum of meanFieldMinima(field, startingPoints(rbm, beta))) {
		const hessian = field.scaledHessian(minimum.at);
		const logDet = logDetPositive(field.size, hessian);
		for (let k = 0; k < field.size; k++) hessian[k * field.size + k] -= CRITICAL;
		if (logDet === null || !cholesky(field.size, hessian)) return null;
		terms.push(-minimum.value - 0.5 * logDet);
	}
	return logSumExp(terms);
}

/**
 * Second-order TAP: ln Σ_{m*} e^{−βF_TAP(m*)} over the minima of the free energy with the Onsager term, which takes
 * the place of Laplace's determinant (they agree at order β²).
 * @returns null when no stationary value is finite
 */
export function lnZTap(rbm: Rbm, beta: number): number | null {
	const field = new MeanField(rbm, beta, true);
	const minima = meanFieldMinima(field, startingPoints(rbm, beta));
	const value = logSumExp(minima.map((m) => -m.value));
	return Number.isFinite(value) ? value : null;
}
