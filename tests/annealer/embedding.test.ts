// Embeddings: the ideal chips against minorminer's figures, random defects against verification edge by edge, and problems
// on chains against themselves.
import { describe, expect, it } from 'vitest';
import { energyOf, makeBqm, toSpin } from '../../src/lib/annealer/bqm';
import { ChipWires, embedBiclique, largestBiclique } from '../../src/lib/annealer/embedding/biclique';
import { bicliquePairs, embeddingFaults, type Embedding } from '../../src/lib/annealer/embedding/embedding';
import {
	brokenChains,
	embedProblem,
	scaledStrength,
	unembed,
	uniformTorqueCompensation
} from '../../src/lib/annealer/embedding/embedProblem';
import { rbmToIsing } from '../../src/lib/annealer/rbmProblem';
import { collectReads } from '../../src/lib/annealer/sampleSet';
import { anneal } from '../../src/lib/annealer/simulatedAnnealing';
import { chimera } from '../../src/lib/annealer/topology/chimera';
import { makeChip, type Topology } from '../../src/lib/annealer/topology/graph';
import { pegasus } from '../../src/lib/annealer/topology/pegasus';
import { zephyr } from '../../src/lib/annealer/topology/zephyr';
import { randomRbm, uniforms } from '../theory/randomRbm';
import { vectors } from './vectors';

const make = (name: string): Topology => {
	const [kind, m] = name.split('_');
	if (kind === 'chimera') return chimera(Number(m));
	return kind === 'pegasus' ? pegasus(Number(m)) : zephyr(Number(m));
};

/** The chip with each qubit and each coupler missing with chance `share`. */
function damaged(topology: Topology, share: number, seed: number) {
	const next = uniforms(seed);
	const qubits = topology.segments.map((s) => s.qubit).filter(() => next() >= share);
	return makeChip(
		topology,
		qubits,
		topology.couplers.filter(() => next() >= share)
	);
}

describe('bicliques on ideal chips', () => {
	const { max_chain_for_square: squares, largest_balanced: largest } = vectors.biclique;
	for (const name of Object.keys(squares))
		it(`${name}: chains as short as minorminer’s`, () => {
			const chip = makeChip(make(name));
			const wires = new ChipWires(chip);
			for (const [side, chain] of Object.entries<number>(squares[name])) {
				const found = embedBiclique(wires, Number(side), Number(side));
				expect(found?.longestChain).toBe(chain);
			}
		}, 60_000);

	for (const [name, { side, max_chain }] of Object.entries<{ side: number; max_chain: number }>(largest))
		it(`${name}: K_{${side},${side}} and nothing larger`, () => {
			const chip = makeChip(make(name));
			const wires = new ChipWires(chip);
			expect(embedBiclique(wires, side, side)?.longestChain).toBe(max_chain);
			expect(embedBiclique(wires, side + 1, side + 1)).toBe(null);
		}, 60_000);

	it('finds the largest by itself, and unequal layers either way round', () => {
		expect(largestBiclique(new ChipWires(makeChip(chimera(4))))).toBe(16);
		const chip = makeChip(pegasus(4));
		for (const [N, M] of [
			[24, 6],
			[6, 24],
			[1, 1]
		]) {
			const found = embedBiclique(new ChipWires(chip), N, M) as Embedding;
			expect(found.chains).toHaveLength(N + M);
			expect(embeddingFaults(chip, found, bicliquePairs(N, M))).toEqual([]);
		}
	});

	it('MNIST’s 784 visible units fit on no chip', () => {
		expect(embedBiclique(new ChipWires(makeChip(pegasus(16))), 784, 16)).toBe(null);
	});
});

describe('bicliques on chips with 5 % of qubits and of couplers missing', () => {
	for (const [name, seeds] of [
		['pegasus_16', 2],
		['zephyr_12', 4]
	] as const)
		it(`${name}: valid edge by edge from 8×8 to 64×64`, () => {
			for (let seed = 1; seed <= seeds; seed++) {
				const chip = damaged(make(name), 0.05, seed);
				const wires = new ChipWires(chip);
				for (const side of [8, 16, 32, 48, 64]) {
					const found = embedBiclique(wires, side, side);
					expect(found, `${name} seed ${seed} side ${side}`).not.toBe(null);
					if (found) expect(embeddingFaults(chip, found, bicliquePairs(side, side))).toEqual([]);
				}
			}
		}, 120_000);

	it('names what is wrong with an embedding that is none', () => {
		const chip = makeChip(chimera(2));
		const good = embedBiclique(new ChipWires(chip), 4, 4) as Embedding;
		const pairs = [...bicliquePairs(4, 4)];
		expect(embeddingFaults(chip, good, pairs)).toEqual([]);
		const twice = { chains: good.chains.map((c, k) => (k === 1 ? good.chains[0] : c)) };
		expect(embeddingFaults(chip, twice, pairs).join(' ')).toContain('in the chains of 0 and 1');
		const apart = { chains: good.chains.map((c, k) => (k === 0 ? [0, 31] : c)) };
		expect(embeddingFaults(chip, apart, pairs).join(' ')).toMatch(/falls apart/);
		const empty = { chains: good.chains.map((c, k) => (k === 0 ? [] : c)) };
		expect(embeddingFaults(chip, empty, pairs).join(' ')).toContain('No coupler joins');
		const dead = makeChip(
			chimera(2),
			chimera(2)
				.segments.map((s) => s.qubit)
				.filter((q) => q !== good.chains[0][0])
		);
		expect(embeddingFaults(dead, good, pairs).join(' ')).toContain('does not work');
	});
});

describe('problems on chains', () => {
	it('chain strengths are dwave-system’s', () => {
		const [utc, twice, scaled] = vectors.chain_strength.cases;
		const bqm = makeBqm('SPIN', [0, 1, 2], utc.h, utc.J);
		expect(uniformTorqueCompensation(bqm)).toBeCloseTo(utc.expect, 12);
		expect(uniformTorqueCompensation(bqm, 2)).toBeCloseTo(twice.expect, 12);
		expect(scaledStrength(makeBqm('SPIN', [0, 1, 2], scaled.h, scaled.J))).toBe(scaled.expect);
	});

	it('embeds the triangle on a square as dwave-system does', () => {
		const { expect: wanted, embedding } = vectors.chain_strength.embed;
		const square = makeChip(
			{ ...chimera(1), couplers: [] },
			[0, 1, 2, 3],
			[
				[0, 1],
				[1, 2],
				[2, 3],
				[0, 3]
			]
		);
		const triangle = makeBqm(
			'SPIN',
			[0, 1, 2],
			[0, 0, 0],
			[
				[0, 1, 1],
				[1, 2, 1],
				[0, 2, 1]
			]
		);
		const strength = uniformTorqueCompensation(triangle);
		const chains = [embedding['0'], embedding['1'], embedding['2']];
		const physical = embedProblem(triangle, square, { chains }, strength);
		const pairs = [...physical.quadratic].map((j, k) => [physical.heads[k], physical.tails[k], j]);
		for (const [a, b, j] of wanted.quadratic)
			expect(pairs.find((p) => p.includes(a) && p.includes(b) && p[0] + p[1] === a + b)?.[2]).toBeCloseTo(
				j,
				4
			);
		expect(pairs).toHaveLength(4);
		expect(physical.offset).toBeCloseTo(wanted.offset, 4);
	});

	it('an unbroken state has the problem’s own energy', () => {
		const problem = rbmToIsing(randomRbm(3, 6, 5));
		const chip = makeChip(chimera(4));
		const embedding = embedBiclique(new ChipWires(chip), 6, 5) as Embedding;
		const physical = embedProblem(problem, chip, embedding, 2.5);
		const next = uniforms(4);
		for (let k = 0; k < 50; k++) {
			const state = Int8Array.from({ length: 11 }, () => (next() < 0.5 ? -1 : 1));
			const qubits = Int8Array.from(
				physical.labels,
				(q) => state[embedding.chains.findIndex((c) => c.includes(q as number))]
			);
			expect(energyOf(physical, qubits)).toBeCloseTo(energyOf(problem, state), 10);
		}
	});

	it('samples of the chip are samples of the problem', () => {
		const problem = rbmToIsing(randomRbm(8, 6, 5));
		const chip = makeChip(chimera(4));
		const embedding = embedBiclique(new ChipWires(chip), 6, 5) as Embedding;
		const physical = embedProblem(problem, chip, embedding, uniformTorqueCompensation(problem));
		const there = unembed(problem, embedding, anneal(physical, { reads: 50, seed: 1 }), 1);
		const here = anneal(problem, { reads: 50, seed: 1 });
		expect(there.samples.energies[0]).toBeCloseTo(here.energies[0], 10);
		expect(there.chainBreakFraction).toBeLessThan(0.2);
	});

	it('broken chains and majority votes are dwave-system’s', () => {
		const { broken, majority_vote: votes } = vectors.chain_breaks;
		for (const { samples, chains, expect: wanted } of broken) {
			const flags = brokenChains(Int8Array.from(samples.flat()), samples[0].length, chains);
			expect([...flags]).toEqual(wanted.flat());
		}
		for (const { samples, chains, expect: wanted } of votes) {
			const problem = makeBqm('BINARY', ['a', 'b'], [0, 0], []);
			const qubits = makeBqm('BINARY', [0, 1, 2, 3, 4], new Float64Array(5), []);
			for (const [k, row] of samples.entries()) {
				const set = collectReads(qubits, Int8Array.from(row));
				expect([...unembed(problem, { chains }, set, 1).samples.rows]).toEqual(wanted[k]);
			}
		}
	});

	it('tosses for ties: both answers come, about as often', () => {
		const problem = toSpin(makeBqm('SPIN', ['a'], [0], []));
		const qubits = makeBqm('SPIN', [0, 1], [0, 0], []);
		const ties = collectReads(
			qubits,
			Int8Array.from({ length: 8000 }, (_, k) => (k % 2 ? 1 : -1))
		);
		const { samples, chainBreakFraction } = unembed(problem, { chains: [[0, 1]] }, ties, 5);
		expect(chainBreakFraction).toBe(1);
		expect(samples.occurrences).toHaveLength(2);
		// 4000 fair coins: 2000 ± 6·31.6 but for 2e-9
		expect(Math.abs(samples.occurrences[0] - 2000)).toBeLessThan(190);
	});
});
