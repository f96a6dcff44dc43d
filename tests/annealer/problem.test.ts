// Models, conversions, scaling, gauges, schedules and temperatures: against the vectors, and as properties.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultBetaRange, geometricSchedule } from '../../src/lib/annealer/annealingSchedule';
import { energiesOf, energyOf, makeBqm, toBinary, toSpin, type Term } from '../../src/lib/annealer/bqm';
import { allEnergies, exactSamples } from '../../src/lib/annealer/exactSampler';
import { problemToRbm, rbmToIsing, rbmToQubo } from '../../src/lib/annealer/rbmProblem';
import { collectReads, expandReads, meanEnergy, readCount } from '../../src/lib/annealer/sampleSet';
import {
	autoScaled,
	autoScaleFactor,
	randomGauge,
	rangeViolations,
	reversed,
	reversedSamples
} from '../../src/lib/annealer/scaling';
import { anneal } from '../../src/lib/annealer/simulatedAnnealing';
import {
	effectiveBeta,
	energyMatchingStep,
	excitations,
	freezeOutTemperature,
	pseudoLikelihoodBeta,
	pseudoLikelihoodStep
} from '../../src/lib/annealer/temperature';
import { energy } from '../../src/lib/theory/rbm';
import { allStates, problems } from './arbitraries';
import { randomRbm } from '../theory/randomRbm';
import { vectors } from './vectors';

const close = (a: number, b: number, tolerance = 1e-12) =>
	expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(a), Math.abs(b)));

describe('spins and bits', () => {
	it('give every state the same energy, there and back', () => {
		fc.assert(
			fc.property(problems, (bqm) => {
				const n = bqm.labels.length;
				const spins = energiesOf(toSpin(bqm), allStates(n, 'SPIN'));
				const bits = energiesOf(toBinary(bqm), allStates(n, 'BINARY'));
				const again = energiesOf(toBinary(toSpin(toBinary(bqm))), allStates(n, 'BINARY'));
				spins.forEach((e, k) => {
					close(e, bits[k]);
					close(e, again[k]);
				});
			}),
			{ numRuns: 200, seed: 1 }
		);
	});

	it('turn the QUBO of the documentation into its Ising model', () => {
		const { Q, h, J, offset } = vectors.qubo_to_ising;
		const linear = [0, 0, 0, 0];
		const terms: Term[] = [];
		for (const [a, b, q] of Q)
			if (a === b) linear[a - 1] = q;
			else terms.push([a - 1, b - 1, q]);
		const ising = toSpin(makeBqm('BINARY', [1, 2, 3, 4], linear, terms));
		expect([...ising.linear]).toEqual([h[1], h[2], h[3], h[4]]);
		expect([...ising.quadratic]).toEqual(J.map((j: number[]) => j[2]));
		expect(ising.offset).toBe(offset);
	});
});

describe('an RBM as a problem', () => {
	it('has the RBM’s energies as QUBO and as Ising model, and comes back', () => {
		for (const [N, M] of [
			[1, 1],
			[4, 3],
			[2, 6]
		]) {
			const rbm = randomRbm(N * 10 + M, N, M);
			const bits = allStates(N + M, 'BINARY');
			const spins = allStates(N + M, 'SPIN');
			const [qubo, ising] = [rbmToQubo(rbm), rbmToIsing(rbm)];
			for (let at = 0; at < bits.length; at += N + M) {
				const state = Float64Array.from(bits.subarray(at, at + N + M));
				const e = energy(rbm, state.subarray(0, N), state.subarray(N));
				close(energyOf(qubo, bits, at), e);
				close(energyOf(ising, spins, at), e);
			}
			const back = problemToRbm(ising, N, M);
			back.rbm.weights.forEach((w, k) => close(w, rbm.weights[k]));
			back.rbm.visibleBias.forEach((a, i) => close(a, rbm.visibleBias[i]));
			close(back.offset, 0);
		}
	});

	it('is refused when two units of a layer are coupled', () => {
		const bqm = makeBqm('BINARY', ['v0', 'v1', 'h0'], [0, 0, 0], [[0, 1, 1]]);
		expect(() => problemToRbm(bqm, 2, 1)).toThrow('v0 and v1 are coupled');
		expect(() => problemToRbm(bqm, 2, 2)).toThrow('3 variables, not 2 + 2');
	});
});

describe('what makes no model', () => {
	it('is refused with a sentence', () => {
		expect(() => makeBqm('SPIN', ['a'], [1, 2], [])).toThrow('2 linear biases for 1 variables');
		expect(() => makeBqm('SPIN', ['a', 'a'], [1, 2], [])).toThrow('same name');
		expect(() => makeBqm('SPIN', ['a', 'b'], [1, 2], [[0, 0, 1]])).toThrow('coupled to itself');
		expect(() => makeBqm('SPIN', ['a', 'b'], [1, NaN], [])).toThrow('finite');
	});
});

describe('scaling', () => {
	const { h, J, h_range, extended_j_range, factor } = vectors.auto_scale;
	const bqm = makeBqm('SPIN', ['a', 'b'], h, [[0, 1, J[0]]]);
	const ranges = { h: h_range, j: extended_j_range };

	it('divides by the worst bias, as the documentation’s example', () => {
		expect(autoScaleFactor(bqm, ranges)).toBe(factor);
		expect([...autoScaled(bqm, ranges).bqm.linear]).toEqual([-4, 2.3 / 1.8]);
		expect(autoScaleFactor(makeBqm('SPIN', ['a'], [2], []), ranges)).toBe(0.5);
		expect(autoScaleFactor(makeBqm('SPIN', ['a'], [0], []), ranges)).toBe(1);
	});

	it('counts the sums of couplings where the solver bounds them', () => {
		const star = makeBqm(
			'SPIN',
			[0, 1, 2],
			[0, 0, 0],
			[
				[0, 1, -1],
				[0, 2, -1]
			]
		);
		expect(autoScaleFactor(star, { ...ranges, coupling: [-1, 5] })).toBe(2);
	});

	it('says which biases a solver would refuse', () => {
		expect(rangeViolations(bqm, ranges)).toHaveLength(2);
		expect(rangeViolations(autoScaled(bqm, ranges).bqm, ranges)).toEqual([]);
	});

	it('spin reversal leaves every energy where it was', () => {
		fc.assert(
			fc.property(problems, fc.nat(1000), (problem, seed) => {
				const spin = toSpin(problem);
				const n = spin.labels.length;
				const gauge = randomGauge(n, seed, 0);
				const set = collectReads(spin, allStates(n, 'SPIN'));
				const turned = reversedSamples(set, gauge);
				const energies = energiesOf(reversed(spin, gauge), turned.rows);
				energies.forEach((e, k) => close(e, set.energies[k]));
				expect(reversedSamples(turned, gauge).rows).toEqual(set.rows);
			}),
			{ numRuns: 100, seed: 2 }
		);
	});

	it('gauges are balanced and differ by index', () => {
		const [a, b] = [randomGauge(4096, 1, 0), randomGauge(4096, 1, 1)];
		// 4096 fair coins: |sum| ≤ 6·64 fails with a chance of 2e-9.
		expect(Math.abs(a.reduce((x, y) => x + y, 0))).toBeLessThan(384);
		expect(a).not.toEqual(b);
	});
});

describe('the default schedule', () => {
	for (const { h, J, scale_T_with_N, expect: wanted } of vectors.sa_default_beta_range.cases)
		it(`of h = ${JSON.stringify(h)}, J = ${JSON.stringify(J)} is Ocean’s`, () => {
			const labels = [
				...new Set([...Object.keys(h), ...J.flatMap((j: unknown[]) => [j[0], j[1]])])
			] as string[];
			const bqm = makeBqm(
				'SPIN',
				labels,
				labels.map((l) => h[l] ?? 0),
				J.map(([a, b, j]: [string, string, number]): Term => [labels.indexOf(a), labels.indexOf(b), j])
			);
			const range = defaultBetaRange(bqm, scale_T_with_N ?? true);
			close(range[0], wanted[0], 1e-14);
			close(range[1], wanted[1], 1e-14);
		});

	it('rises geometrically from end to end', () => {
		const schedule = geometricSchedule([0.1, 10], 5);
		schedule.forEach((b, k) => close(b, 0.1 * 10 ** (k / 2)));
	});
});

describe('temperature', () => {
	const { mpl_single_variable, effective_field, exact_three_spin, freezeout } = vectors.temperature;

	it('of one variable', () => {
		const f = Float64Array.from(mpl_single_variable.en1);
		const beta = pseudoLikelihoodBeta(f, 1, new Float64Array(20).fill(1));
		close(1 / (beta ?? NaN), mpl_single_variable.expect, 1e-12);
	});

	it('the excitations are dwave-system’s', () => {
		const { J, sample, expect: wanted } = effective_field;
		const bqm = makeBqm('SPIN', [0, 1, 2, 3, 4], new Float64Array(5), J);
		expect([...excitations(bqm, collectReads(bqm, Int8Array.from(sample)))]).toEqual(wanted);
	});

	it('of all eight states with their Boltzmann weights is exact', () => {
		const bqm = makeBqm('SPIN', [0, 1, 2], exact_three_spin.h, exact_three_spin.J);
		const all = collectReads(bqm, allStates(3, 'SPIN'));
		const weights = all.energies.map((e) => Math.exp(-e / 0.6));
		close(1 / (pseudoLikelihoodBeta(excitations(bqm, all), 3, weights) ?? NaN), 0.6, 1e-12);
	});

	it('of samples at β is β within five errors, and none for a single ground state', () => {
		const bqm = rbmToIsing(randomRbm(5, 5, 4));
		for (const beta of [0.3, 1]) {
			const found = effectiveBeta(bqm, exactSamples(bqm, beta, 4000, 7), 3);
			// five standard errors: 6e-7 if the errors are normal
			expect(Math.abs((found.beta ?? NaN) - beta)).toBeLessThan(5 * found.error);
			expect(found.error).toBeLessThan(0.1 * beta);
		}
		const ground = anneal(bqm, { reads: 1, sweeps: 2000, seed: 1 });
		expect(effectiveBeta(bqm, ground).beta).toBe(null);
	});

	it('steps of the two update rules', () => {
		expect(energyMatchingStep(4, -10, -5)).toBe(8);
		expect(energyMatchingStep(4, -10, -5, 0.5)).toBeCloseTo(4 * Math.SQRT2, 14);
		expect(energyMatchingStep(4, -1, -10)).toBe(2);
		expect(energyMatchingStep(4, 1, -10)).toBe(4);
		expect(pseudoLikelihoodStep(1, 2)).toBe(0.5);
	});

	it('freeze-out', () => {
		for (const { B_GHz, T_mK, computed } of freezeout)
			// upstream has older constants of nature: 1e-6 apart
			close(freezeOutTemperature(T_mK, B_GHz), computed, 2e-6);
	});
});

describe('samplers', () => {
	const rbm = randomRbm(3, 3, 3);
	const bqm = rbmToIsing(rbm);

	it('enumeration visits every state with its energy', () => {
		const states = energiesOf(bqm, allStates(6, 'SPIN'));
		allEnergies(bqm).forEach((e, k) => close(e, states[k]));
		expect(() => allEnergies(rbmToIsing(randomRbm(1, 11, 10)))).toThrow('2^21');
	});

	/** χ² of reads over all 2⁶ states against Boltzmann at β; under 64 + 8·√128 ≈ 154.5 but for 1e-8. */
	const chiSquare = (rows: Int8Array, beta: number) => {
		const energies = allEnergies(bqm);
		const z = energies.reduce((a, e) => a + Math.exp(-beta * e), 0);
		const seen = new Float64Array(64);
		for (let at = 0; at < rows.length; at += 6) {
			let k = 0;
			for (let i = 0; i < 6; i++) if (rows[at + i] > 0) k |= 1 << i;
			seen[k]++;
		}
		const reads = rows.length / 6;
		return energies.reduce((a, e, k) => {
			const expected = (reads * Math.exp(-beta * e)) / z;
			return a + (seen[k] - expected) ** 2 / expected;
		}, 0);
	};

	it('Gibbs acceptance at a fixed β samples the Boltzmann law', () => {
		const options = {
			reads: 8000,
			schedule: new Float64Array(30).fill(0.4),
			acceptance: 'gibbs',
			seed: 11
		} as const;
		expect(chiSquare(expandReads(anneal(bqm, options)), 0.4)).toBeLessThan(154);
	});

	it('exact samples follow the Boltzmann law', () => {
		expect(chiSquare(expandReads(exactSamples(bqm, 0.4, 8000, 5)), 0.4)).toBeLessThan(154);
	});

	it('repeat with the seed, and count their reads', () => {
		const run = (seed: number) => anneal(rbmToQubo(rbm), { reads: 20, sweeps: 10, seed });
		expect(run(1)).toEqual(run(1));
		expect([...run(2).rows, ...run(2).occurrences]).not.toEqual([...run(1).rows, ...run(1).occurrences]);
		expect(readCount(run(1))).toBe(20);
		expect(run(1).vartype).toBe('BINARY');
		const { mean, error } = meanEnergy(run(1));
		expect(Number.isFinite(mean) && error > 0).toBe(true);
		expect(() => anneal(bqm, { reads: 0, seed: 1 })).toThrow('whole number from 1');
	});

	it('annealing finds the ground state of 50 random 20+20 RBMs within 100 reads', () => {
		// Ground energy by enumeration of one layer: the other follows its field.
		let least = 1;
		for (let k = 0; k < 50; k++) {
			const big = randomRbm(1000 + k, 20, 20);
			const ground = groundEnergy(big);
			const found = anneal(rbmToIsing(big), { reads: 100, seed: k });
			expect(found.energies[0]).toBeLessThan(ground + 1e-9);
			expect(found.energies[0]).toBeGreaterThan(ground - 1e-9);
			least = Math.min(least, found.occurrences[0] / 100);
		}
		expect(least).toBeGreaterThan(0);
	}, 120_000);
});

function groundEnergy({ N, M, weights, visibleBias, hiddenBias }: ReturnType<typeof randomRbm>): number {
	const field = Float64Array.from(hiddenBias);
	let best = Infinity;
	let code = 0;
	let own = 0;
	for (let step = 0; step < 2 ** N; step++) {
		if (step > 0) {
			const i = 31 - Math.clz32(step & -step);
			const sign = (code >> i) & 1 ? -1 : 1;
			code ^= 1 << i;
			own -= sign * visibleBias[i];
			for (let j = 0; j < M; j++) field[j] += sign * weights[i * M + j];
		}
		let e = own;
		for (let j = 0; j < M; j++) if (field[j] > 0) e -= field[j];
		if (e < best) best = e;
	}
	return best;
}
