// Exact learning on a problem with a known best answer: the 30 bars and stripes of 4×4, 16 hidden units.
import { describe, expect, it } from 'vitest';
import {
	averageLogLikelihood,
	logLikelihoodGradient,
	moments,
	type Gradient
} from '../../src/lib/theory/enumerate.ts';
import { makeRbm } from '../../src/lib/theory/rbm.ts';
import { centredGradient } from '../../src/lib/theory/rbmFrames.ts';
import { gaussians } from './randomRbm.ts';

const patterns = new Map<string, number[]>();
for (let mask = 0; mask < 16; mask++)
	for (const across of [true, false]) {
		const p = Array.from({ length: 16 }, (_, k) => (mask >> (across ? Math.floor(k / 4) : k % 4)) & 1);
		patterns.set(p.join(''), p);
	}
const rows = { count: patterns.size, values: [...patterns.values()].flat() };
const dataMean = new Float64Array(16).fill(0.5);

describe('bars and stripes', () => {
	it('theory §10: the exact gradient passes −104.1 in sum and stays below 30·ln(1/30) = −102.036', () => {
		let theta: Gradient = {
			weights: gaussians(1, 256).map((x) => 0.1 * x),
			visibleBias: new Float64Array(16),
			hiddenBias: new Float64Array(16)
		};
		let velocity: Gradient | null = null;
		const sums: number[] = [];
		for (let step = 0; step < 300 && !(sums.at(-1)! > -104); step++) {
			const rbm = makeRbm({ N: 16, M: 16, ...theta });
			const model = moments(rbm, 1);
			sums.push(30 * averageLogLikelihood(rbm, 1, rows, model.lnZ));
			const g = centredGradient(logLikelihoodGradient(rbm, 1, rows, model), dataMean, model.meanH);
			const old: Gradient | null = velocity;
			const push = (key: keyof Gradient): Float64Array =>
				g[key].map((x, i) => 0.3 * x + 0.9 * (old?.[key][i] ?? 0));
			const next: Gradient = {
				weights: push('weights'),
				visibleBias: push('visibleBias'),
				hiddenBias: push('hiddenBias')
			};
			const add = (key: keyof Gradient) => theta[key].map((x, i) => x + next[key][i]);
			theta = { weights: add('weights'), visibleBias: add('visibleBias'), hiddenBias: add('hiddenBias') };
			velocity = next;
		}
		expect(rows.count).toBe(30);
		expect(sums[0]).toBeLessThan(-300);
		expect(sums.at(-1)).toBeGreaterThan(-104.1);
		expect(Math.max(...sums)).toBeLessThan(30 * Math.log(1 / 30));
	}, 240_000);
});
