// Job of the theory worker: P(u,w,t) by implicit steps of the two-dimensional Fokker–Planck equation, frame by frame.
import { fokkerPlanckGenerator, spacing } from '../theory/fokkerPlanck';
import { slowestModes } from '../theory/fokkerPlanckModes';
import { fokkerPlanckStep, makeStepper } from '../theory/fokkerPlanckStep';
import type { PlaneFrames, PlaneJob } from './protocolStory';

/** @throws RangeError as `fokkerPlanckGenerator` and `makeStepper` do */
export function planeFrames(job: PlaneJob): PlaneFrames {
	const { axes, potential, diffusion, start, span, frames, substeps } = job;
	const [hx, hy] = axes.map(spacing);
	const index = (x: number, y: number) =>
		Math.round((x - axes[0].min) / hx) + axes[0].count * Math.round((y - axes[1].min) / hy);
	const generator = fokkerPlanckGenerator(axes, (x, y) => potential[index(x, y)], diffusion);
	const stepper = makeStepper(generator, span / substeps);
	const density = new Float32Array((frames + 1) * generator.size);
	let p: Float64Array = start;
	for (let f = 0; f <= frames; f++) {
		if (f > 0) for (let s = 0; s < substeps; s++) p = fokkerPlanckStep(stepper, p);
		for (let i = 0; i < p.length; i++) density[f * p.length + i] = p[i] / generator.cell;
	}
	return { density, rate: slowestModes(generator, 2, 1e-6).rates[1] };
}
