// The Lab's Scene of chapter 10: the trained MNIST machine, without particles, so that it opens quickly.
import { presetById } from '$lib/scene/presets';
import type { Scene } from '$lib/scene/schema';

export function diffusionScene(): Scene {
	const { scene } = presetById('trained');
	return { ...scene, langevin: { ...scene.langevin, particles: 0 } };
}

/** Hidden and visible units of the trained machine. */
export const TRAINED = { N: 784, M: 500 } as const;
