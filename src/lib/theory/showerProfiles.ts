// Profiles of binary shower images, with their standard errors: what a calorimeter's users compare between a generator's
// showers and the real ones.

/** How the images are laid out: layer by layer, each ring by ring, then perhaps a row of energy bits. */
export interface ShowerShape {
	readonly layers: number;
	readonly radial: number;
	readonly energyBits: number;
}

/** A mean over images and its standard error, an entry a layer, ring or count. */
export interface Profile {
	readonly mean: Float64Array;
	readonly error: Float64Array;
	/** images averaged */
	readonly images: number;
}

/** Pixels of an image. */
export function showerPixels({ layers, radial, energyBits }: ShowerShape): number {
	return (layers + (energyBits > 0 ? 1 : 0)) * radial;
}

/** Means and standard errors of the rows of a table. */
function average(rows: readonly Float64Array[], width: number): Profile {
	const images = rows.length;
	const mean = new Float64Array(width);
	const error = new Float64Array(width);
	for (const row of rows) row.forEach((x, k) => (mean[k] += x / images));
	for (const row of rows) row.forEach((x, k) => (error[k] += (x - mean[k]) ** 2));
	return { mean, error: error.map((s) => (images > 1 ? Math.sqrt(s / (images - 1) / images) : NaN)), images };
}

/** The energy bin that most of the bits of an image's last row speak for; −1 without such a row. */
export function binOf(bits: ArrayLike<number>, image: number, shape: ShowerShape): number {
	const { layers, radial, energyBits } = shape;
	if (energyBits === 0) return -1;
	const at = image * showerPixels(shape) + layers * radial;
	const votes = new Float64Array(energyBits);
	const seats = new Float64Array(energyBits);
	for (let c = 0; c < radial; c++) {
		const bin = Math.floor((c * energyBits) / radial);
		seats[bin]++;
		votes[bin] += bits[at + c] ? 1 : 0;
	}
	const share = votes.map((v, b) => v / seats[b]);
	return share.indexOf(share.reduce((a, b) => Math.max(a, b)));
}

/**
 * Share of cells that are on in each layer (`layer`) or ring (`radial`), over all images or those of one energy bin; and
 * the distribution of the number of cells on (`hits`, entry n: share of images with n cells on).
 * @param bits 0 or 1, image by image
 * @throws RangeError when the bits do not fill whole images
 */
export function showerProfiles(
	bits: ArrayLike<number>,
	shape: ShowerShape,
	bin: number | null = null
): { layer: Profile; radial: Profile; hits: Profile } {
	const { layers, radial } = shape;
	const pixels = showerPixels(shape);
	const count = bits.length / pixels;
	if (!Number.isInteger(count))
		throw new RangeError(`Images of ${pixels} pixels do not fill ${bits.length}.`);
	const byLayer: Float64Array[] = [];
	const byRing: Float64Array[] = [];
	const byHits: Float64Array[] = [];
	for (let image = 0; image < count; image++) {
		if (bin !== null && binOf(bits, image, shape) !== bin) continue;
		const inLayer = new Float64Array(layers);
		const inRing = new Float64Array(radial);
		let on = 0;
		for (let layer = 0; layer < layers; layer++)
			for (let ring = 0; ring < radial; ring++) {
				if (!bits[image * pixels + layer * radial + ring]) continue;
				inLayer[layer] += 1 / radial;
				inRing[ring] += 1 / layers;
				on++;
			}
		byLayer.push(inLayer);
		byRing.push(inRing);
		const hits = new Float64Array(layers * radial + 1);
		hits[on] = 1;
		byHits.push(hits);
	}
	return {
		layer: average(byLayer, layers),
		radial: average(byRing, radial),
		hits: average(byHits, layers * radial + 1)
	};
}
