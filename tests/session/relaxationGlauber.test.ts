// Random-scan Glauber dynamics against the exact spectrum of its generator. Seeds are fixed; the truth lies within 6.5
// standard errors of ln τ but for a probability of 3e-7 (Student's law, 31 degrees of freedom).
import { describe, expect, it } from 'vitest';
import { foldIn, keyFromSeed } from '../../src/lib/random/key';
import { defaultStudy } from '../../src/lib/scene/study';
import { glauberSampler } from '../../src/lib/session/relaxationGlauber';
import { measure } from '../../src/lib/session/relaxationMeasure';
import { machineAt } from '../../src/lib/session/relaxationPlan';
import { exactStates } from '../../src/lib/session/relaxationStart';
import { moments } from '../../src/lib/theory/enumerate';
import { glauberGap } from '../../src/lib/theory/glauber';
import { randomScanTime } from '../../src/lib/theory/relaxationPredictions';

const soon = () => Promise.resolve();

describe('Glauber dynamics', () => {
	it.each([
		[1, 1, 1],
		[6, 5, 2],
		[6, 5, 5]
	])('%i×%i at βλ₁ = %f: the exact gap of a random scan', async (N, M, strength) => {
		const { rbm, beta } = machineAt({ ...defaultStudy, N, M }, strength);
		const key = keyFromSeed(9);
		const states = exactStates(rbm, beta, 8192, foldIn(key, 1));
		const sampler = glauberSampler({
			rbm,
			beta,
			states,
			key,
			modes: 1,
			balanced: true,
			start: 'exact',
			updates: 4e7
		});
		const [time] = (await measure(sampler, soon)).times;
		const exact = randomScanTime(glauberGap(rbm, beta), N + M);
		expect(time.error).toBeLessThan(0.03);
		expect(Math.abs(Math.log(time.tau / exact))).toBeLessThan(6.5 * time.error);
	});
});

describe('exact starts', () => {
	it('have the machine’s means, whichever layer is the smaller', () => {
		for (const [N, M] of [
			[5, 3],
			[3, 5]
		]) {
			const { rbm, beta } = machineAt({ ...defaultStudy, N, M, biasScale: 2 }, 3);
			const count = 40_000;
			const states = exactStates(rbm, beta, count, keyFromSeed(4));
			const { meanV, meanH } = moments(rbm, beta);
			[...meanV, ...meanH].forEach((mean, k) => {
				let sum = 0;
				for (let c = 0; c < count; c++) sum += states[c * (N + M) + k];
				// 5.5 standard errors: 4e-8
				expect(Math.abs(sum / count - mean)).toBeLessThan(
					5.5 * Math.sqrt((mean * (1 - mean)) / count) + 1e-6
				);
			});
		}
	});
});
