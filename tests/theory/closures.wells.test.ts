// When two points of a search are one minimum: barriers on either side of the threshold, far and near.
import { describe, expect, it } from 'vitest';
import { distance, headsFor, sameWell } from '../../src/lib/theory/closures/wells.ts';

const at = (x: number, value: number) => ({ at: Float64Array.of(x, 0.3), value });

describe('wells', () => {
	it('measures the largest difference of a unit', () => {
		expect(distance(Float64Array.of(1, 2, 3), Float64Array.of(1.5, 2, 1))).toBe(2);
	});

	it('two near points are one unless a barrier stands between them, at any height of the landscape', () => {
		for (const floor of [-40, 0, 40]) {
			// wells at 0.5 ± 0.01 with a barrier of `height` between
			const hump = (height: number) => (s: Float64Array) =>
				floor + height * (((s[0] - 0.5) / 0.01) ** 2 - 1) ** 2;
			const [a, b] = [at(0.49, floor), at(0.51, floor)];
			expect(sameWell(hump(1e-6), a, b)).toBe(false);
			expect(sameWell(hump(1e-12), a, b)).toBe(true);
			// the higher of the two is what the barrier is measured from
			expect(sameWell(() => floor + 1, at(-0.01, floor), at(0.01, floor + 1))).toBe(true);
		}
		// far points are two even over flat ground, coinciding ones are one even across a spike
		expect(sameWell(() => 0, at(0, 0), at(0.2, 0))).toBe(false);
		expect(sameWell(() => 1, at(0, 0), at(1e-8, 0))).toBe(true);
	});

	it('a point heads for a known minimum when it is near and half-way there is no higher', () => {
		const bowl = (s: Float64Array) => (s[0] - 0.5) ** 2;
		const known = at(0.5, 0);
		expect(headsFor(bowl, Float64Array.of(0.53, 0.3), known)).toBe(true);
		expect(headsFor(bowl, Float64Array.of(0.6, 0.3), known)).toBe(false);
		// beyond a hump half-way it does not
		const hump = (s: Float64Array) => bowl(s) + (Math.abs(s[0] - 0.515) < 0.005 ? 1 : 0);
		expect(headsFor(hump, Float64Array.of(0.53, 0.3), known)).toBe(false);
		expect(headsFor((s) => (Math.abs(s[0] - 0.515) < 1e-9 ? 0 : 1), Float64Array.of(0.53, 0.3), known)).toBe(
			true
		);
		expect(headsFor((s) => (Math.abs(s[0] - 0.515) < 1e-9 ? 1 : 0), Float64Array.of(0.53, 0.3), known)).toBe(
			false
		);
	});
});
