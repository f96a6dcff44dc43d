// Scenes with a name, to start from. A preset is the default Scene with what differs; its hyper-parameters were tried
// out; a sentence promises no more than what there is to see.
import { defaultInitials, defaultRecipes, defaultScene, type Scene } from './schema';

export interface Preset {
	readonly id: string;
	readonly title: string;
	/** one sentence: what there is to see */
	readonly sentence: string;
	readonly scene: Scene;
}

/** The default Scene with a few fields changed, groups field by field. */
function scene({
	training,
	langevin,
	view,
	...rest
}: Omit<Partial<Scene>, 'training' | 'langevin' | 'view'> & {
	training?: Partial<Scene['training']>;
	langevin?: Partial<Scene['langevin']>;
	view?: Partial<Scene['view']>;
}): Scene {
	return {
		...defaultScene,
		...rest,
		training: { ...defaultScene.training, ...training },
		langevin: { ...defaultScene.langevin, ...langevin },
		view: { ...defaultScene.view, ...view }
	};
}

export const presets: readonly Preset[] = [
	{
		id: 'bars-and-stripes',
		title: 'Bars and stripes 4×4',
		sentence: 'Thirty patterns on 16 pixels, small enough for an exact log-likelihood at every record.',
		scene: defaultScene
	},
	{
		id: 'planted',
		title: 'Planted modes',
		sentence:
			'Data with three known singular values, 6, 3 and 2, of which only the first is above the critical 4: see how soon each is learnt.',
		scene: scene({
			data: { kind: 'gaussian-modes', units: 64, modes: 3, strength: 6, samples: 20_000 },
			hidden: 48,
			weightScale: 0.03,
			training: { learningRate: 0.1, batchSize: 200, chains: 1024, steps: 6000, recordEvery: 20 }
		})
	},
	{
		id: 'two-digits',
		title: 'MNIST 0 and 1, 14×14',
		sentence:
			'Two handwritten digits at low resolution: modes break away from the noise one after the other.',
		scene: scene({
			data: { kind: 'mnist', digits: '01', side: 14 },
			hidden: 32,
			weightScale: 0.01,
			training: { learningRate: 0.02, batchSize: 100, chains: 256, steps: 6000, recordEvery: 50 }
		})
	},
	{
		id: 'showers',
		title: 'Calorimeter showers',
		sentence:
			'Electron showers in tungsten, 12 layers × 12 rings with the energy in a row of bits: the data that such machines are trained for.',
		scene: scene({
			data: defaultRecipes.showers,
			hidden: 64,
			weightScale: 0.01,
			training: { learningRate: 0.05, batchSize: 100, chains: 500, steps: 10_000, recordEvery: 50 },
			langevin: { particles: 512 }
		})
	},
	{
		id: 'digits-small',
		title: 'MNIST, 64 hidden units',
		sentence: 'All ten digits at full size with few hidden units: blurred digits after a few passes.',
		scene: scene({
			data: { kind: 'mnist', digits: '0123456789', side: 28 },
			hidden: 64,
			weightScale: 0.01,
			training: { learningRate: 0.05, batchSize: 100, chains: 100, steps: 6000, recordEvery: 50 },
			langevin: { particles: 512, stride: 4 }
		})
	},
	{
		id: 'digits',
		title: 'MNIST, 500 hidden units',
		sentence: 'The textbook machine, 784×500: ten passes over 60 000 digits.',
		scene: scene({
			data: { kind: 'mnist', digits: '0123456789', side: 28 },
			hidden: 500,
			weightScale: 0.01,
			training: { learningRate: 0.03, batchSize: 100, chains: 100, steps: 6000, recordEvery: 100 },
			langevin: { particles: 256, stride: 10 }
		})
	},
	{
		id: 'trained',
		title: 'Trained MNIST, 500 hidden units',
		sentence:
			'Weights trained beforehand and held: its modes, its oscillators and samples of its digits at once.',
		scene: scene({
			data: { kind: 'mnist', digits: '0123456789', side: 28 },
			hidden: 500,
			initial: defaultInitials.asset,
			training: { batchSize: 100, chains: 100, steps: 0 },
			langevin: { particles: 256 },
			view: { panels: ['training', 'spectrum', 'particles', 'samples', 'weights', 'diffusion'] }
		})
	},
	{
		id: 'two-modes',
		title: 'Two chosen modes',
		sentence:
			'A machine with λ₁ = 3 and λ₂ = 2 and nothing to learn: its own exact samples, its oscillators and its particles.',
		scene: scene({
			data: { kind: 'machine', units: 24 },
			hidden: 16,
			initial: { ...defaultInitials.spectrum, singularValues: [3, 2], rest: 0.3 },
			training: { steps: 0 },
			langevin: { particles: 4096 }
		})
	},
	{
		id: 'drawn',
		title: 'Your own drawings',
		sentence: 'Six patterns on 4×4 pixels; draw others and see the machine learn them.',
		scene: scene({
			data: {
				kind: 'drawn',
				rows: 4,
				cols: 4,
				patterns: ['f99f', '9669', '0ff0', '6666', '8421', '1248']
			},
			hidden: 12,
			weightScale: 0.05,
			// without decay the wells of a few patterns grow so deep that chains never change well, and PCD runs away
			training: { learningRate: 0.02, weightDecay: 0.003, batchSize: 6, chains: 1024, steps: 10_000 }
		})
	}
];

/**
 * The preset with this id.
 * @throws Error if there is none
 */
export function presetById(id: string): Preset {
	const found = presets.find((p) => p.id === id);
	if (!found) throw new Error(`There is no preset "${id}".`);
	return found;
}
