// The three chips against dwave-networkx: numbers of qubits, every coupler by hash, neighbours, coordinates; and the
// picture of wires against the graph itself.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chimera } from '../../src/lib/annealer/topology/chimera';
import type { Topology } from '../../src/lib/annealer/topology/graph';
import { pegasus, pegasusCoordinates, pegasusNumber } from '../../src/lib/annealer/topology/pegasus';
import { zephyr, zephyrCoordinates, zephyrNumber } from '../../src/lib/annealer/topology/zephyr';
import { vectors } from './vectors';

const { graphs, coordinates } = vectors;
const make = (name: string): Topology => {
	const [kind, m] = name.split('_');
	return kind === 'pegasus' ? pegasus(Number(m)) : zephyr(Number(m));
};
const hash = (topology: Topology) =>
	createHash('sha256')
		.update(topology.couplers.map((c) => c.join(' ')).join('\n'))
		.digest('hex');

describe('topologies', () => {
	for (const [name, expected] of Object.entries<Record<string, unknown>>(graphs.cases))
		it(`${name} has the qubits and couplers of dwave-networkx`, () => {
			const topology = make(name);
			expect(topology.segments).toHaveLength(expected.nodes as number);
			expect(topology.couplers).toHaveLength(expected.edges as number);
			expect(topology.couplers.slice(0, 4)).toEqual(expected.first_edges);
			expect(hash(topology)).toBe(expected.edges_sha256);
		});

	it('lists the small ones edge by edge, and the neighbours of single qubits', () => {
		expect(pegasus(2).couplers).toEqual(graphs.pegasus_2_all_edges);
		expect(zephyr(1).couplers).toEqual(graphs.zephyr_1_all_edges);
		for (const [name, list] of Object.entries<number[]>(graphs.neighbours)) {
			const [graph, qubit] = name.split(':');
			const near = make(graph)
				.couplers.filter((c) => c.includes(Number(qubit)))
				.map(([a, b]) => (a === Number(qubit) ? b : a));
			expect(near.sort((a, b) => a - b)).toEqual(list);
		}
	});

	it('numbers qubits by their coordinates', () => {
		for (const { m, t, zephyr: at, linear } of coordinates.zephyr) {
			expect(zephyrNumber(m, t, at)).toBe(linear);
			expect(zephyrCoordinates(m, t, linear)).toEqual(at);
		}
		for (const { m, linear, pegasus: at } of coordinates.pegasus) {
			expect(pegasusNumber(m, at)).toBe(linear);
			expect(pegasusCoordinates(m, linear)).toEqual(at);
		}
	});

	it('counts of Chimera: 2mnt qubits, t² couplers in a cell, t a side between cells', () => {
		const { segments, couplers } = chimera(3, 5, 4);
		expect(segments).toHaveLength(2 * 3 * 5 * 4);
		expect(couplers).toHaveLength(15 * 16 + 2 * 5 * 4 + 3 * 4 * 4);
	});

	it.each([chimera(3, 4), pegasus(3), zephyr(2)])(
		'crossing segments are coupled and no others across sides ($kind)',
		(topology) => {
			const coupled = new Set(topology.couplers.map((c) => c.join(' ')));
			const inside = (x: number, s: { from: number; to: number }) => x >= s.from && x < s.to;
			for (const v of topology.segments.filter((s) => s.side === 0))
				for (const h of topology.segments.filter((s) => s.side === 1)) {
					const pair = [v.qubit, h.qubit].sort((a, b) => a - b).join(' ');
					expect(coupled.has(pair)).toBe(inside(v.across, h) && inside(h.across, v));
				}
			for (const a of topology.segments)
				for (const b of topology.segments)
					if (a.wire === b.wire && a.to === b.from)
						expect(coupled.has([a.qubit, b.qubit].sort((x, y) => x - y).join(' '))).toBe(true);
		}
	);
});
