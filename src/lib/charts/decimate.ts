// Thins a line to what a screen can show: per pixel column the first, lowest, highest and last value, so that no
// peak is lost and a line of any length costs at most four vertices a column.

/** Gaps are NaN (or null) in y; a gap ends one run and the next value begins another. */
export interface Run {
	readonly x: number[];
	readonly y: number[];
}

/**
 * Pixel positions of a line, in runs without gaps. `px`, `py` map values to px; x must not fall. Lines with fewer
 * than four points a column come back whole.
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
	const whole = n <= 4 * Math.max(1, columns);
	let run: Run | null = null;
	let column = NaN;
	let firstY = 0,
		lastX = 0,
		lastY = 0,
		minX = 0,
		minY = 0,
		maxX = 0,
		maxY = 0,
		count = 0;

	const flush = () => {
		if (!run || count === 0) return;
		const inOrder = minX <= maxX ? [minX, minY, maxX, maxY] : [maxX, maxY, minX, minY];
		let previous = firstY;
		for (let k = 0; k < 4; k += 2)
			if (inOrder[k + 1] !== previous) {
				run.x.push(inOrder[k]);
				run.y.push(inOrder[k + 1]);
				previous = inOrder[k + 1];
			}
		if (lastY !== previous || run.x[run.x.length - 1] !== lastX) {
			run.x.push(lastX);
			run.y.push(lastY);
		}
		count = 0;
	};

	for (let i = 0; i < n; i++) {
		const vx = x[i],
			vy = y[i];
		if (vy === null || !Number.isFinite(vy) || !Number.isFinite(vx)) {
			flush();
			run = null;
			column = NaN;
			continue;
		}
		const sx = px(vx),
			sy = py(vy);
		if (!Number.isFinite(sx) || !Number.isFinite(sy)) {
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
			run.x.push(sx);
			run.y.push(sy);
			firstY = minY = maxY = lastY = sy;
			minX = maxX = lastX = sx;
			count = 1;
			continue;
		}
		count++;
		if (sy < minY) {
			minY = sy;
			minX = sx;
		}
		if (sy > maxY) {
			maxY = sy;
			maxX = sx;
		}
		lastX = sx;
		lastY = sy;
	}
	flush();
	return runs;
}

/** An SVG path through runs; a run of one point becomes a dot (zero-length segment, drawn by round caps). */
export function pathOf(runs: readonly Run[]): string {
	let d = '';
	for (const { x, y } of runs) {
		d += `M${x[0].toFixed(1)} ${y[0].toFixed(1)}`;
		if (x.length === 1) d += 'h0';
		for (let i = 1; i < x.length; i++) d += `L${x[i].toFixed(1)} ${y[i].toFixed(1)}`;
	}
	return d;
}
