// What the annealer's page says of samples, against enumeration; its link; and the embedding it reports.
import { describe, expect, it } from 'vitest';
import { embeddingFaults, bicliquePairs } from '../../src/lib/annealer/embedding/embedding';
import { exactSamples } from '../../src/lib/annealer/exactSampler';
import { groundEnergyOf } from '../../src/lib/annealer/groundState';
import { allEnergies } from '../../src/lib/annealer/exactSampler';
import { rbmToIsing, rbmToQubo } from '../../src/lib/annealer/rbmProblem';
import {
	AnnealerSetup,
	decodeAnnealing,
	defaultAnnealing,
	encodeAnnealing
} from '../../src/lib/scene/annealing';
import { chipOf, embeddingFacts } from '../../src/lib/session/annealerChip';
import { energyCells, judge } from '../../src/lib/session/annealerJudge';
import { annealerRbm, machineFacts, matchedBeta } from '../../src/lib/session/annealerMachine';
import { moments } from '../../src/lib/theory/enumerate';
import fc from 'fast-check';
import * as v from 'valibot';
import { randomRbm } from '../theory/randomRbm';

const setup: AnnealerSetup = { ...defaultAnnealing, N: 7, M: 5, beta: 1 };

describe('the machine of a setup', () => {
	it('is the slides’ experiment: everything within ±c, the same each time', () => {
		const rbm = annealerRbm(setup);
		const all = [...rbm.weights, ...rbm.visibleBias, ...rbm.hiddenBias];
		expect(Math.max(...all.map(Math.abs))).toBeLessThan(1);
		expect(new Set(all).size).toBe(47);
		expect(annealerRbm(setup)).toEqual(rbm);
	});

	it('has the chosen singular values', () => {
		const facts = machineFacts(annealerRbm({ ...setup, machine: 'spectrum', strength: 4 }), 1);
		[4, 2.4, 0.3, 0.3, 0.3].forEach((l, k) => expect(facts.singularValues[k]).toBeCloseTo(l, 10));
	});

	it('knows its ground energy', () => {
		for (const [N, M] of [
			[6, 4],
			[4, 6],
			[1, 9]
		]) {
			const rbm = randomRbm(N + M, N, M);
			const energies = allEnergies(rbmToIsing(rbm));
			expect(groundEnergyOf(rbm)).toBeCloseTo(Math.min(...energies), 10);
		}
	});

	it('finds the β of a mean energy, and none above that of β = 0', () => {
		const rbm = annealerRbm(setup);
		for (const beta of [0.2, 1, 3])
			expect(matchedBeta(rbm, moments(rbm, beta).meanEnergy)).toBeCloseTo(beta, 8);
		expect(matchedBeta(rbm, moments(rbm, 0).meanEnergy + 0.1)).toBeNaN();
	});
});

describe('the judgement of exact samples', () => {
	const rbm = annealerRbm(setup);
	const facts = machineFacts(rbm, 1);
	const cells = energyCells(facts, 2);
	const verdict = judge('exact', rbm, facts, cells, exactSamples(rbmToQubo(rbm), 1, 4000, 3), 1);

	// Each bound is five of the estimate's own standard errors: 6e-7 a test if they are normal.
	it('finds their energy, and their β in two ways', () => {
		expect(Math.abs(verdict.energy.mean - facts.meanEnergy)).toBeLessThan(5 * verdict.energy.error);
		expect(Math.abs((verdict.effective.beta ?? NaN) - 1)).toBeLessThan(5 * verdict.effective.error);
		expect(Math.abs(verdict.matched.beta - 1)).toBeLessThan(5 * verdict.matched.error);
		expect(verdict.energy.error).toBeLessThan(0.05);
	});

	it('finds the variances along the soft modes', () => {
		facts.softVariance?.forEach((exact, k) =>
			expect(Math.abs(verdict.softVariance[k] - exact)).toBeLessThan(5.5 * verdict.softVarianceError[k])
		);
		expect(facts.softVariance).toHaveLength(5);
	});

	it('puts nearly all reads into its cells, and no magnetisation is off by more than noise allows', () => {
		const inside = verdict.histogram.reduce((a, b) => a + b, 0);
		expect(inside).toBeGreaterThan(0.99);
		expect(inside).toBeLessThanOrEqual(1 + 1e-12);
		expect(verdict.magnetisationError).toBeLessThan(3 * verdict.magnetisationNoise);
	});

	it('sees colder samples as colder', () => {
		const cold = judge('exact', rbm, facts, cells, exactSamples(rbmToQubo(rbm), 2, 4000, 3), 1);
		expect(Math.abs((cold.effective.beta ?? NaN) - 2)).toBeLessThan(5 * cold.effective.error);
		expect(cold.groundShare).toBeGreaterThan(verdict.groundShare);
	});
});

describe('the chip', () => {
	it('takes the machine, with every pair coupled', () => {
		const facts = embeddingFacts({ ...setup, defects: 5, size: 6 });
		const chip = chipOf({ ...setup, defects: 5, size: 6 });
		expect(facts.chains).not.toBe(null);
		expect(embeddingFaults(chip, { chains: facts.chains ?? [] }, bicliquePairs(7, 5))).toEqual([]);
		expect(facts.owner.filter((o) => o >= 0)).toHaveLength(facts.used);
		expect(facts.places).toHaveLength(4 * facts.qubits);
	});

	it('says what would fit when it does not', () => {
		const facts = embeddingFacts({ ...setup, N: 40, M: 40, chip: 'chimera', size: 3 });
		expect(facts.chains).toBe(null);
		expect(facts.largest).toBe(12);
	});
});

describe('the link', () => {
	it('carries any setup', () => {
		const entries = Object.keys(AnnealerSetup.entries);
		const changed = {
			...defaultAnnealing,
			N: 3,
			spread: 0.25,
			samplers: ['gibbs'] as const,
			chip: 'zephyr' as const
		};
		const { setup: read, repaired } = decodeAnnealing(encodeAnnealing({ ...changed, samplers: ['gibbs'] }));
		expect(repaired).toEqual([]);
		expect(read).toEqual({ ...changed, samplers: ['gibbs'] });
		expect(Object.keys(defaultAnnealing).sort()).toEqual(entries.sort());
		expect(encodeAnnealing(defaultAnnealing)).toBe('');
	});

	it('whatever it holds, opens a valid setup', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.jsonValue().map((j) => encodeURIComponent(JSON.stringify(j)))
				),
				(text) => {
					expect(v.is(AnnealerSetup, decodeAnnealing(text).setup)).toBe(true);
				}
			),
			{ numRuns: 500, seed: 6 }
		);
		expect(decodeAnnealing(encodeURIComponent('{"N":1e9,"what":1}')).repaired).toEqual(['N', 'what']);
	});
});
