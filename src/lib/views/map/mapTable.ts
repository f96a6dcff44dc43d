// The numbers behind each stage of the map, as a table: what the drawing shows, for who reads rather than sees.
import type { TableData } from '$lib/charts/DataTable.svelte';
import { stateOf } from './mapEnergy';
import type { Ladder } from './mapLadder';
import type { MapModel } from './mapModel';
import type { MapWords } from './mapWords';

/** Most rows of states. */
const ROWS = 64;

/** The table of stage 1…8. @param state index of the marked state */
export function stageTable(
	model: MapModel,
	ladder: Ladder,
	stage: number,
	state: number,
	words: MapWords
): TableData {
	const c = words.columns;
	if (stage === 1 && model.n <= 64) {
		const bits = [...stateOf(model, state)];
		return {
			columns: [
				{ label: c.unit, values: bits.map((_, k) => (k < model.N ? `v${k + 1}` : `h${k + 1 - model.N}`)) },
				{ label: c.value, values: bits }
			]
		};
	}
	if (stage <= 6) return statesTable(model, words);
	if (stage === 7)
		return {
			columns: [
				{ label: c.mode, values: model.modes.map((m) => m.index + 1) },
				{ label: c.kind, values: model.modes.map((m) => words[m.kind]) },
				{ label: c.coupling, values: model.modes.map((m) => model.beta * m.lambda) },
				{ label: c.omega, values: model.modes.map((m) => m.omega) },
				{ label: c.mean, values: model.modes.map((m) => m.mean) },
				{ label: c.width, values: model.modes.map((m) => m.spread) },
				{ label: c.thermal, values: model.modes.map((m) => m.thermal) }
			],
			note: words.notes.closure(model.closure)
		};
	return {
		columns: [
			{ label: c.level, values: ladder.levels.map((l) => l.energy) },
			{ label: c.rate, values: ladder.levels.map((l) => l.rate) },
			{ label: c.count, values: ladder.levels.map((l) => l.degeneracy) }
		],
		note: words.notes.closure(model.closure) + (ladder.complete ? '' : ` ${words.notes.cut}`)
	};
}

/** States by falling probability, with both frames' coordinates of the chosen mode. */
function statesTable(model: MapModel, words: MapWords): TableData {
	const c = words.columns;
	const order = byProbability(model).slice(0, ROWS);
	const bits = (s: number) => {
		const all = [...stateOf(model, s)].join('');
		return model.n <= 24 ? `${all.slice(0, model.N)} ${all.slice(model.N)}` : String(s + 1);
	};
	return {
		columns: [
			{ label: c.state, values: order.map(bits) },
			{ label: c.probability, values: order.map((s) => model.states.weight[s]) },
			{ label: c.energy, values: order.map((s) => model.states.energy[s]) }
		],
		note: model.exact ? words.notes.exact : words.notes.sampled
	};
}

/** Indices of the states by falling probability; of a sample, as they come. */
export function byProbability(model: Pick<MapModel, 'states' | 'exact'>): number[] {
	const order = Array.from({ length: model.states.count }, (_, s) => s);
	return model.exact ? order.sort((a, b) => model.states.weight[b] - model.states.weight[a] || a - b) : order;
}
