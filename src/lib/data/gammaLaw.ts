// The gamma distribution's cumulative law, for shower profiles: lnΓ by Lanczos, P(a,x) by its series or continued fraction
// (Press et al., Numerical Recipes, section 6.2, from the definitions).

const LANCZOS = [
	0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
	12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7
];

/** ln Γ(a), a > 0; good to about 1e-14 of its size. */
export function lnGamma(a: number): number {
	if (a < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * a)) - lnGamma(1 - a);
	const z = a - 1;
	const sum = LANCZOS.reduce((s, c, i) => (i === 0 ? c : s + c / (z + i)), 0);
	const t = z + 7.5;
	return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** P(a,x) = ∫₀ˣ t^{a−1}e^{−t}dt / Γ(a), the probability that a unit gamma variable of shape a is below x. */
export function gammaBelow(a: number, x: number): number {
	if (!(a > 0)) throw new RangeError(`A gamma law has a positive shape, not ${a}.`);
	if (!(x > 0)) return 0;
	const front = Math.exp(a * Math.log(x) - x - lnGamma(a));
	if (x < a + 1) {
		let term = 1 / a;
		let sum = term;
		for (let n = 1; n < 1000 && Math.abs(term) > 1e-16 * sum; n++) sum += term *= x / (a + n);
		return Math.min(1, front * sum);
	}
	// Lentz's continued fraction of the upper part
	let b = x + 1 - a;
	let c = 1e300;
	let d = 1 / b;
	let fraction = d;
	for (let n = 1; n < 1000; n++) {
		const an = -n * (n - a);
		b += 2;
		d = 1 / (an * d + b);
		c = b + an / c;
		const step = c * d;
		fraction *= step;
		if (Math.abs(step - 1) < 1e-16) break;
	}
	return Math.max(0, 1 - front * fraction);
}
