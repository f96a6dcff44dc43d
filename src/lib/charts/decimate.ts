// Thins a line to what a screen can show: per pixel column the first, lowest, highest and last value, so that no
// peak is lost and a line of any length costs at most four vertices a column.

/** Gaps are NaN (or null) in y; a gap ends one run and the next value begins another. */
export interface Run {
	readonly x: number[];
	readonly y: number[];
}

/** What is needed of a d3 scale; logarithmic ones have a `base`. */
interface Scale {
	(value: number): number;
	base?: unknown;
}

/**
 * The scale as plain arithmetic: a linear or logarithmic d3 scale is an affine function of the value or of its
 * logarithm, and a call a point of the general one is what a long line would spend its time on.
 */
export function toPixels(scale: Scale): (value: number) => number {
	if (scale.base !== undefined) {
		const at1 = scale(1);
		const slope = scale(Math.E) - at1;
		return (v) => at1 + slope * Math.log(v);
	}
	const at0 = scale(0);
	const slope = scale(1) - at0;
	return (v) => at0 + slope * v;
}

/**
 * Pixel positions of a line, in runs without gaps. `px`, `py` map values to px; x must not fall. Lines with fewer
 * than two points a column come back whole.
 */
export function decimate(
	x: ArrayLike<number>,
	y: ArrayLike<number>,
	px: (x: number) => number,
	py: (y: number) => number,
	columns: number
): Run[] {
	const runs: Run[] = [];
	const n = Math.min(x.length, y.length);
	const whole = n <= 2 * Math.max(1, columns);
	let run: { x: number[]; y: number[] } | null = null;
	let column = NaN;
	let first = 0;
	let low = 0;
	let high = 0;
	let last = 0;
	// Positions of the column's lowest and highest value and of its end.
	let lowAt = 0;
	let highAt = 0;
	let lastAt = 0;
	let open = false;

	const flush = () => {
		if (!run || !open) return;
		open = false;
		let previous = first;
		const push = (at: number, value: number) => {
			if (value === previous) return;
			run?.x.push(at);
			run?.y.push(value);
			previous = value;
		};
		if (lowAt <= highAt) {
			push(lowAt, low);
			push(highAt, high);
		} else {
			push(highAt, high);
			push(lowAt, low);
		}
		if (last !== previous || run.x[run.x.length - 1] !== lastAt) {
			run.x.push(lastAt);
			run.y.push(last);
		}
	};

	for (let i = 0; i < n; i++) {
		const sx = px(x[i]);
		const sy = py(y[i]);
		// NaN, and what a logarithmic scale cannot place. A null, which arithmetic takes for 0, is no value either.
		if (!Number.isFinite(sx) || !Number.isFinite(sy) || y[i] === null) {
			flush();
			run = null;
			column = NaN;
			continue;
		}
		if (!run) {
			run = { x: [], y: [] };
			runs.push(run);
		}
		if (whole) {
			run.x.push(sx);
			run.y.push(sy);
			continue;
		}
		const c = Math.floor(sx);
		if (c !== column) {
			flush();
			column = c;
			open = true;
			run.x.push(sx);
			run.y.push(sy);
			first = low = high = last = sy;
			lowAt = highAt = lastAt = sx;
			continue;
		}
		if (sy < low) {
			low = sy;
			lowAt = sx;
		}
		if (sy > high) {
			high = sy;
			highAt = sx;
		}
		lastAt = sx;
		last = sy;
	}
	flush();
	return runs;
}

/** Points nearer than this to the last one drawn, in px both ways, are not drawn. */
const SAME = 0.4;

const tenth = (v: number) => Math.round(v * 10) / 10;

/** An SVG path through runs; a run of one point becomes a dot (zero-length segment, drawn by round caps). */
export function pathOf(runs: readonly Run[]): string {
	let d = '';
	for (const { x, y } of runs) {
		const n = x.length;
		let [atX, atY] = [x[0], y[0]];
		d += `M${tenth(atX)} ${tenth(atY)}`;
		if (n === 1) d += 'h0';
		for (let i = 1; i < n; i++) {
			if (i < n - 1 && Math.abs(x[i] - atX) < SAME && Math.abs(y[i] - atY) < SAME) continue;
			[atX, atY] = [x[i], y[i]];
			d += `L${tenth(atX)} ${tenth(atY)}`;
		}
	}
	return d;
}
