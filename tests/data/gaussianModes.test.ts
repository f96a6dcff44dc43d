// The planted set: its singular structure, its exact likelihood against brute force, and its draws against that.
import { describe, expect, it } from 'vitest';
import { gaussianModes, plantedLogLikelihood, plantedModes } from '../../src/lib/data/gaussianModes';
import type { BitRows } from '../../src/lib/data/dataset';
import { bitAt } from './bits';

const recipe = (units: number, modes: number, strength: number, samples = 64) =>
	({ kind: 'gaussian-modes', units, modes, strength, samples }) as const;

/** Every state of N units, once. */
function allStates(units: number): BitRows {
	const stride = Math.ceil(units / 8);
	const bytes = new Uint8Array(2 ** units * stride);
	for (let s = 0; s < 2 ** units; s++)
		for (let i = 0; i < units; i++)
			if ((s >> (units - 1 - i)) & 1) bytes[s * stride + (i >> 3)] |= 128 >> (i & 7);
	return { count: 2 ** units, units, stride, bytes };
}

/** ln of the unnormalised P(v) of any RBM at β = 1, by the textbook's free energy. */
function logWeight({ N, M, weights, visibleBias, hiddenBias }: ReturnType<typeof plantedModes>, v: number[]) {
	let total = 0;
	for (let i = 0; i < N; i++) total += visibleBias[i] * v[i];
	for (let j = 0; j < M; j++) {
		let input = hiddenBias[j];
		for (let i = 0; i < N; i++) input += weights[i * M + j] * v[i];
		total += Math.log1p(Math.exp(input));
	}
	return total;
}

describe('plantedModes', () => {
	it.each([
		[4, 3, 2],
		[48, 3, 3],
		[37, 5, 8],
		[256, 8, 4],
		[5, 1, 0]
	])('%i units, %i modes, strength %d: βW has exactly the planted singular values', (N, K, strength) => {
		const {
			M,
			weights,
			patterns,
			singularValues,
			hiddenPerMode: R,
			rows,
			cols
		} = plantedModes(recipe(N, K, strength));
		expect(rows * cols).toBe(N);
		expect(M).toBe(K * R);
		expect((R + 1) ** K).toBeLessThanOrEqual(16_384);
		expect(singularValues).toEqual(Array.from({ length: K }, (_, k) => strength / (k + 1)));
		for (let k = 0; k < K; k++)
			for (let l = 0; l <= k; l++) {
				const dot = patterns[k].reduce((sum, u, i) => sum + u * patterns[l][i], 0);
				expect(dot).toBeCloseTo(k === l ? 1 : 0, 12);
			}
		// W v_k = λ_k u_k for the K block vectors, and the Frobenius norm leaves nothing for another singular value
		let frobenius = 0;
		for (const w of weights) frobenius += w * w;
		expect(frobenius).toBeCloseTo(
			singularValues.reduce((sum, l) => sum + l * l, 0),
			9
		);
		for (let k = 0; k < K; k++)
			for (let i = 0; i < N; i++) {
				let image = 0;
				for (let j = k * R; j < (k + 1) * R; j++) image += weights[i * M + j] / Math.sqrt(R);
				expect(image).toBeCloseTo(singularValues[k] * patterns[k][i], 11);
			}
	});

	it('refuses more modes than there are patterns', () => {
		expect(() => plantedModes(recipe(4, 4, 1))).toThrow(/1 to 3/);
		expect(() => plantedModes(recipe(64, 9, 1))).toThrow(RangeError);
		expect(() => plantedModes(recipe(64, 0, 1))).toThrow(RangeError);
	});
});

describe('plantedLogLikelihood', () => {
	it.each([
		[4, 2, 3],
		[6, 3, 8],
		[9, 8, 5],
		[7, 1, 2]
	])('equals brute force over all states of %i units (%i modes, strength %d)', (N, K, strength) => {
		const planted = plantedModes(recipe(N, K, strength));
		const states = allStates(N);
		const weights = Array.from({ length: states.count }, (_, s) =>
			logWeight(
				planted,
				Array.from({ length: N }, (_, i) => bitAt(states, s, i))
			)
		);
		const largest = Math.max(...weights);
		const lnZ = largest + Math.log(weights.reduce((sum, l) => sum + Math.exp(l - largest), 0));
		const one = (s: number): BitRows => ({
			...states,
			count: 1,
			bytes: states.bytes.subarray(s * states.stride, (s + 1) * states.stride)
		});
		for (let s = 0; s < states.count; s += 5)
			expect(plantedLogLikelihood(planted, one(s))).toBeCloseTo(weights[s] - lnZ, 9);
	});
});

describe('gaussianModes', () => {
	it('draws from exactly the planted distribution', () => {
		// 6 units, 24 000 rows against 64 exact probabilities. Pearson's χ² has 63 degrees of freedom; 140 has a
		// false-alarm rate of 9e-8 (smallest expected count about 40, so the χ² law holds well).
		const { train, heldOut } = gaussianModes(recipe(6, 2, 4, 20_000), 11);
		const planted = plantedModes(recipe(6, 2, 4));
		const states = allStates(6);
		const counts = new Array<number>(64).fill(0);
		for (const rows of [train, heldOut!])
			for (let row = 0; row < rows.count; row++) counts[rows.bytes[row] >> 2]++;
		let chi2 = 0;
		for (let s = 0; s < 64; s++) {
			const expected =
				24_000 *
				Math.exp(plantedLogLikelihood(planted, { ...states, count: 1, bytes: states.bytes.subarray(s) }));
			expect(expected).toBeGreaterThan(30);
			chi2 += (counts[s] - expected) ** 2 / expected;
		}
		expect(chi2).toBeLessThan(140);
		expect(chi2).toBeGreaterThan(20);
	});

	it('repeats with the seed and differs without', () => {
		const draw = (seed: number) => gaussianModes(recipe(48, 3, 3, 200), seed).train.bytes;
		expect(draw(5)).toEqual(draw(5));
		expect(draw(5)).not.toEqual(draw(6));
		// more rows begin with the same rows
		expect(gaussianModes(recipe(48, 3, 3, 400), 5).train.bytes.subarray(0, draw(5).length)).toEqual(draw(5));
	});

	it('splits off a fifth as held-out rows and reports what the planted machine gives them', () => {
		const { train, heldOut, planted, complete, units, rows, cols } = gaussianModes(recipe(48, 3, 5, 2000), 1);
		expect([train.count, heldOut!.count, complete, units, rows, cols]).toEqual([2000, 400, false, 48, 6, 8]);
		// both are averages of the same variable; its spread is below 3 nats a row at these strengths, so ten standard
		// errors of the difference are 10·3·√(1/2000 + 1/400) = 1.6
		expect(Math.abs(planted!.trainLogLikelihood - planted!.heldOutLogLikelihood)).toBeLessThan(1.6);
		expect(planted!.trainLogLikelihood).toBeGreaterThan(-48 * Math.LN2);
	});

	it('at strength 0 is fair coins', () => {
		const { train, planted } = gaussianModes(recipe(16, 2, 0, 5000), 3);
		expect(planted!.trainLogLikelihood).toBeCloseTo(-16 * Math.LN2, 10);
		let on = 0;
		for (let row = 0; row < train.count; row++) for (let i = 0; i < 16; i++) on += bitAt(train, row, i);
		// 80 000 coins: standard deviation 141; six of them, false alarms 2e-9
		expect(Math.abs(on - 40_000)).toBeLessThan(850);
	});

	it('covers the strongest and the largest recipe of a Scene', () => {
		const { train } = gaussianModes(recipe(256, 8, 8, 300), 2);
		expect(train.bytes.length).toBe(300 * 32);
		expect(new Set(train.bytes).size).toBeGreaterThan(100);
	});
});
