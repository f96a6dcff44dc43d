// The solvers of the account: the list, and each one's description checked, kept for a while and reduced to what a
// browser needs.
import * as v from 'valibot';
import { ChipWires, embedBiclique } from '$lib/annealer/embedding/biclique';
import type { Embedding } from '$lib/annealer/embedding/embedding';
import { chimera } from '$lib/annealer/topology/chimera';
import { makeChip, type Chip, type Topology } from '$lib/annealer/topology/graph';
import { pegasus } from '$lib/annealer/topology/pegasus';
import { zephyr } from '$lib/annealer/topology/zephyr';
import type { BiasRanges } from '$lib/annealer/scaling';
import type { LeapConfig } from './config';
import { LeapFailure } from './failure';
import type { Identity, Sapi, SolverDocument, SolverEntry } from './sapi';
import { HybridProperties, QpuProperties } from './sapiSchemas';

export type QpuProperties = v.InferOutput<typeof QpuProperties>;
export type HybridProperties = v.InferOutput<typeof HybridProperties>;

interface Common {
	readonly identity: Identity;
	readonly graphId: string | null;
	readonly status: string;
	readonly load: number | null;
}
export interface QpuSolver extends Common {
	readonly kind: 'qpu';
	readonly properties: QpuProperties;
	readonly chip: Chip;
	/** an embedding of K_{N,M}, looked for once; null when none was found */
	biclique(N: number, M: number): Embedding | null;
	readonly ranges: BiasRanges;
}
export interface HybridSolver extends Common {
	readonly kind: 'hybrid';
	readonly properties: HybridProperties;
}
export type Solver = QpuSolver | HybridSolver;

/** Milliseconds that the list and a description are kept. */
const KEEP_LIST = 15_000;
const KEEP_SOLVER = 600_000;
const MOST_SOLVERS = 16;

const graphIdOf = (identity: Identity) => identity.version?.graph_id ?? null;

export class Solvers {
	readonly #sapi: Sapi;
	readonly #only: LeapConfig['solver'];
	#list: { readonly at: number; readonly entries: Promise<SolverEntry[]> } | undefined;
	readonly #known = new Map<string, { readonly at: number; readonly solver: Promise<Solver> }>();

	constructor(sapi: Sapi, only: LeapConfig['solver']) {
		this.#sapi = sapi;
		this.#only = only;
	}

	/** Name, status, load and graph of every solver that is offered. */
	async list(now: number): Promise<Record<string, unknown>[]> {
		if (!this.#list || now - this.#list.at > KEEP_LIST) {
			const entries = this.#sapi.solvers();
			this.#list = { at: now, entries };
			entries.catch(() => (this.#list = undefined));
		}
		const entries = (await this.#list.entries).filter((entry) => this.#offered(entry.identity));
		return entries.map(({ identity, status, avg_load: load }) => ({
			name: identity.name,
			graphId: graphIdOf(identity),
			status,
			load: load ?? null
		}));
	}

	/** A solver by name. @throws LeapFailure when it is not offered or describes itself wrongly */
	get(name: string, now: number): Promise<Solver> {
		if (name.length > 200 || (this.#only && this.#only.name !== name)) throw unknownSolver();
		const known = this.#known.get(name);
		if (known && now - known.at <= KEEP_SOLVER) return known.solver;
		const solver = this.#load(name);
		this.#known.delete(name);
		this.#known.set(name, { at: now, solver });
		const [oldest] = this.#known.keys();
		if (this.#known.size > MOST_SOLVERS) this.#known.delete(oldest);
		solver.catch(() => this.#known.delete(name));
		return solver;
	}

	/** Forgets a description, so that the next use asks for it again: after a refusal the chip may have changed. */
	forget(name: string): void {
		this.#known.delete(name);
	}

	async #load(name: string): Promise<Solver> {
		let document: SolverDocument;
		try {
			document = await this.#sapi.solver(name);
		} catch (error) {
			if (error instanceof LeapFailure && error.upstream === 404) throw unknownSolver();
			throw error;
		}
		if (document.identity.name !== name || !this.#offered(document.identity)) throw unknownSolver();
		return solverFrom(document);
	}

	#offered(identity: Identity): boolean {
		if (!this.#only) return true;
		const { name, graphId } = this.#only;
		return identity.name === name && (graphId === undefined || graphIdOf(identity) === graphId);
	}
}

const unknownSolver = () =>
	new LeapFailure(404, 'unknown-solver', 'This server offers no solver of that name.');

function wrong(name: string, why: string): LeapFailure {
	return new LeapFailure(502, 'leap-unreadable', `The solver ${name} describes itself wrongly: ${why}.`);
}

/** @throws LeapFailure naming what is wrong with the description */
export function solverFrom(document: SolverDocument): Solver {
	const { identity, status, avg_load: load } = document;
	const common = { identity, graphId: graphIdOf(identity), status, load: load ?? null };
	const types = document.properties.supported_problem_types;
	const field = (issues: readonly v.BaseIssue<unknown>[]) => v.getDotPath(issues[0]) ?? 'properties';
	if (types.includes('ising')) {
		const read = v.safeParse(QpuProperties, document.properties);
		if (!read.success) throw wrong(identity.name, field(read.issues));
		const p = read.output;
		const chip = chipOf(identity.name, p);
		const j = p.extended_j_range ?? p.j_range;
		const ranges: BiasRanges = { h: p.h_range, j, coupling: p.per_qubit_coupling_range };
		return { kind: 'qpu', ...common, properties: p, chip, ranges, biclique: bicliquesOf(chip) };
	}
	if (types.includes('bqm')) {
		const read = v.safeParse(HybridProperties, document.properties);
		if (!read.success) throw wrong(identity.name, field(read.issues));
		return { kind: 'hybrid', ...common, properties: read.output };
	}
	throw new LeapFailure(404, 'unknown-solver', `The solver ${identity.name} takes no binary problems.`);
}

function idealTopology({ type, shape }: QpuProperties['topology']): Topology | null {
	const [m, second, third] = shape;
	if (type === 'pegasus') return m >= 2 && m <= 32 ? pegasus(m) : null;
	if (type === 'zephyr') return m <= 24 && (second ?? 4) <= 8 ? zephyr(m, second ?? 4) : null;
	return m <= 32 && (second ?? m) <= 32 && (third ?? 4) <= 8 ? chimera(m, second ?? m, third ?? 4) : null;
}

/** The chip of a description, whose qubits and couplers must be those of the topology that it names. */
function chipOf(name: string, p: QpuProperties): Chip {
	const topology = idealTopology(p.topology);
	if (!topology) throw wrong(name, `no ${p.topology.type} chip has that shape`);
	const ideal = makeChip(topology);
	const qubits = new Set(p.qubits);
	if (qubits.size !== p.qubits.length) throw wrong(name, 'it lists a qubit twice');
	for (const q of qubits) if (!ideal.qubits.has(q)) throw wrong(name, `its chip has no place for qubit ${q}`);
	for (const [a, b] of p.couplers) {
		if (!qubits.has(a) || !qubits.has(b)) throw wrong(name, `coupler ${a}–${b} ends at no working qubit`);
		if (!ideal.neighbours.get(a)?.has(b)) throw wrong(name, `its chip has no coupler ${a}–${b}`);
	}
	return makeChip(topology, p.qubits, p.couplers);
}

/** A search that remembers what it found, also that there was nothing. */
function bicliquesOf(chip: Chip): QpuSolver['biclique'] {
	let wires: ChipWires | undefined;
	const found = new Map<string, Embedding | null>();
	return (N, M) => {
		const name = `${N} ${M}`;
		const known = found.get(name);
		if (known !== undefined) return known;
		const embedding = embedBiclique((wires ??= new ChipWires(chip)), N, M);
		found.set(name, embedding);
		return embedding;
	};
}

/** What a browser needs of a solver, as JSON. Couplers are flat: a, b, a, b, … */
export function described(solver: Solver): Record<string, unknown> {
	const { identity, graphId, status, load, kind } = solver;
	const head = { name: identity.name, graphId, status, load, kind };
	if (solver.kind === 'hybrid') {
		const p = solver.properties;
		return {
			...head,
			minimumTimeLimit: p.minimum_time_limit,
			mostVariables: p.maximum_number_of_variables ?? null,
			mostBiases: p.maximum_number_of_biases ?? null
		};
	}
	const p = solver.properties;
	return {
		...head,
		topology: p.topology,
		qubits: p.qubits,
		couplers: p.couplers.flat(),
		ranges: {
			h: solver.ranges.h,
			j: solver.ranges.j,
			coupling: solver.ranges.coupling ?? null,
			reads: p.num_reads_range,
			annealingTime: p.annealing_time_range,
			runDuration: p.problem_run_duration_range ?? null
		},
		timing: p.problem_timing_data
	};
}
