// The solvers of the stand-in: descriptions as SAPI gives them. Two made-up QPUs, one with defects, and a hybrid solver.
import { chimera } from '../../src/lib/annealer/topology/chimera';
import type { Topology } from '../../src/lib/annealer/topology/graph';
import { zephyr } from '../../src/lib/annealer/topology/zephyr';
import { vectors } from '../annealer/vectors';

export interface StandInSolver {
	identity: { name: string; version: { graph_id: string } | null };
	status: string;
	description: string;
	avg_load: number;
	properties: Record<string, unknown>;
}

export interface QpuShape {
	qubits: number[];
	couplers: [number, number][];
}

function qpu(name: string, graph: string, topology: Topology, defects: boolean): StandInSolver {
	const qubits = topology.segments
		.map((s) => s.qubit)
		.filter((q) => !defects || q % 41 !== 7)
		.sort((a, b) => a - b);
	const works = new Set(qubits);
	const couplers = topology.couplers.filter(
		([a, b], k) => works.has(a) && works.has(b) && !(defects && k % 97 === 0)
	);
	return {
		identity: { name, version: { graph_id: graph } },
		status: 'ONLINE',
		description: 'A stand-in: samples are drawn by a program, no quantum machine is behind it.',
		avg_load: 0.1,
		properties: {
			supported_problem_types: ['ising', 'qubo'],
			category: 'qpu',
			chip_id: name,
			topology: { type: topology.kind, shape: topology.shape },
			num_qubits: topology.segments.length,
			qubits,
			couplers,
			h_range: [-4, 4],
			j_range: [-1, 1],
			extended_j_range: [-2, 1],
			per_qubit_coupling_range: [-18, 15],
			num_reads_range: [1, 10_000],
			annealing_time_range: [0.5, 2000],
			default_annealing_time: 20,
			problem_run_duration_range: [0, 1_000_000],
			problem_timing_data: vectors.qpu_access_time.timing,
			parameters: { num_reads: '', annealing_time: '', auto_scale: '', answer_mode: '' }
		}
	};
}

/** Fresh descriptions, so that a test may change them. */
export function standInSolvers(): StandInSolver[] {
	return [
		qpu('Stand-in_chimera', 'c0ffee0001', chimera(4), false),
		qpu('Stand-in_zephyr', 'c0ffee0002', zephyr(4), true),
		{
			identity: { name: 'stand_in_hybrid_bqm', version: null },
			status: 'ONLINE',
			description: 'A stand-in for a hybrid solver.',
			avg_load: 0,
			properties: {
				supported_problem_types: ['bqm'],
				category: 'hybrid',
				minimum_time_limit: [
					[1, 3],
					[1024, 3],
					[4096, 10]
				],
				maximum_time_limit_hrs: 24,
				maximum_number_of_variables: 1_000_000,
				maximum_number_of_biases: 200_000_000,
				parameters: { time_limit: '' }
			}
		}
	];
}
