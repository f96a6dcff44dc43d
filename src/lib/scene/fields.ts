// The fields of a Scene in words: label, symbol, help and the slider offered for each. Ranges that links may hold are
// the schema's; `describe.ts` joins the two. Controls and repair sentences are written from this list.
import type { DataRecipe, Initial } from './schema';

/** The range that a slider offers: inside the schema's, and narrower where the rest is for experts with links. */
export interface SliderRange {
	readonly min: number;
	readonly max: number;
	/** logarithmic; `min` is then above 0 */
	readonly log?: boolean;
	/** step of a linear slider */
	readonly step?: number;
}

export interface FieldText {
	/** where the field is in a Scene, e.g. "training.learningRate" */
	readonly path: string;
	/** for fields of a data recipe: the kind that has them */
	readonly data?: DataRecipe['kind'];
	/** for fields of a way to start: the kind that has them */
	readonly initial?: Initial['kind'];
	/** label of its control */
	readonly label: string;
	/** how sentences begin that speak of it, where the label does not read well with "was" */
	readonly name?: string;
	readonly symbol?: string;
	readonly unit?: string;
	/** one sentence: what it does */
	readonly help: string;
	readonly slider?: SliderRange;
	/** labels of a choice's values, in the schema's order */
	readonly choices?: Readonly<Record<string, string>>;
	/** what null means, for fields that may be left to the app */
	readonly automatic?: string;
}

export const FIELDS: readonly FieldText[] = [
	{
		path: 'data.kind',
		label: 'Data',
		name: 'The kind of data',
		help: 'What the machine learns.',
		choices: {
			'bars-and-stripes': 'Bars and stripes',
			mnist: 'MNIST digits',
			'gaussian-modes': 'Planted modes',
			drawn: 'Drawn by you',
			showers: 'Calorimeter showers',
			machine: 'The machine’s own samples'
		}
	},
	{
		path: 'data.side',
		data: 'bars-and-stripes',
		label: 'Side',
		name: 'The side of the pattern',
		unit: 'pixels',
		help: 'Pixels a side; side s has 2·2ˢ − 2 distinct patterns.',
		slider: { min: 2, max: 8, step: 1 }
	},
	{
		path: 'data.digits',
		data: 'mnist',
		label: 'Digits',
		name: 'The list of digits',
		help: 'Which handwritten digits are kept.'
	},
	{
		path: 'data.side',
		data: 'mnist',
		label: 'Image size',
		unit: 'pixels a side',
		help: 'The full 28×28 pixels, or 14×14 by averaging 2×2 blocks.',
		choices: { 28: '28×28', 14: '14×14' }
	},
	{
		path: 'data.units',
		data: 'gaussian-modes',
		label: 'Visible units',
		name: 'The number of visible units',
		symbol: 'N',
		help: 'Number of binary units in a row of data.',
		slider: { min: 4, max: 256, step: 4 }
	},
	{
		path: 'data.modes',
		data: 'gaussian-modes',
		label: 'Planted modes',
		name: 'The number of planted modes',
		help: 'How many collective patterns are put into the data.',
		slider: { min: 1, max: 8, step: 1 }
	},
	{
		path: 'data.strength',
		data: 'gaussian-modes',
		label: 'Strength',
		symbol: 'λ₁',
		help: 'First planted singular value of βW; the k-th is λ₁/k, and 4 is critical.',
		slider: { min: 0, max: 8, step: 0.1 }
	},
	{
		path: 'data.samples',
		data: 'gaussian-modes',
		label: 'Training rows',
		name: 'The number of training rows',
		help: 'Independent draws to learn from; a fifth as many more are held out.',
		slider: { min: 64, max: 20_000, log: true }
	},
	{
		path: 'data.rows',
		data: 'drawn',
		label: 'Rows',
		name: 'The number of pixel rows',
		unit: 'pixels',
		help: 'Height of the drawing.',
		slider: { min: 1, max: 16, step: 1 }
	},
	{
		path: 'data.cols',
		data: 'drawn',
		label: 'Columns',
		name: 'The number of pixel columns',
		unit: 'pixels',
		help: 'Width of the drawing.',
		slider: { min: 1, max: 16, step: 1 }
	},
	{
		path: 'data.patterns',
		data: 'drawn',
		label: 'Patterns',
		name: 'The list of drawn patterns',
		help: 'Your drawings; the machine learns to draw these and no others.'
	},
	{
		path: 'data.layers',
		data: 'showers',
		label: 'Layers',
		name: 'The number of layers',
		help: 'Layers in depth; together they are 24 radiation lengths of tungsten.',
		slider: { min: 2, max: 24, step: 1 }
	},
	{
		path: 'data.radial',
		data: 'showers',
		label: 'Rings',
		name: 'The number of rings',
		help: 'Rings around the axis in each layer, out to 2 Molière radii.',
		slider: { min: 2, max: 24, step: 1 }
	},
	{
		path: 'data.energyBits',
		data: 'showers',
		label: 'Energy bins',
		name: 'The number of energy bins',
		help: 'The incident energy, 1 to 100 GeV, as one of so many bins in a row of bits; 0 leaves it out.',
		slider: { min: 0, max: 8, step: 1 }
	},
	{
		path: 'data.threshold',
		data: 'showers',
		label: 'Threshold',
		unit: 'MeV',
		help: 'A cell’s bit is on when more energy than this was deposited in it.',
		slider: { min: 1, max: 1000, log: true }
	},
	{
		path: 'data.samples',
		data: 'showers',
		label: 'Training rows',
		name: 'The number of training rows',
		help: 'Showers to learn from; a fifth as many more are held out.',
		slider: { min: 64, max: 20_000, log: true }
	},
	{
		path: 'data.units',
		data: 'machine',
		label: 'Visible units',
		name: 'The number of visible units',
		symbol: 'N',
		help: 'Units in a row; the rows are samples of the machine that the run starts from.',
		slider: { min: 1, max: 1024, log: true }
	},
	{
		path: 'hidden',
		label: 'Hidden units',
		name: 'The number of hidden units',
		symbol: 'M',
		help: 'Number of binary hidden units.',
		slider: { min: 1, max: 1024, log: true }
	},
	{
		path: 'beta',
		label: 'Inverse temperature',
		symbol: 'β',
		help: 'P ∝ e^(−βE), and the diffusion constant is D = 1/β.',
		slider: { min: 0.1, max: 10, log: true }
	},
	{
		path: 'initial.kind',
		label: 'Start from weights',
		name: 'The kind of initial weights',
		help: 'What the weights are before the first gradient step.',
		choices: { random: 'random', asset: 'trained', spectrum: 'chosen spectrum' }
	},
	{
		path: 'initial.name',
		initial: 'asset',
		label: 'Trained weights',
		help: 'Weights that come with the site, fetched when they are first used.',
		choices: { mnist500: 'MNIST, 784×500' }
	},
	{
		path: 'initial.singularValues',
		initial: 'spectrum',
		label: 'Singular values',
		name: 'The list of singular values',
		symbol: 'λ₁, λ₂, …',
		help: 'The largest singular values of W, one by one; with β = 1, 4 is critical.'
	},
	{
		path: 'initial.rest',
		initial: 'spectrum',
		label: 'All others',
		name: 'The value of all other singular values',
		symbol: 'λ',
		help: 'Every further singular value.',
		slider: { min: 0, max: 4, step: 0.05 }
	},
	{
		path: 'initial.bias',
		initial: 'spectrum',
		label: 'Biases',
		name: 'The kind of biases',
		help: 'Balanced, so that m = ½ is the symmetric point, or uniformly random.',
		choices: { balanced: 'balanced', uniform: 'uniform' }
	},
	{
		path: 'initial.biasScale',
		initial: 'spectrum',
		label: 'Size of random biases',
		name: 'The size of random biases',
		help: 'Random biases lie within ± this; balanced ones do not use it.',
		slider: { min: 0, max: 4, step: 0.05 }
	},
	{
		path: 'initial.frameSeed',
		initial: 'spectrum',
		label: 'Seed of the frames',
		help: 'The singular vectors follow from it, and random biases.'
	},
	{
		path: 'weightScale',
		label: 'Initial weights',
		name: 'The scale of the initial weights',
		symbol: 's',
		help: 'Standard deviation of the random weights that learning starts from.',
		slider: { min: 0, max: 1, step: 0.01 }
	},
	{
		path: 'seed',
		label: 'Seed',
		help: 'Every random number follows from it: the same seed repeats the run.'
	},
	{
		path: 'training.algorithm',
		label: 'Algorithm',
		name: 'The training algorithm',
		help: 'Where the negative phase starts: at the data (CD) or at chains that persist (PCD).',
		choices: { cd: 'CD', pcd: 'PCD' }
	},
	{
		path: 'training.k',
		label: 'Sweeps a step',
		name: 'The number of sweeps a step',
		symbol: 'k',
		help: 'Block-Gibbs sweeps for each gradient step.',
		slider: { min: 1, max: 100, log: true }
	},
	{
		path: 'training.gradient',
		label: 'Gradient',
		help: 'Plain, or centred: with the mean activities taken off, so that it does not depend on what is called 0 and 1.',
		choices: { plain: 'plain', centred: 'centred' }
	},
	{
		path: 'training.learningRate',
		label: 'Learning rate',
		symbol: 'η',
		help: 'Length of a gradient step.',
		slider: { min: 1e-4, max: 1, log: true }
	},
	{
		path: 'training.momentum',
		label: 'Momentum',
		help: 'Share of the last step that is carried into the next.',
		slider: { min: 0, max: 0.99, step: 0.01 }
	},
	{
		path: 'training.weightDecay',
		label: 'Weight decay',
		help: 'Pull of the weights towards 0, which keeps unused modes small.',
		slider: { min: 0, max: 0.01, step: 0.0001 }
	},
	{
		path: 'training.batchSize',
		label: 'Batch size',
		unit: 'rows',
		help: 'Rows of data in one gradient step.',
		slider: { min: 1, max: 1000, log: true }
	},
	{
		path: 'training.chains',
		label: 'Chains',
		name: 'The number of chains',
		help: 'Persistent chains (PCD) whose samples stand for the model.',
		slider: { min: 1, max: 4096, log: true }
	},
	{
		path: 'training.steps',
		label: 'Training steps',
		name: 'The number of training steps',
		unit: 'steps',
		help: 'Gradient steps until the weights are held fixed; sampling goes on.',
		slider: { min: 100, max: 1_000_000, log: true }
	},
	{
		path: 'training.recordEvery',
		label: 'Record every',
		name: 'The interval between records',
		unit: 'steps',
		help: 'Gradient steps between two records of singular values and likelihoods.',
		slider: { min: 1, max: 10_000, log: true }
	},
	{
		path: 'closure',
		label: 'Closure',
		help: 'The approximation of the constraint potential by which oscillator frequencies are read.',
		choices: {
			gaussian: 'Gaussian',
			entropic: 'entropic (mean field)',
			tap: 'TAP (Onsager)',
			fitted: 'fitted to samples',
			smoothed: 'smoothed (exact lift)'
		}
	},
	{
		path: 'langevin.sigma2',
		label: 'Smearing',
		symbol: 'σ²',
		help: 'Variance of the Gaussians that smear the vertices; the lift is exact while βσ²λ_max < 1.',
		slider: { min: 0.01, max: 1, log: true },
		automatic: 'min(0.25, 0.9/(βλ_max))'
	},
	{
		path: 'langevin.dt',
		label: 'Time step',
		symbol: 'dt',
		help: 'Langevin time step; bounded by the stiffest mode.',
		slider: { min: 1e-5, max: 1, log: true },
		automatic: 'a fifth of the stability bound'
	},
	{
		path: 'langevin.scheme',
		label: 'Scheme',
		name: 'The Langevin scheme',
		help: 'How a time step is taken; the bias of a step is of order dt, dt², none, dt² in this order.',
		choices: {
			euler: 'Euler–Maruyama',
			'leimkuhler-matthews': 'Leimkuhler–Matthews',
			mala: 'MALA (with acceptance)',
			splitting: 'splitting, linear part exact'
		}
	},
	{
		path: 'langevin.particles',
		label: 'Particles',
		name: 'The number of particles',
		help: 'Langevin particles that move in the chosen mode’s plane; beyond 100 000 with WebGPU on a GPU alone.',
		slider: { min: 1, max: 1_000_000, log: true }
	},
	{
		path: 'langevin.stride',
		label: 'Learn per move',
		name: 'The number of gradient steps a Langevin step',
		unit: 'steps',
		help: 'Gradient steps between two Langevin steps while the weights learn.',
		slider: { min: 1, max: 1000, log: true }
	},
	{
		path: 'langevin.since',
		label: 'Particles since',
		name: 'The step at which the particles start',
		unit: 'step',
		help: 'Gradient step at which the particles start.'
	},
	{
		path: 'sampler.kind',
		label: 'Sampler',
		help: 'How the chains move that are shown beside the particles.',
		choices: {
			gibbs: 'block Gibbs',
			tempering: 'parallel tempering',
			auxiliary: 'auxiliary Gaussian'
		}
	},
	{
		path: 'sampler.rungs',
		label: 'Rungs',
		name: 'The number of rungs',
		help: 'Inverse temperatures from 0 to β; neighbours exchange their states, so that hot chains carry others over barriers.',
		slider: { min: 2, max: 32, step: 1 }
	},
	{
		path: 'sampler.since',
		label: 'Chains since',
		name: 'The step at which the chains start',
		unit: 'step',
		help: 'Step at which the shown chains start.'
	},
	{
		path: 'view.mode',
		label: 'Mode',
		name: 'The mode shown',
		symbol: 'i',
		help: 'The mode whose plane is shown, counted from 0 by falling singular value.',
		slider: { min: 0, max: 1023, step: 1 }
	},
	{
		path: 'view.plane',
		label: 'Plane',
		help: 'Reciprocal coordinates (x, y), or rotated into stiff and soft (u, w).',
		choices: { xy: 'x, y', uw: 'u, w' }
	},
	{
		path: 'view.panels',
		label: 'Panels',
		name: 'The list of panels',
		help: 'What is on screen.',
		choices: {
			training: 'Training',
			spectrum: 'Singular values',
			oscillators: 'Oscillators',
			particles: 'Particles',
			samples: 'Samples',
			weights: 'Weights',
			map: 'Map',
			diffusion: 'Reverse diffusion'
		}
	},
	{
		path: 'view.theme',
		label: 'Theme',
		help: 'Colours and sizes; the projector theme has more contrast and larger type.',
		choices: { system: 'as the system', light: 'light', dark: 'dark', projector: 'projector' }
	},
	{
		path: 'at',
		label: 'Go to step',
		name: 'The step to go to',
		unit: 'step',
		help: 'The step the run goes to and pauses at; 0 starts at the beginning.'
	}
];
