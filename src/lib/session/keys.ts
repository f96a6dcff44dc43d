// Labels under which a run's independent random keys are derived from the Scene's seed. A label is never used again for
// anything else: links replay by them.

export const KEY = {
	model: 1,
	training: 2,
	gibbs: 3,
	langevin: 4,
	monitors: 5,
	rows: 6,
	machineData: 7,
	tempering: 8,
	annealing: 9,
	diffusion: 10
} as const;
