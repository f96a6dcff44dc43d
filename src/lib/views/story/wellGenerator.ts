// The Fokker–Planck generator of a well of the story's line, on the well's own grid.
import { fokkerPlanckGenerator, type Generator } from '$lib/theory/fokkerPlanck';
import { wellAxis, wellShape, type Well } from './softWell';

/** D = 1/β; reflecting ends where the law has died off, or at the walls of the entropic well. */
export function wellGenerator(well: Well, shape = wellShape(well)): Generator {
	return fokkerPlanckGenerator([wellAxis(well)], shape.value, 1 / well.beta);
}
