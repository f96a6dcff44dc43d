// Pixels of small images: numbers to colours, and many tiles into one picture, before a canvas scales it up.

export type Rgb = readonly [number, number, number];

/** A colour ramp as 256 RGB triples: `stops` spaced evenly, mixed in linear sRGB bytes. */
export function ramp(stops: readonly Rgb[]): Uint8ClampedArray {
	const out = new Uint8ClampedArray(256 * 3);
	for (let i = 0; i < 256; i++) {
		const t = (i / 255) * (stops.length - 1);
		const a = Math.min(stops.length - 2, Math.floor(t));
		for (let c = 0; c < 3; c++) out[3 * i + c] = stops[a][c] + (t - a) * (stops[a + 1][c] - stops[a][c]);
	}
	return out;
}

export interface Tiles {
	/** `count` images one after the other, each `rows`×`cols`, row by row */
	readonly values: ArrayLike<number>;
	readonly count: number;
	readonly rows: number;
	readonly cols: number;
}

/** How many tiles stand side by side, so that the picture is about `aspect` times as wide as high. */
export function tileColumns({ count, rows, cols }: Tiles, gap: number, aspect: number): number {
	const ideal = Math.sqrt((count * aspect * (rows + gap)) / (cols + gap));
	return Math.max(1, Math.min(count, Math.round(ideal)));
}

/**
 * One picture of all tiles, `across` a row, `gap` clear pixels between: RGBA, `width`×`height`. Values are mapped
 * by `lo`…`hi` onto `colors` (256 triples); values that are not finite stay clear.
 */
export function paintTiles(
	tiles: Tiles,
	across: number,
	gap: number,
	lo: number,
	hi: number,
	colors: Uint8ClampedArray
): { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> } {
	const { values, count, rows, cols } = tiles;
	const down = Math.max(1, Math.ceil(count / across));
	const width = across * (cols + gap) - gap;
	const height = down * (rows + gap) - gap;
	const data = new Uint8ClampedArray(width * height * 4);
	const scale = 255 / (hi - lo || 1);
	for (let t = 0; t < count; t++) {
		const x0 = (t % across) * (cols + gap);
		const y0 = Math.floor(t / across) * (rows + gap);
		for (let r = 0; r < rows; r++)
			for (let c = 0; c < cols; c++) {
				const value = values[(t * rows + r) * cols + c];
				if (!Number.isFinite(value)) continue;
				const index = Math.max(0, Math.min(255, Math.round((value - lo) * scale)));
				const at = ((y0 + r) * width + x0 + c) * 4;
				data[at] = colors[3 * index];
				data[at + 1] = colors[3 * index + 1];
				data[at + 2] = colors[3 * index + 2];
				data[at + 3] = 255;
			}
	}
	return { width, height, data };
}
