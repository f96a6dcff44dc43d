// The slowest modes of a Fokker–Planck generator, and P(z,t) = Σₙ cₙ e^{−U/2D} ψₙ e^{−Γₙt} made from them.
// Block Lanczos on the shifted inverse with full reorthogonalisation; the stationary state is known and projected out.
import type { Generator } from './fokkerPlanck.ts';
import { factorShifted, solveBand } from './fokkerPlanckBand.ts';
import { symEigen } from './linalg.ts';
import { dot } from './linalgProducts.ts';

/** Mode n decays as e^{−rates[n]·t}; mode 0 is the stationary state, rate exactly 0. */
export interface FokkerPlanckModes {
	/** Γₙ, rising, in inverse time. */
	readonly rates: Float64Array;
	/** Eₙ = Γₙ/2D of the Schrödinger form Hψ = Eψ. */
	readonly energies: Float64Array;
	/** ψₙ on the cells, Σψₘψₙ = δₘₙ; divide by √cell for ∫ψ² = 1. */
	readonly functions: readonly Float64Array[];
	/** Largest ‖−G̃ψₙ − Γₙψₙ‖/(Γₙ + D(π/L)²) over the modes returned; L is the longest side of the box. */
	readonly residual: number;
}

/** Starting vectors a block: more than one, so that degenerate pairs of an isotropic well are both found. */
const BLOCK = 4;

/**
 * The `count` slowest modes, the stationary one included.
 * @param generator from `fokkerPlanckGenerator`
 * @param count ≥ 1 and at most the number of cells
 * @param tolerance relative residual asked for in the rates' eigenvectors
 * @throws RangeError for a bad count, or when the residual stays above the tolerance
 */
export function slowestModes(generator: Generator, count: number, tolerance = 1e-7): FokkerPlanckModes {
	const { size, ground } = generator;
	if (!Number.isInteger(count) || count < 1 || count > size)
		throw new RangeError(`slowestModes: count must lie in 1…${size}, got ${count}`);
	if (count === 1) return collect(generator, []);
	const shift = boxRate(generator);
	const band = factorShifted(generator, shift, 1);
	const basis: Float64Array[] = [];
	const images: Float64Array[] = [];
	let seed = 0;
	const room = size - 1;
	const offer = (w: Float64Array) => {
		const before = Math.sqrt(dot(w, w));
		for (let pass = 0; pass < 2; pass++) {
			subtract(w, ground);
			for (const q of basis) subtract(w, q);
		}
		const norm = Math.sqrt(dot(w, w));
		if (norm > 1e-10 * before) basis.push(w.map((x) => x / norm));
	};
	while (basis.length < Math.min(BLOCK, room)) offer(startVector(ground, ++seed));
	const most = Math.min(room, Math.max(300, 12 * count));
	let best: { modes: FokkerPlanckModes } | null = null;
	let nextCheck = Math.min(room, 3 * count + 4 * BLOCK);
	while (images.length < most) {
		const image = solveBand(band, basis[images.length]);
		subtract(image, ground);
		images.push(image);
		offer(image.slice());
		while (basis.length <= images.length && basis.length < room && seed < size + 100)
			offer(startVector(ground, ++seed));
		if (images.length >= nextCheck || images.length === most || basis.length === images.length) {
			best = { modes: collect(generator, ritzVectors(basis, images, count - 1)) };
			if (best.modes.residual <= tolerance && best.modes.rates.length === count) return best.modes;
			nextCheck = images.length + 2 * BLOCK;
			if (basis.length === images.length) break;
		}
	}
	throw new RangeError(`slowestModes: residual ${best?.modes.residual} after ${images.length} vectors`);
}

/** The rate of free diffusion over the box: never far from the rates sought, and never zero. */
function boxRate(generator: Generator): number {
	const longest = Math.max(...generator.axes.map((a) => a.max - a.min));
	return generator.diffusion * (Math.PI / longest) ** 2;
}

/** Subtracts from w its component along the unit vector q. */
function subtract(w: Float64Array, q: Float64Array): void {
	const c = dot(w, q);
	for (let i = 0; i < w.length; i++) w[i] -= c * q[i];
}

/** A rough, repeatable vector with all symmetries in it, small where the stationary state is small. */
function startVector(ground: Float64Array, seed: number): Float64Array {
	const golden = 0.6180339887498949;
	return ground.map((g, i) => {
		const x = (i * golden + seed * 0.7548776662466927 + i * i * 1e-3 * golden) % 1;
		return g * (x - 0.5);
	});
}

/** Ritz vectors of the largest eigenvalues of the shifted inverse in the span of the processed basis. */
function ritzVectors(
	basis: readonly Float64Array[],
	images: readonly Float64Array[],
	wanted: number
): Float64Array[] {
	const m = images.length;
	const projected = new Float64Array(m * m);
	for (let i = 0; i < m; i++)
		for (let j = 0; j <= i; j++) {
			const t = (dot(basis[i], images[j]) + dot(basis[j], images[i])) / 2;
			projected[i * m + j] = t;
			projected[j * m + i] = t;
		}
	const { vectors } = symEigen(m, projected);
	const out: Float64Array[] = [];
	for (let k = m - 1; k >= Math.max(0, m - wanted); k--) {
		const psi = new Float64Array(basis[0].length);
		for (let j = 0; j < m; j++) {
			const c = vectors[j * m + k];
			for (let i = 0; i < psi.length; i++) psi[i] += c * basis[j][i];
		}
		const norm = Math.sqrt(dot(psi, psi));
		out.push(psi.map((x) => x / norm));
	}
	return out;
}

/** Rates by the Rayleigh quotient in bond form, a sum of squares, so that no small rate is lost to cancellation. */
function collect(generator: Generator, vectors: readonly Float64Array[]): FokkerPlanckModes {
	const { from, to, forward, backward, symmetric } = generator;
	const floor = boxRate(generator);
	let residual = 0;
	const found = vectors.map((psi) => {
		let rate = 0;
		const image = new Float64Array(psi.length);
		for (let k = 0; k < from.length; k++) {
			const a = psi[from[k]];
			const b = psi[to[k]];
			rate += (Math.sqrt(forward[k]) * a - Math.sqrt(backward[k]) * b) ** 2;
			image[from[k]] += forward[k] * a - symmetric[k] * b;
			image[to[k]] += backward[k] * b - symmetric[k] * a;
		}
		let off = 0;
		for (let i = 0; i < psi.length; i++) off += (image[i] - rate * psi[i]) ** 2;
		residual = Math.max(residual, Math.sqrt(off) / (rate + floor));
		return { rate, psi };
	});
	found.sort((p, q) => p.rate - q.rate);
	const rates = Float64Array.of(0, ...found.map((f) => f.rate));
	return {
		rates,
		energies: rates.map((r) => r / (2 * generator.diffusion)),
		functions: [generator.ground, ...found.map((f) => f.psi)],
		residual
	};
}

/**
 * P(t) from the modes: Σₙ cₙ √π ψₙ e^{−Γₙt} with cₙ = Σ ψₙ P(0)/√π. c₀ is the total probability and the other
 * modes carry none, so the sum is conserved; at small t the modes left out are missing from the picture.
 * @param generator the generator the modes belong to
 * @param modes from `slowestModes`
 * @param initial cell probabilities at t = 0; zero wherever the potential is infinite
 * @param time t ≥ 0
 */
export function evolveByModes(
	generator: Generator,
	modes: FokkerPlanckModes,
	initial: Float64Array,
	time: number
): Float64Array {
	const { ground, stationary } = generator;
	const scaled = initial.map((p, i) => (p === 0 ? 0 : p / ground[i]));
	const mass = initial.reduce((s, p) => s + p, 0);
	const out = stationary.map((p) => p * mass);
	for (let n = 1; n < modes.rates.length; n++) {
		const c = dot(modes.functions[n], scaled) * Math.exp(-modes.rates[n] * time);
		for (let i = 0; i < out.length; i++) out[i] += c * ground[i] * modes.functions[n][i];
	}
	return out;
}
