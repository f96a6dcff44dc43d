// A training run whose relaxation is followed, as plain data; and the one that the relaxation page follows.

/** A training run whose relaxation is followed: bars and stripes, PCD-k, centred gradient. */
export interface LearningSpec {
	/** side of the square patterns */
	readonly side: number;
	readonly hidden: number;
	readonly beta: number;
	readonly k: number;
	readonly chains: number;
	readonly learningRate: number;
	readonly weightScale: number;
	readonly steps: number;
	/** how often it is looked at, evenly on a logarithmic scale */
	readonly records: number;
	readonly seed: number;
}

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
