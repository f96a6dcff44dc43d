// Mean and covariance of a cloud of independent particles in a mode's plane, with standard errors, and ellipses.

export interface CloudStatistics {
	readonly n: number;
	readonly mean: readonly [number, number];
	/** covariance (c00, c01, c11) */
	readonly covariance: readonly [number, number, number];
	/** standard errors of the two variances, from the fourth moments */
	readonly varianceError: readonly [number, number];
}

/** Statistics of pairs (p₀,q₀, p₁,q₁, …); null for fewer than three. */
export function cloudStatistics(points: ArrayLike<number>): CloudStatistics | null {
	const n = points.length >> 1;
	if (n < 3) return null;
	let m0 = 0;
	let m1 = 0;
	for (let i = 0; i < n; i++) {
		m0 += points[2 * i];
		m1 += points[2 * i + 1];
	}
	m0 /= n;
	m1 /= n;
	let s00 = 0;
	let s01 = 0;
	let s11 = 0;
	let f0 = 0;
	let f1 = 0;
	for (let i = 0; i < n; i++) {
		const a = points[2 * i] - m0;
		const b = points[2 * i + 1] - m1;
		s00 += a * a;
		s01 += a * b;
		s11 += b * b;
		f0 += a ** 4;
		f1 += b ** 4;
	}
	const v0 = s00 / (n - 1);
	const v1 = s11 / (n - 1);
	// Var(sample variance) = (μ₄ − σ⁴)/n to leading order.
	return {
		n,
		mean: [m0, m1],
		covariance: [v0, s01 / (n - 1), v1],
		varianceError: [
			Math.sqrt(Math.max(0, f0 / n - v0 * v0) / n),
			Math.sqrt(Math.max(0, f1 / n - v1 * v1) / n)
		]
	};
}

/** The covariance of (x, y) = ((u+w)/√2, (w−u)/√2) for independent u and w of the given variances. */
export function turnToXy(varU: number, varW: number): [number, number, number] {
	return [(varU + varW) / 2, (varW - varU) / 2, (varU + varW) / 2];
}

/** Points of the ellipse at `sds` standard deviations of a Gaussian with this mean and covariance. */
export function ellipse(
	mean: readonly [number, number],
	[c00, c01, c11]: readonly [number, number, number],
	sds = 2,
	points = 72
): [number, number][] {
	// Cholesky of the covariance maps the unit circle onto the ellipse.
	const l00 = Math.sqrt(Math.max(c00, 0));
	const l10 = l00 > 0 ? c01 / l00 : 0;
	const l11 = Math.sqrt(Math.max(c11 - l10 * l10, 0));
	return Array.from({ length: points + 1 }, (_, i) => {
		const t = (2 * Math.PI * i) / points;
		const a = sds * Math.cos(t);
		const b = sds * Math.sin(t);
		return [mean[0] + l00 * a, mean[1] + l10 * a + l11 * b];
	});
}
