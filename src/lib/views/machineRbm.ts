// From a machine's recipe (scene/machine.ts) to the RBM itself, for views. The session builds the same from the same
// recipe and seed.
import { foldIn, keyFromSeed } from '../random/key';
import { normals, uniforms } from '../random/draw';
import type { MachineRecipe } from '../scene/machine';
import { balanced, makeRbm, type Rbm } from '../theory/rbm';
import { rbmFromSpectrum } from '../theory/rbmSpectrum';

/** The singular values that a recipe asks for, all min(N,M) of them, in its order. */
export function spectrumOf({ N, M, singularValues, rest }: MachineRecipe): number[] {
	return Array.from({ length: Math.min(N, M) }, (_, k) => singularValues[k] ?? rest);
}

/** The RBM of a recipe: the same recipe gives the same numbers everywhere. */
export function rbmOf(recipe: MachineRecipe): Rbm {
	const { N, M, bias, biasScale, seed } = recipe;
	const key = keyFromSeed(seed);
	const rbm = rbmFromSpectrum(N, M, spectrumOf(recipe), normals(N * M, foldIn(key, 0)));
	if (bias === 'balanced') return balanced(rbm);
	const biases = uniforms(N + M, foldIn(key, 1)).map((u) => biasScale * (2 * u - 1));
	return makeRbm({ ...rbm, visibleBias: biases.slice(0, N), hiddenBias: biases.slice(N) });
}
