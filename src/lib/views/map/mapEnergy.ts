// The energy of one state in the coordinates of the moment: along the turn all N+M coordinates change and so do the
// matrix and the field written in them, and E does not.
import {
	couplingMatrix,
	energyModes,
	energyReciprocal,
	toReciprocal,
	unitsToModes
} from '$lib/theory/reciprocal';
import { biases } from '$lib/theory/lift';
import { energy } from '$lib/theory/rbm';
import type { MapModel } from './mapModel';
import { turnMatrix } from './mapTurn';
import { turnShare } from './mapView';

/** State `index` of the model as N+M numbers 0 or 1. */
export function stateOf(model: Pick<MapModel, 'states' | 'n'>, index: number): Float64Array {
	return Float64Array.from(model.states.bits.subarray(index * model.n, (index + 1) * model.n));
}

/** E in units, of a state by its index. */
export function energyInUnits(model: MapModel, index: number): number {
	if (!model.machine) return model.states.energy[index];
	const s = stateOf(model, index);
	return energy(model.machine.rbm, s.subarray(0, model.N), s.subarray(model.N));
}

/** E = −a·x − b·y − Σλᵢxᵢyᵢ of a state; null without the machine. */
export function energyInReciprocal(model: MapModel, index: number): number | null {
	if (!model.machine) return null;
	const s = stateOf(model, index);
	const { frame } = model.machine;
	return energyReciprocal(frame, toReciprocal(frame, s.subarray(0, model.N), s.subarray(model.N)));
}

/** E = −c·z + ½Σλᵢ(uᵢ² − wᵢ²) of a state; null without the machine. */
export function energyInModes(model: MapModel, index: number): number | null {
	if (!model.machine) return null;
	return energyModes(model.machine.frame, unitsToModes(model.machine.frame, stateOf(model, index)));
}

/**
 * E on the way, with O the rotation so far: y = Oᵀs, and E = −(Oᵀc)·y + ½yᵀ(OᵀJO)y, worked out in these coordinates.
 * @returns null without the machine
 */
export function energyOnTheWay(model: MapModel, index: number, progress: number): number | null {
	if (!model.machine) return null;
	const { n } = model;
	const { rbm } = model.machine;
	const o = turnMatrix(model.turn, turnShare(progress));
	const turned = (x: Float64Array) => {
		const y = new Float64Array(n);
		for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) y[k] += o[i * n + k] * x[i];
		return y;
	};
	const j = couplingMatrix(rbm);
	const rotated = new Float64Array(n * n);
	for (let a = 0; a < n; a++) {
		const column = new Float64Array(n);
		for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) column[i] += j[i * n + k] * o[k * n + a];
		const back = turned(column);
		for (let b = 0; b < n; b++) rotated[b * n + a] = back[b];
	}
	const y = turned(stateOf(model, index));
	const c = turned(biases(rbm));
	let e = 0;
	for (let a = 0; a < n; a++) {
		e -= c[a] * y[a];
		for (let b = 0; b < n; b++) e += 0.5 * y[a] * rotated[a * n + b] * y[b];
	}
	return e;
}
