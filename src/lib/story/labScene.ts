// The Lab's Scene that shows a chapter's machine: the same recipe, its weights held, its own samples in place of data.
import type { MachineRecipe } from '../scene/machine';
import { defaultScene, type Scene } from '../scene/schema';

export function labScene(recipe: MachineRecipe, beta: number): Scene {
	const { N, M, singularValues, rest, bias, biasScale, seed } = recipe;
	return {
		...defaultScene,
		data: { kind: 'machine', units: N },
		hidden: M,
		beta: Math.max(0.01, beta),
		initial: {
			kind: 'spectrum',
			singularValues: singularValues.length > 0 ? singularValues : [rest],
			rest,
			bias,
			biasScale,
			frameSeed: seed
		},
		training: { ...defaultScene.training, steps: 0 }
	};
}
