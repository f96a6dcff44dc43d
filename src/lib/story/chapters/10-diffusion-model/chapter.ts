// Chapter 10: the RBM as a diffusion model. Its magnetisation is the denoiser; run backwards, noise becomes digits.
import { presetById } from '../../../scene/presets';
import type { Chapter } from '../../chapter';
import { State } from './state';

const own = { kind: 'new', where: 'theory, section 5, end' } as const;

const chapter: Chapter<State> = {
	id: 'diffusion-model',
	schema: State,
	start: { panel: 'noise', guess: false, sigma: 0.6, coupling: 3, sweeps: 20, levels: 120, seed: 1 },
	lights: { sigma: 'sigma', coupling: 'denoised' },
	figure: () => import('./Figure.svelte'),
	lab: () => presetById('trained').scene,
	steps: [
		{
			id: 'forward',
			set: {},
			controls: ['sigma', 'seed'],
			equations: ['forward'],
			source: own,
			test: 'tests/session/session.browser.test.ts'
		},
		{
			id: 'denoise',
			set: { guess: true, sigma: 0.8 },
			controls: ['sigma', 'sweeps', 'seed'],
			equations: ['denoiser'],
			prediction: { kind: 'choice', options: ['mean', 'noise', 'digit'], answer: () => 'mean' },
			source: own,
			test: 'tests/views/story/score.test.ts'
		},
		{
			id: 'score',
			set: { panel: 'score', sigma: 0.5 },
			controls: ['sigma', 'coupling'],
			equations: ['score'],
			source: own,
			test: 'tests/views/story/score.test.ts'
		},
		{
			id: 'backward',
			set: { panel: 'reverse' },
			controls: ['levels', 'seed'],
			equations: ['reverse'],
			source: { kind: 'new', where: 'theory, section 5, end; reverse-time diffusion: Anderson 1982' },
			test: 'tests/engine/reverseDiffusion.browser.test.ts'
		}
	]
};

export default chapter;
