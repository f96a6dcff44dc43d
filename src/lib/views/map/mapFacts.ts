// What the map's sentences may mention about the present RBM.
import { ladderlessModes } from './mapTargets';
import type { MapModel } from './mapModel';
import type { MapFacts } from './mapWords';

/** The facts of a model, as words take them. @param wells of its potential along the soft direction */
export function factsOf(model: MapModel, wells: number): MapFacts {
	const lambda = model.singularValues[model.mode] ?? 0;
	return {
		visible: model.N,
		hidden: model.M,
		units: model.n,
		states: String(model.states.count),
		exact: model.exact,
		mode: model.mode + 1,
		coupling: (model.beta * lambda).toFixed(2),
		wells,
		sigma: Math.sqrt(model.sigma2).toFixed(2),
		springs: model.modes.length,
		loose: ladderlessModes(model)
	};
}
