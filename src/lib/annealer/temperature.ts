// The temperature that samples look drawn at. Maximum pseudo-likelihood as dwave-system codes it: with the excitation
// fᵢ = 2sᵢ(hᵢ + ΣJᵢⱼsⱼ) of each variable, Σ_s w_s Σᵢ fᵢ/(1 + exp(−fᵢ/T)) = 0; in b = 1/T its left side rises, so that
// there is one root or none. Energy matching as the Calo4pQVAE code does it.
import { foldIn, keyFromSeed } from '../random/key';
import { neighboursOf, toSpin, type Bqm } from './bqm';
import { samplesAs, type SampleSet } from './sampleSet';
import { wordStream } from './wordStream';

/** 2sᵢ(hᵢ + ΣJᵢⱼsⱼ) of every variable of every row: what flipping it would give back. */
export function excitations(problem: Bqm, samples: SampleSet): Float64Array {
	const bqm = toSpin(problem);
	const { rows } = samplesAs(samples, 'SPIN');
	const n = bqm.labels.length;
	const { start, other, bias } = neighboursOf(bqm);
	const out = new Float64Array(rows.length);
	for (let at = 0; at < rows.length; at += n)
		for (let i = 0; i < n; i++) {
			let f = bqm.linear[i];
			for (let k = start[i]; k < start[i + 1]; k++) f += bias[k] * rows[at + other[k]];
			out[at + i] = 2 * rows[at + i] * f;
		}
	return out;
}

/** σ without overflow. */
const sigmoid = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/**
 * β = 1/T at which Σ w f σ(βf) = 0, or null when the excitations have one sign only and no finite root exists.
 * @param f excitations, rows of n after each other
 * @param weights one a row
 */
export function pseudoLikelihoodBeta(f: Float64Array, n: number, weights: ArrayLike<number>): number | null {
	let up = false;
	let down = false;
	for (let k = 0; k < f.length; k++) {
		if (weights[Math.floor(k / n)] === 0) continue;
		if (f[k] > 0) up = true;
		if (f[k] < 0) down = true;
	}
	if (!up || !down) return null;
	const slope = (b: number) => {
		let sum = 0;
		for (let k = 0; k < f.length; k++) sum += weights[Math.floor(k / n)] * f[k] * sigmoid(b * f[k]);
		return sum;
	};
	let low = -1;
	let high = 1;
	while (slope(low) > 0) low *= 2;
	while (slope(high) < 0) high *= 2;
	for (let k = 0; k < 200 && high - low > 1e-15 * Math.max(1, Math.abs(low)); k++) {
		const middle = (low + high) / 2;
		if (slope(middle) < 0) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

export interface BetaEstimate {
	/** effective inverse temperature; null when the samples allow no finite one */
	readonly beta: number | null;
	/** standard error by the bootstrap over reads; NaN where it could not be had */
	readonly error: number;
}

/** Effective β of samples of `problem` by maximum pseudo-likelihood, with its bootstrap error over reads. */
export function effectiveBeta(problem: Bqm, samples: SampleSet, seed = 1, resamples = 50): BetaEstimate {
	const f = excitations(problem, samples);
	const n = samples.labels.length;
	const beta = pseudoLikelihoodBeta(f, n, samples.occurrences);
	if (beta === null) return { beta, error: NaN };
	const owner: number[] = [];
	samples.occurrences.forEach((count, r) => owner.push(...new Array<number>(count).fill(r)));
	const found: number[] = [];
	for (let b = 0; b < resamples; b++) {
		const next = wordStream(foldIn(keyFromSeed(seed), 2), b);
		const weights = new Float64Array(samples.occurrences.length);
		// The bias of a modulus over so few reads is below 1e-5.
		for (let k = 0; k < owner.length; k++) weights[owner[next() % owner.length]]++;
		const one = pseudoLikelihoodBeta(f, n, weights);
		if (one !== null) found.push(one);
	}
	if (found.length < 2) return { beta, error: NaN };
	const mean = found.reduce((a, x) => a + x, 0) / found.length;
	const square = found.reduce((a, x) => a + (x - mean) ** 2, 0) / (found.length - 1);
	return { beta, error: Math.sqrt(square) };
}

/**
 * Next rescaling of the problem by energy matching: β ← max(2, β(⟨H⟩_sampler/⟨H⟩_RBM)^δ), as the Calo4pQVAE code
 * has it; `floor` is its 2. Returns β unchanged when the ratio is not positive.
 */
export function energyMatchingStep(
	beta: number,
	samplerEnergy: number,
	modelEnergy: number,
	delta = 1,
	floor = 2
): number {
	const ratio = samplerEnergy / modelEnergy;
	return ratio > 0 ? Math.max(floor, beta * ratio ** delta) : beta;
}

/** Next rescaling by effective temperature: the problem is divided by the β it was found at, times the β wanted. */
export function pseudoLikelihoodStep(scale: number, found: number, wanted = 1, damping = 1): number {
	return found > 0 ? scale * (wanted / found) ** damping : scale;
}

/** Freeze-out temperature in units of the energy scale: 2k_BT/(hB), T in mK and B in GHz (dwave-system). */
export function freezeOutTemperature(temperature: number, energyScale: number): number {
	const boltzmann = 1.380649e-23;
	const planck = 6.62607015e-34;
	return (2 * boltzmann * temperature * 1e-3) / (planck * energyScale * 1e9);
}
