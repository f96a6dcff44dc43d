// The training run that the relaxation page follows unless told otherwise.
import type { LearningSpec } from './relaxationTypes';

/** 4×4 bars and stripes, 16 hidden units, PCD-1 with the centred gradient: the Lab's default run, shorter. */
export const defaultLearning: LearningSpec = {
	side: 4,
	hidden: 16,
	beta: 1,
	k: 1,
	chains: 256,
	learningRate: 0.05,
	weightScale: 0.01,
	steps: 6000,
	records: 18,
	seed: 1
};
