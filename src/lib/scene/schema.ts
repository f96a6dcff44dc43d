// The Scene: one plain, versioned, validated object that decides everything the Lab shows. Same Scene and seed,
// same run. Each field has its range here and nowhere else; the codec, the controls and the session read it from
// this schema. (docs/architecture.md, "Scene".)
import * as v from 'valibot';

export const SCENE_VERSION = 1;

const int = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

/** Largest numbers of units a Scene may ask for; beyond them a page on a phone would run out of memory. */
export const MAX_VISIBLE = 1024;
export const MAX_HIDDEN = 1024;
/** Most particles, on a GPU; where there is none, the first of them move, as many as a processor moves smoothly. */
export const MAX_PARTICLES = 1_000_000;
export const MAX_PARTICLES_WITHOUT_GPU = 100_000;
/** Largest N·M: W is decomposed at every record, and a phone must keep up. 784×668 is just allowed. */
export const MAX_WEIGHTS = 524_288;
/**
 * Largest particles·(N+M): their coordinates and the next ones fill 4 bytes a number each, so this is about 270 MB; and
 * 128 MiB, what a shader may bind of one buffer on every GPU.
 */
export const MAX_COORDINATES = 33_554_432;

export const BarsAndStripesData = v.strictObject({
	kind: v.literal('bars-and-stripes'),
	/** side of the square pattern, in pixels */
	side: int(2, 8)
});

export const MnistData = v.strictObject({
	kind: v.literal('mnist'),
	/** digits kept, as a sorted string of distinct decimal digits, e.g. "0123456789" */
	digits: v.pipe(v.string(), v.regex(/^(?=.)0?1?2?3?4?5?6?7?8?9?$/, 'sorted distinct digits')),
	/** pixels a side; 14 is 2×2 block means binarised at ½ */
	side: v.picklist([28, 14])
});

export const GaussianModesData = v.strictObject({
	kind: v.literal('gaussian-modes'),
	units: int(4, 256),
	/** number of collective modes with a planted singular value */
	modes: int(1, 8),
	/** strength of the first planted mode; the k-th has strength/k */
	strength: real(0, 8),
	samples: int(64, 20_000)
});

export const DrawnData = v.strictObject({
	kind: v.literal('drawn'),
	rows: int(1, 16),
	cols: int(1, 16),
	/** each pattern: its bits, row by row, as hexadecimal digits, four bits a digit, first pixel the highest bit */
	patterns: v.pipe(
		v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{1,64}$/, 'hexadecimal digits'))),
		v.minLength(1),
		v.maxLength(64)
	)
});

export const ShowersData = v.strictObject({
	kind: v.literal('showers'),
	layers: int(2, 24),
	/** rings a layer */
	radial: int(2, 24),
	/** one-hot bins of the incident energy in a row of their own; 0: none */
	energyBits: int(0, 8),
	/** energy above which a cell's bit is on, in MeV */
	threshold: real(0.1, 1000),
	samples: int(64, 20_000)
});

/** No data to learn: the rows are samples of the machine that the Scene starts from. */
export const MachineData = v.strictObject({
	kind: v.literal('machine'),
	/** N */
	units: int(1, MAX_VISIBLE)
});

export const DataRecipe = v.variant('kind', [
	BarsAndStripesData,
	MnistData,
	GaussianModesData,
	DrawnData,
	ShowersData,
	MachineData
]);

/** iid Gaussian weights of standard deviation `weightScale`, visible biases at the logit of the data's means. */
export const RandomInitial = v.strictObject({ kind: v.literal('random') });

/** Trained weights that come with the site, fetched when first used. */
export const AssetInitial = v.strictObject({
	kind: v.literal('asset'),
	name: v.picklist(['mnist500'])
});

/** Random orthogonal frames and chosen singular values: with N and M a MachineRecipe (machine.ts), same numbers. */
export const SpectrumInitial = v.strictObject({
	kind: v.literal('spectrum'),
	/** λ₁, λ₂, … */
	singularValues: v.pipe(v.array(real(0, 64)), v.minLength(1), v.maxLength(8)),
	/** every further singular value */
	rest: real(0, 64),
	/** balanced: a₀ = −½W1, b₀ = −½Wᵀ1; uniform: in [−biasScale, biasScale] */
	bias: v.picklist(['balanced', 'uniform']),
	biasScale: real(0, 16),
	frameSeed: int(0, 0xffffffff)
});

export const Initial = v.variant('kind', [RandomInitial, AssetInitial, SpectrumInitial]);

export const Training = v.strictObject({
	algorithm: v.picklist(['cd', 'pcd']),
	/** block-Gibbs sweeps a gradient step */
	k: int(1, 100),
	gradient: v.picklist(['plain', 'centred']),
	learningRate: real(1e-5, 2),
	momentum: real(0, 0.99),
	weightDecay: real(0, 0.1),
	batchSize: int(1, 1000),
	/** persistent chains (PCD), and the number of block-Gibbs samples shown */
	chains: int(1, 4096),
	/** gradient steps before the weights are held fixed; sampling goes on after that */
	steps: int(0, 10_000_000),
	/** gradient steps between two records (SVD, monitors) */
	recordEvery: int(1, 100_000)
});

export const Langevin = v.strictObject({
	/** σ² of the smeared vertices; null: theory's default min(0.25, 0.9/(βλ_max)) */
	sigma2: v.nullable(real(1e-3, 4)),
	/** time step; null: a fifth of the stability bound 2βσ²(1−βσ²λ_max) */
	dt: v.nullable(real(1e-6, 1)),
	scheme: v.picklist(['euler', 'leimkuhler-matthews', 'mala', 'splitting']),
	particles: int(0, MAX_PARTICLES),
	/** gradient steps between two Langevin steps while the weights still learn */
	stride: int(1, 1000),
	/** gradient step at which the particles start; a change of σ², dt or their number mid-run restarts them there */
	since: int(0, 10_000_000)
});

export const Sampler = v.strictObject({
	/** how the chains move that are shown: block Gibbs, parallel tempering over β, or auxiliary-Gaussian Gibbs */
	kind: v.picklist(['gibbs', 'tempering', 'auxiliary']),
	/** rungs of tempering, from β = 0 to the Scene's */
	rungs: int(2, 32),
	/** step at which the chains start; a change of sampler mid-run restarts them there */
	since: int(0, 10_000_000)
});

export const PANELS = [
	'training',
	'spectrum',
	'oscillators',
	'particles',
	'samples',
	'weights',
	'map',
	'diffusion'
] as const;

export const View = v.strictObject({
	/** the mode whose plane is shown, counted from 0 by falling singular value */
	mode: int(0, MAX_HIDDEN - 1),
	plane: v.picklist(['xy', 'uw']),
	panels: v.pipe(v.array(v.picklist(PANELS)), v.maxLength(PANELS.length)),
	theme: v.picklist(['system', 'light', 'dark', 'projector'])
});

export const Scene = v.strictObject({
	version: v.literal(SCENE_VERSION),
	data: DataRecipe,
	/** M; N follows from the data */
	hidden: int(1, MAX_HIDDEN),
	/** inverse temperature β */
	beta: real(0.01, 20),
	/** how the parameters start */
	initial: Initial,
	/** standard deviation of the initial iid Gaussian weights, where they start random */
	weightScale: real(0, 2),
	seed: int(0, 0xffffffff),
	training: Training,
	closure: v.picklist(['gaussian', 'entropic', 'tap', 'fitted', 'smoothed']),
	langevin: Langevin,
	sampler: Sampler,
	view: View,
	/** the step a shared state was at: the run goes there and pauses; 0 starts at the beginning */
	at: int(0, 10_000_000)
});

export type Scene = v.InferOutput<typeof Scene>;
export type DataRecipe = v.InferOutput<typeof DataRecipe>;
export type Initial = v.InferOutput<typeof Initial>;
export type Panel = (typeof PANELS)[number];

/** The default state of the Lab: 4×4 bars and stripes, small enough for an exact log-likelihood. */
export const defaultScene: Scene = {
	version: SCENE_VERSION,
	data: { kind: 'bars-and-stripes', side: 4 },
	hidden: 16,
	beta: 1,
	initial: { kind: 'random' },
	weightScale: 0.1,
	seed: 1,
	training: {
		algorithm: 'pcd',
		k: 1,
		gradient: 'centred',
		learningRate: 0.05,
		momentum: 0,
		weightDecay: 0,
		batchSize: 30,
		chains: 256,
		steps: 40_000,
		recordEvery: 20
	},
	closure: 'gaussian',
	langevin: { sigma2: null, dt: null, scheme: 'euler', particles: 1024, stride: 1, since: 0 },
	sampler: { kind: 'gibbs', rungs: 10, since: 0 },
	view: {
		mode: 0,
		plane: 'uw',
		panels: ['training', 'spectrum', 'oscillators', 'particles', 'samples', 'weights'],
		theme: 'system'
	},
	at: 0
};

/** Sizes and defaults of each kind of data, so that a recipe that is only named is complete. */
export const defaultRecipes: { [K in DataRecipe['kind']]: Extract<DataRecipe, { kind: K }> } = {
	'bars-and-stripes': { kind: 'bars-and-stripes', side: 4 },
	mnist: { kind: 'mnist', digits: '0123456789', side: 28 },
	'gaussian-modes': { kind: 'gaussian-modes', units: 48, modes: 3, strength: 3, samples: 4000 },
	drawn: { kind: 'drawn', rows: 4, cols: 4, patterns: ['f00f', '9669'] },
	showers: { kind: 'showers', layers: 12, radial: 12, energyBits: 4, threshold: 10, samples: 10_000 },
	machine: { kind: 'machine', units: 16 }
};

/** Defaults of each way to start. */
export const defaultInitials: { [K in Initial['kind']]: Extract<Initial, { kind: K }> } = {
	random: { kind: 'random' },
	asset: { kind: 'asset', name: 'mnist500' },
	spectrum: {
		kind: 'spectrum',
		singularValues: [3, 2],
		rest: 0.5,
		bias: 'balanced',
		biasScale: 0.5,
		frameSeed: 1
	}
};

/** Sizes of the weights that come with the site. */
export const ASSET_SIZES: { readonly [name: string]: { readonly N: number; readonly M: number } } = {
	mnist500: { N: 784, M: 500 }
};

/** N: the number of visible units that a data recipe gives. */
export function visibleCount(data: DataRecipe): number {
	switch (data.kind) {
		case 'bars-and-stripes':
		case 'mnist':
			return data.side * data.side;
		case 'gaussian-modes':
		case 'machine':
			return data.units;
		case 'drawn':
			return data.rows * data.cols;
		case 'showers':
			return (data.layers + (data.energyBits > 0 ? 1 : 0)) * data.radial;
	}
}
