// Job of the theory worker: all (or the slowest) modes of a Fokker–Planck generator on a line, with the grid's error.
import { fokkerPlanckGenerator, spacing, type Axis } from '../theory/fokkerPlanck';
import { slowestModes } from '../theory/fokkerPlanckModes';
import type { LineModes, LineModesJob } from './protocolStory';

/** The generator of tabulated βU on a line. */
function generatorOf(axis: Axis, potential: ArrayLike<number>, diffusion: number) {
	const h = spacing(axis);
	return fokkerPlanckGenerator([axis], (x) => potential[Math.round((x - axis.min) / h)], diffusion);
}

/** Cells that can be entered: behind walls there are no modes. */
function openCells(potential: ArrayLike<number>): number {
	let open = 0;
	for (let i = 0; i < potential.length; i++) if (Number.isFinite(potential[i])) open++;
	return open;
}

/** @throws RangeError as `fokkerPlanckGenerator` and `slowestModes` do */
export function lineModes({ axis, potential, diffusion, count }: LineModesJob): LineModes {
	const generator = generatorOf(axis, potential, diffusion);
	const modes = slowestModes(generator, Math.min(count ?? Infinity, openCells(potential)), 1e-6);
	const half = { ...axis, count: (axis.count + 1) / 2 };
	const every = Float64Array.from({ length: half.count }, (_, i) => potential[2 * i]);
	const coarse = Number.isInteger(half.count)
		? slowestModes(generatorOf(half, every, diffusion), 2, 1e-6).rates[1]
		: NaN;
	return { modes, error: Math.abs(modes.rates[1] - coarse) / 3 };
}
