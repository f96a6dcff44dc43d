// Medians, quartiles and fitted exponents of measured times.

/** @param {readonly number[]} values @param {number} q */
export function quantile(values, q) {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (sorted.length - 1) * q;
	const low = Math.floor(at);
	const high = Math.ceil(at);
	return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** @param {readonly number[]} values */
export const median = (values) => quantile(values, 0.5);

/** The quartiles: half of the values lie between them. @param {readonly number[]} values @returns {[number, number]} */
export const spread = (values) => [quantile(values, 0.25), quantile(values, 0.75)];

/**
 * The exponent e of y ∝ xᵉ by least squares on logarithms, with its standard error from the residuals.
 * @param {readonly { x: number, y: number }[]} points at least three
 */
export function exponent(points) {
	if (points.length < 3) throw new RangeError('An exponent needs at least three points.');
	const lx = points.map((p) => Math.log(p.x));
	const ly = points.map((p) => Math.log(p.y));
	const mean = (/** @type {number[]} */ a) => a.reduce((s, v) => s + v, 0) / a.length;
	const [mx, my] = [mean(lx), mean(ly)];
	const sxx = lx.reduce((s, v) => s + (v - mx) ** 2, 0);
	const slope = lx.reduce((s, v, i) => s + (v - mx) * (ly[i] - my), 0) / sxx;
	const residual = lx.reduce((s, v, i) => s + (ly[i] - my - slope * (v - mx)) ** 2, 0);
	return { exponent: slope, error: Math.sqrt(residual / (points.length - 2) / sxx) };
}
