// Chapter 1's cost curve: the fit leaves out what is too short, its uncertainty, and how long times are written.
import { describe, expect, it } from 'vitest';
import { enumerationCost } from '../../../src/lib/session/theoryJobCost';
import {
	costLine,
	duration,
	SHORTEST,
	uncertainty,
	UNIVERSE,
	unitsAt
} from '../../../src/lib/views/story/cost';

const names = { seconds: 's', minutes: 'min', hours: 'h', days: 'd', years: 'a' };
/** 10⁻⁸ s a state, exactly doubling with each unit */
const ideal = [8, 12, 16, 18, 20, 22].map((units) => ({ units, seconds: 1e-8 * 2 ** units }));

describe('the cost of enumeration', () => {
	it('is fitted to times long enough to be trusted, and to no fewer than three', () => {
		const noisy = ideal.map((p) => (p.seconds < SHORTEST ? { ...p, seconds: 5e-4 } : p));
		const fit = costLine(noisy);
		expect(fit?.slope).toBeCloseTo(1, 9);
		expect(costLine(noisy.slice(0, 4))).toBeNull();
		expect(fit && unitsAt(fit, UNIVERSE)).toBeCloseTo(Math.log2(UNIVERSE / 1e-8), 6);
	});
	it('is less certain the farther it is carried on', () => {
		const fit = { intercept: 0, slope: 1, slopeError: 0.1 };
		expect(uncertainty(ideal, fit, 20)).toBeCloseTo(1, 12);
		expect(uncertainty(ideal, fit, 50)).toBeCloseTo(2 ** 3, 12);
	});
	it('between 1 ns and 1 µs a state, passes the age of the universe between 70 and 100 units', () => {
		for (const perState of [1e-9, 1e-6]) {
			const units = Math.log2(UNIVERSE / perState);
			expect(units).toBeGreaterThan(70);
			expect(units).toBeLessThan(100);
		}
	});
	it('gives the same ln Z both ways', () => {
		const [states, layer] = (['states', 'layer'] as const).map((way) => enumerationCost({ way, units: 12 }));
		expect(layer.lnZ).toBeCloseTo(states.lnZ, 10);
		expect(states.units).toBe(12);
	});
});

describe('a time', () => {
	it('is written in the largest unit of which there are two', () => {
		expect(duration(0, names)).toEqual({ value: 1, unit: 's' });
		expect(duration(Math.log10(180), names)).toMatchObject({ unit: 'min' });
		expect(duration(Math.log10(86400), names).unit).toBe('h');
		expect(duration(Math.log10(3 * 86400), names).value).toBeCloseTo(3, 9);
		expect(duration(Math.log10(UNIVERSE), names)).toMatchObject({ unit: 'a' });
	});
});
