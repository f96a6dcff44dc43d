// Random problems for properties: sizes, labels and biases that are exact in binary where exactness is asked for.
import fc from 'fast-check';
import { makeBqm, type Bqm, type Term } from '../../src/lib/annealer/bqm';

const bias = fc.oneof(
	fc.integer({ min: -64, max: 64 }).map((k) => k / 8 + 0),
	// + 0: a negative zero is no other bias, and no text format keeps it
	fc.double({ min: -10, max: 10, noNaN: true }).map((x) => x + 0)
);

/** Problems of 1 to 8 variables of either kind, with an offset, some pairs coupled. */
export const problems: fc.Arbitrary<Bqm> = fc
	.record({
		vartype: fc.constantFrom('SPIN' as const, 'BINARY' as const),
		n: fc.integer({ min: 1, max: 8 }),
		named: fc.boolean(),
		linear: fc.array(bias, { minLength: 8, maxLength: 8 }),
		couplings: fc.array(fc.option(bias), { minLength: 28, maxLength: 28 }),
		offset: bias
	})
	.map(({ vartype, n, named, linear, couplings, offset }) => {
		const terms: Term[] = [];
		let at = 0;
		for (let a = 0; a < n; a++)
			for (let b = a + 1; b < n; b++) {
				const j = couplings[at++];
				if (j !== null) terms.push([a, b, j]);
			}
		const labels = Array.from({ length: n }, (_, i) => (named ? `unit ${i}` : i));
		return makeBqm(vartype, labels, linear.slice(0, n), terms, offset);
	});

/** All states of n variables, ±1 or 0/1, one after the other. */
export function allStates(n: number, vartype: 'SPIN' | 'BINARY'): Int8Array {
	const out = new Int8Array(n * 2 ** n);
	for (let k = 0; k < 2 ** n; k++)
		for (let i = 0; i < n; i++) out[k * n + i] = (k >> i) & 1 || (vartype === 'SPIN' ? -1 : 0);
	return out;
}
