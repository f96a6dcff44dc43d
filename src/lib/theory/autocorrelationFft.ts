// Autocovariance of a time series by the Wiener–Khinchin theorem, with an own radix-2 Fourier transform: the
// zero padding makes the result the plain lagged sum, not the circular one.

/**
 * In-place complex Fourier transform, X_k = Σ_t x_t e^{∓2πikt/n}; the inverse is not divided by n.
 * @param re real parts, length a power of two
 * @param im imaginary parts, same length
 * @param inverse true for the + sign in the exponent
 * @throws RangeError when the length is not a power of two
 */
export function fourierTransform(re: Float64Array, im: Float64Array, inverse = false): void {
	const n = re.length;
	if (n === 0 || (n & (n - 1)) !== 0 || im.length !== n)
		throw new RangeError(`fourierTransform: length must be a power of two, got ${n} and ${im.length}`);
	for (let i = 1, j = 0; i < n; i++) {
		let bit = n >> 1;
		for (; j & bit; bit >>= 1) j ^= bit;
		j ^= bit;
		if (i < j) {
			[re[i], re[j]] = [re[j], re[i]];
			[im[i], im[j]] = [im[j], im[i]];
		}
	}
	const sign = inverse ? 1 : -1;
	for (let half = 1; half < n; half *= 2) {
		for (let k = 0; k < half; k++) {
			// each twiddle factor by its own sine and cosine: a running product would lose digits
			const c = Math.cos((Math.PI * k) / half);
			const s = sign * Math.sin((Math.PI * k) / half);
			for (let i = k; i < n; i += 2 * half) {
				const j = i + half;
				const tr = re[j] * c - im[j] * s;
				const ti = re[j] * s + im[j] * c;
				re[j] = re[i] - tr;
				im[j] = im[i] - ti;
				re[i] += tr;
				im[i] += ti;
			}
		}
	}
}

/**
 * Autocovariance C(t) = Σₛ (xₛ−μ)(xₛ₊ₜ−μ)/(T−t) for t = 0…maxLag.
 * @param series T values at equal time steps
 * @param maxLag largest lag wanted, < T; T−1 when left out
 * @param mean the μ subtracted; the series' own mean when left out (which biases C by about −2τC(0)/T)
 * @returns maxLag + 1 values, in the square of the series' unit
 * @throws RangeError for an empty series or a lag outside 0…T−1
 */
export function autocovariance(
	series: ArrayLike<number>,
	maxLag = series.length - 1,
	mean?: number
): Float64Array {
	const length = series.length;
	if (length === 0) throw new RangeError('autocovariance: the series is empty');
	if (!Number.isInteger(maxLag) || maxLag < 0 || maxLag >= length)
		throw new RangeError(`autocovariance: maxLag must lie in 0…${length - 1}, got ${maxLag}`);
	const mu = mean ?? seriesMean(series);
	let padded = 1;
	while (padded < length + maxLag) padded *= 2;
	const re = new Float64Array(padded);
	const im = new Float64Array(padded);
	for (let t = 0; t < length; t++) re[t] = series[t] - mu;
	fourierTransform(re, im);
	for (let k = 0; k < padded; k++) {
		re[k] = re[k] * re[k] + im[k] * im[k];
		im[k] = 0;
	}
	fourierTransform(re, im, true);
	return Float64Array.from({ length: maxLag + 1 }, (_, t) => re[t] / padded / (length - t));
}

/** Arithmetic mean of a series. */
export function seriesMean(series: ArrayLike<number>): number {
	let sum = 0;
	for (let t = 0; t < series.length; t++) sum += series[t];
	return sum / series.length;
}
