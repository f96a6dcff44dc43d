// Where the problem would sit on a chip: its embedding, how strongly chains are held, and what would fit if it does not.
import { ChipWires, embedBiclique, largestBiclique } from '../annealer/embedding/biclique';
import { embedProblem, uniformTorqueCompensation } from '../annealer/embedding/embedProblem';
import { rbmToIsing } from '../annealer/rbmProblem';
import { autoScaleFactor } from '../annealer/scaling';
import { chimera } from '../annealer/topology/chimera';
import { makeChip, type Chip, type Topology } from '../annealer/topology/graph';
import { pegasus } from '../annealer/topology/pegasus';
import { zephyr } from '../annealer/topology/zephyr';
import { foldIn, keyFromSeed } from '../random/key';
import { uniforms } from '../random/draw';
import type { AnnealerSetup } from '../scene/annealing';
import { annealerRbm } from './annealerMachine';
import type { EmbeddingFacts } from './protocolAnnealer';

/** Ranges of the biases on today's machines (leap.md, "Numbers"). */
const RANGES = { h: [-4, 4], j: [-2, 1] } as const;

function topologyOf({ chip, size }: AnnealerSetup): Topology {
	if (chip === 'pegasus') return pegasus(Math.max(2, size));
	return chip === 'zephyr' ? zephyr(size) : chimera(size);
}

/** The chip of a setup, with the share of qubits and couplers that do not work drawn from its seed. */
export function chipOf(setup: AnnealerSetup): Chip {
	const topology = topologyOf(setup);
	const share = setup.defects / 100;
	if (share === 0) return makeChip(topology);
	const key = foldIn(keyFromSeed(setup.seed), 41);
	const [q, c] = [
		uniforms(topology.segments.length, foldIn(key, 0)),
		uniforms(topology.couplers.length, foldIn(key, 1))
	];
	return makeChip(
		topology,
		topology.segments.filter((_, k) => q[k] >= share).map((s) => s.qubit),
		topology.couplers.filter((_, k) => c[k] >= share)
	);
}

/** The embedding of the setup's machine, or the largest that the chip would take. */
export function embeddingFacts(setup: AnnealerSetup): EmbeddingFacts {
	const chip = chipOf(setup);
	const wires = new ChipWires(chip);
	const found = embedBiclique(wires, setup.N, setup.M);
	const problem = rbmToIsing(annealerRbm(setup));
	const strength = uniformTorqueCompensation(problem);
	let couplers = 0;
	for (const near of chip.neighbours.values()) couplers += near.size / 2;
	const owner = new Map<number, number>();
	found?.chains.forEach((chain, i) => chain.forEach((q) => owner.set(q, i)));
	const working = chip.topology.segments.filter((s) => chip.qubits.has(s.qubit));
	return {
		chip: { kind: setup.chip, size: setup.size },
		qubits: chip.qubits.size,
		couplers,
		chains: found?.chains ?? null,
		largest: found ? null : largestBiclique(wires),
		longestChain: found?.longestChain ?? 0,
		used: found?.qubits ?? 0,
		mended: found?.mended ?? 0,
		strength,
		autoScale: found ? autoScaleFactor(embedProblem(problem, chip, found, strength), RANGES) : NaN,
		places: Float32Array.from(working.flatMap((s) => [s.side, s.across, s.from, s.to])),
		owner: Int16Array.from(working, (s) => owner.get(s.qubit) ?? -1),
		tracks: chip.topology.tracks
	};
}
