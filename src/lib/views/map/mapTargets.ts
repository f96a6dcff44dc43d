// What lies under the pointer on the map's canvas, and what hangs on nothing.
import { project, type Hot, type Picture } from './mapCamera';
import type { MapModel } from './mapModel';

/** How near a state must be, in px. */
const NEAR = 14;

/** The state drawn nearest to a point of the figure, or none near enough, or none that is drawn. */
export function nearestState(pic: Picture, x: number, y: number): Hot | null {
	const { model, positions, progress, camera } = pic;
	if (progress < 1.9 || progress > 5.3) return null;
	let best = -1;
	let least = NEAR * NEAR;
	for (let s = 0; s < model.states.count; s++) {
		const p = project(camera, positions[2 * s], positions[2 * s + 1]);
		const d = (p.x - x) ** 2 + (p.y - y) ** 2;
		// of several on one spot the likeliest
		const nearer =
			d < least - 1e-6 ||
			(d < least + 1e-6 && best >= 0 && model.states.weight[s] > model.states.weight[best]);
		if (!nearer) continue;
		least = d;
		best = s;
	}
	return best < 0 ? null : { kind: 'state', index: best };
}

/** How many modes have no spring. */
export function ladderlessModes(model: Pick<MapModel, 'modes'>): number {
	return model.modes.filter((m) => m.omega <= 0).length;
}
