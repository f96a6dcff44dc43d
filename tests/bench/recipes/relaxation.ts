// relaxation: the study of docs/relaxation.md. Relaxation times of Gibbs, Glauber and Langevin dynamics against every
// prediction, during learning, and ln Z beside them; the figures' points and lines come along.
import { defaultLearning } from '../../../src/lib/scene/learning';
import { defaultStudy, strengths, type Study } from '../../../src/lib/scene/study';
import type { Predicted } from '../../../src/lib/session/clientRelaxation.svelte';
import { curveStrengths } from '../../../src/lib/session/clientRelaxationParts';
import type { LearningRecord, PartitionRow, Row, Skipped } from '../../../src/lib/session/protocolRelaxation';
import { machineAt } from '../../../src/lib/session/relaxationPlan';
import { arraysOf } from '../../../src/lib/session/relaxationPoint';
import { RelaxationStudy } from '../../../src/lib/session/relaxationStudy';
import { relaxationPredictions } from '../../../src/lib/theory/relaxationPredictions';
import { predictionFor } from '../../../src/lib/views/relaxation/figures';
import { crossing, outOfEquilibrium } from '../../../src/lib/views/relaxation/learning';
import type { Recipe } from '../recipe';
import { relaxationFigures } from '../relaxationFigures';

export interface Part {
	readonly name: string;
	readonly study: Study;
	readonly rows: readonly Row[];
	readonly skipped: readonly Skipped[];
	readonly predictions: readonly Predicted[];
}

/** Every study, by the name that docs/relaxation.md calls it. */
function studies(seed: number): { name: string; study: Study; curves: boolean }[] {
	const base: Study = { ...defaultStudy, seed };
	const lift = { methods: ['gibbs', 'glauber', 'smoothed'], sizes: [] } satisfies Partial<Study>;
	return [
		{ name: '10×8', study: base, curves: true },
		{
			name: '1×1',
			study: {
				...base,
				...lift,
				N: 1,
				M: 1,
				from: 1,
				to: 3,
				count: 3,
				sigma2: [0.5, 0.25, 0.15, 0.1],
				chains: 16384
			},
			curves: false
		},
		{
			name: '6×5',
			study: { ...base, ...lift, N: 6, M: 5, from: 1, to: 5, count: 5, sigma2: [0.25] },
			curves: false
		},
		{
			name: '48×32',
			study: { ...base, ...lift, N: 48, M: 32, from: 1, to: 3, count: 3, sigma2: [0.25, 0.1], chains: 8192 },
			curves: false
		},
		{
			name: '48×32 near the threshold',
			study: { ...base, ...lift, N: 48, M: 32, from: 3.6, to: 3.6, count: 1, sigma2: [0.25], chains: 8192 },
			curves: false
		},
		{
			name: '16×12 random',
			study: {
				...base,
				machine: 'random',
				N: 16,
				M: 12,
				from: 1,
				to: 5,
				count: 5,
				methods: ['gibbs', 'smoothed', 'fitted'],
				sizes: [],
				sigma2: [0.25]
			},
			curves: false
		},
		{
			name: '10×8 with biases',
			study: { ...base, ...lift, biasScale: 1, from: 1, to: 5, count: 5, sigma2: [0.25] },
			curves: false
		}
	];
}

export const recipe: Recipe = {
	async run({ seed, say }) {
		const runner = new RelaxationStudy();
		const parts: Part[] = [];
		for (const { name, study, curves } of studies(seed)) {
			const rows: Row[] = [];
			const skipped: Skipped[] = [];
			let failed = '';
			const end = await runner.run(study, null, [], 'auto', (event) => {
				if (event.kind === 'rows') rows.push(...event.rows);
				else if (event.kind === 'skipped') skipped.push(event.skipped);
				else if (event.kind === 'error') failed = event.message;
			});
			if (end !== 'finished') throw new Error(`The study "${name}" ended early. ${failed}`);
			const predictions = (curves ? curveStrengths(study) : strengths(study))
				.sort((a, b) => a - b)
				.map((strength): Predicted => {
					const { rbm, beta } = machineAt(study, strength);
					return { strength, is: relaxationPredictions(rbm, beta, study.sigma2) };
				});
			parts.push({ name, study, rows, skipped, predictions });
			say(
				`${name}: ${rows.length} rows, ${rows.reduce((s, r) => s + (r.mode === 0 ? r.seconds : 0), 0).toFixed(0)} s`
			);
		}
		const learning: LearningRecord[] = [];
		const partition: PartitionRow[] = [];
		const spec = { ...defaultLearning, seed };
		const fail = (event: object) => {
			if ('error' in event) throw new Error(String(event.error));
		};
		await runner.learn(spec, 'auto', (event) => (fail(event), learning.push(event as LearningRecord)));
		say(`learning: ${learning.length} records`);
		await runner.partition(
			parts[0].study,
			null,
			'auto',
			(event) => (fail(event), partition.push(event as PartitionRow))
		);
		say(`ln Z: ${partition.length} couplings`);
		if (learning.length < 5 || partition.length !== parts[0].study.count)
			throw new Error('Learning or ln Z ended early.');
		return {
			recipe: { studies: parts.map(({ name, study }) => ({ name, study })), learning: spec },
			curve: [],
			result: {
				points: parts.reduce((sum, part) => sum + new Set(part.rows.map((r) => r.id)).size, 0),
				crossing: crossing(learning, spec.beta) ?? NaN,
				outOfEquilibrium: outOfEquilibrium(learning, spec.k) ?? NaN
			},
			published: {
				question: 'RBM to Diffusion Model equivalence (2024), last slide: no measurement was published'
			},
			detail: {
				parts: parts.map((part) => ({ ...part, rows: part.rows.map(slim), compared: compared(part) })),
				learning,
				learningSpec: spec,
				partition,
				figures: relaxationFigures(parts[0], learning, spec, partition)
			},
			model: arraysOf(machineAt(parts[0].study, 3).rbm)
		};
	}
};

/** A row without its autocorrelation. */
function slim({ times: _t, rho: _r, rhoError: _e, ...row }: Row) {
	return row;
}

/** Every top-mode row beside its best prediction. */
function compared({ rows, predictions }: Part) {
	return rows
		.filter((row) => row.mode === 0)
		.sort(
			(a, b) =>
				a.method.localeCompare(b.method) ||
				(b.wish ?? 0) - (a.wish ?? 0) ||
				a.N - b.N ||
				a.strength - b.strength
		)
		.map((row) => {
			const own = row.N === rows[0].N ? predictionFor(row, predictions) : null;
			return {
				method: row.method,
				wish: row.wish,
				sigma2: row.sigma2,
				size: `${row.N}×${row.M}`,
				strength: row.strength,
				unit: row.unit,
				tau: row.tau,
				low: row.low,
				high: row.high,
				error: row.error,
				decayed: row.decayed,
				common: row.tau * row.toCommon,
				boundRate: row.unit === 'Langevin time' ? 1 / (row.beta * row.variance) : null,
				predicted: own?.tau ?? null,
				by: own?.name ?? null
			};
		});
}
