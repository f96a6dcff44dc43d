// Toy calorimeter showers: binary images of layers × rings around the axis, one shower each, with the incident energy in
// one-hot bits; in the spirit of CaloChallenge data set 2, small enough for a page. Electrons in tungsten by the laws of
// showerLaw.ts.
//
// A shower: E from 1 to 100 GeV, uniform in ln E; ln T and ln α from their bivariate normal; the layers' shares of E from
// the gamma law in depth; in each layer, the rings' shares from the radial law at the layer's middle. Energy comes in
// spots of E/(93 ln Z·E^0.876): a cell's number of spots is Poisson with the mean that its share gives (from 30 on, its
// Gaussian limit, rounded). A cell's bit is on when its energy is above the threshold.
// Fixed here: layers divide 24 X₀ evenly, rings divide 2 R_M evenly; what goes further is lost.
import { uniforms } from '../random/draw.ts';
import { foldIn, keyFromSeed, type Key } from '../random/key.ts';
import type { BitRows, Dataset } from './dataset.ts';
import { gammaBelow } from './gammaLaw.ts';
import {
	longitudinalLaw,
	radialBelow,
	radialLaw,
	showerTau,
	spotCount,
	TUNGSTEN,
	type LongitudinalLaw
} from './showerLaw.ts';

/** The recipe of a Scene for this kind of data. */
export interface ShowersRecipe {
	readonly kind: 'showers';
	readonly layers: number;
	/** rings a layer */
	readonly radial: number;
	/** one-hot bins of ln E in a row of their own, each over `radial/energyBits` pixels; 0: no such row */
	readonly energyBits: number;
	/** energy above which a cell's bit is on, MeV */
	readonly threshold: number;
	readonly samples: number;
}

/** X₀ and R_M covered, and the incident energies in GeV. */
export const DEPTH = 24;
export const RADIUS = 2;
export const ENERGIES = [1, 100] as const;

/** The label under which the rows' random key is derived from the seed ("show" in ASCII). */
const STREAM = 0x73686f77;
/** Draws of ln T and ln α before a shape α ≤ 1 is given up: it happens once in 10⁴ at 1 GeV. */
const MOST_TRIES = 8;

/** N of a recipe. */
export function showerUnits({ layers, radial, energyBits }: Omit<ShowersRecipe, 'kind'>): number {
	return (layers + (energyBits > 0 ? 1 : 0)) * radial;
}

/** One shower's T and α, α > 1, from two normals. */
export function longitudinalDraw(law: LongitudinalLaw, n1: number, n2: number): { T: number; alpha: number } {
	const { meanLnT, meanLnAlpha, sigmaLnT, sigmaLnAlpha, correlation } = law;
	const sum = Math.sqrt((1 + correlation) / 2);
	const difference = Math.sqrt((1 - correlation) / 2);
	return {
		T: Math.exp(meanLnT + sigmaLnT * (sum * n1 + difference * n2)),
		alpha: Math.exp(meanLnAlpha + sigmaLnAlpha * (sum * n1 - difference * n2))
	};
}

/** Mean share of E in each cell, [layers × radial], for one shower's T and α. */
export function cellShares(
	{ layers, radial }: Pick<ShowersRecipe, 'layers' | 'radial'>,
	energy: number,
	law: LongitudinalLaw,
	T: number,
	alpha: number
): Float64Array {
	const rate = (alpha - 1) / T;
	const shares = new Float64Array(layers * radial);
	let above = 0;
	for (let layer = 0; layer < layers; layer++) {
		const below = gammaBelow(alpha, (rate * DEPTH * (layer + 1)) / layers);
		const middle = (DEPTH * (layer + 0.5)) / layers;
		const tau = showerTau(middle, T, alpha, law.meanLnAlpha);
		const profile = radialLaw(energy, tau, TUNGSTEN);
		let inside = 0;
		for (let ring = 0; ring < radial; ring++) {
			const within = radialBelow(profile, (RADIUS * (ring + 1)) / radial);
			shares[layer * radial + ring] = (below - above) * (within - inside);
			inside = within;
		}
		above = below;
	}
	return shares;
}

/** A Poisson number of this mean, from one uniform number, and a second one where the mean is large. */
export function poisson(mean: number, u: number, second: number): number {
	if (mean >= 30) {
		const normal = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * second);
		return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
	}
	let p = Math.exp(-mean);
	let below = p;
	let n = 0;
	while (u > below && n < 200) below += p *= mean / ++n;
	return n;
}

/** Energies of a shower's cells in MeV, [layers × radial], and its incident energy in GeV; of one key. */
export function drawShower(
	recipe: Pick<ShowersRecipe, 'layers' | 'radial'>,
	key: Key
): { energy: number; cells: Float64Array } {
	const { layers, radial } = recipe;
	const cellCount = layers * radial;
	const draws = uniforms(1 + 2 * MOST_TRIES + 2 * cellCount, key);
	const energy = ENERGIES[0] * (ENERGIES[1] / ENERGIES[0]) ** draws[0];
	const law = longitudinalLaw(energy, TUNGSTEN);
	let found = { T: Math.exp(law.meanLnT), alpha: Math.exp(law.meanLnAlpha) };
	for (let tried = 0; tried < MOST_TRIES; tried++) {
		const radius = Math.sqrt(-2 * Math.log(draws[1 + 2 * tried]));
		const angle = 2 * Math.PI * draws[2 + 2 * tried];
		const drawn = longitudinalDraw(law, radius * Math.cos(angle), radius * Math.sin(angle));
		if (drawn.alpha <= 1) continue;
		found = drawn;
		break;
	}
	const shares = cellShares(recipe, energy, law, found.T, found.alpha);
	const spots = spotCount(energy, TUNGSTEN);
	const at = 1 + 2 * MOST_TRIES;
	const cells = shares.map(
		(share, c) => (poisson(share * spots, draws[at + 2 * c], draws[at + 2 * c + 1]) * 1000 * energy) / spots
	);
	return { energy, cells };
}

/** Which of `bits` bins of ln E an energy falls in. */
export function energyBin(energy: number, bits: number): number {
	const place = Math.log(energy / ENERGIES[0]) / Math.log(ENERGIES[1] / ENERGIES[0]);
	return Math.min(bits - 1, Math.max(0, Math.floor(place * bits)));
}

/**
 * Showers as bits, layer by layer, each from the axis outwards, then the energy's row; and a fifth as many held out. The
 * same recipe and seed give the same rows.
 * @throws RangeError for more energy bits than rings
 */
export function showers(recipe: ShowersRecipe, seed: number): Dataset {
	const { layers, radial, energyBits, threshold, samples } = recipe;
	if (energyBits > radial) throw new RangeError(`${radial} rings have room for as many energy bits.`);
	const units = showerUnits(recipe);
	const stride = Math.ceil(units / 8);
	const held = Math.ceil(samples / 5);
	const bytes = new Uint8Array((samples + held) * stride);
	const key = foldIn(keyFromSeed(seed), STREAM);
	for (let row = 0; row < samples + held; row++) {
		const { energy, cells } = drawShower(recipe, foldIn(key, row));
		const on = (unit: number) => (bytes[row * stride + (unit >> 3)] |= 128 >> (unit & 7));
		for (let c = 0; c < cells.length; c++) if (cells[c] > threshold) on(c);
		if (energyBits === 0) continue;
		const bin = energyBin(energy, energyBits);
		for (let c = 0; c < radial; c++)
			if (Math.floor((c * energyBits) / radial) === bin) on(layers * radial + c);
	}
	const part = (from: number, to: number): BitRows => ({
		count: to - from,
		units,
		stride,
		bytes: bytes.subarray(from * stride, to * stride)
	});
	return {
		title: `Showers in tungsten, ${layers} layers × ${radial} rings`,
		convention:
			`Electrons of ${ENERGIES[0]} to ${ENERGIES[1]} GeV by the GFLASH parametrisation; down: ${DEPTH} radiation ` +
			`lengths of depth, right: ${RADIUS} Molière radii from the axis; a bit is on above ${threshold} MeV.` +
			(energyBits > 0 ? ' The last row holds the energy, one of ' + energyBits + ' bins.' : ''),
		units,
		rows: units / radial,
		cols: radial,
		train: part(0, samples),
		heldOut: part(samples, samples + held),
		complete: false
	};
}
