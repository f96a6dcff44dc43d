// Which denoiser serves a machine: exact where its states can be summed, block-Gibbs chains that follow the noise level
// beyond, mean field where asked for.
import { chainDenoiser } from '$lib/engine/denoiserChain';
import {
	disposeStateTable,
	hostDenoiser,
	makeStateTable,
	meanFieldDenoiser,
	tableDenoiser,
	type Denoiser
} from '$lib/engine/denoisers';
import type { Model, ModelArrays } from '$lib/engine/model';
import { denoise } from '$lib/theory/denoiser';
import { bitsOf, jointLogWeights } from '$lib/theory/enumerateStates';
import type { DenoiserChoice } from './protocolDiffusion';
import { toRbm } from './record';

/** Most units of both layers whose states are tabled on the device, and of the smaller one that is enumerated. */
const TABLED = 12;
const ENUMERATED = 16;
/** `auto` is exact up to this many units of the smaller layer: beyond, a picture would wait for each level. */
const AUTO_EXACT = 10;

export interface ChosenDenoiser {
	readonly denoise: Denoiser;
	/** a sentence for the page */
	readonly sentence: string;
	dispose(): void;
}

/** @throws RangeError with a sentence, for an exact denoiser of a machine that is too large or no sweeps */
export function denoiserOf(
	model: Model,
	arrays: ModelArrays,
	beta: number,
	choice: DenoiserChoice,
	sweeps: number
): ChosenDenoiser {
	const { N, M } = arrays;
	const smaller = Math.min(N, M);
	if (choice === 'exact' && smaller > ENUMERATED)
		throw new RangeError(
			`The exact denoiser sums 2^n states of the smaller layer, up to n = ${ENUMERATED}; this machine has ${smaller}.`
		);
	if (!(Number.isInteger(sweeps) && sweeps >= 1 && sweeps <= 1000))
		throw new RangeError('A denoiser takes from 1 to 1000 sweeps a level.');
	if (choice === 'exact' || (choice === 'auto' && smaller <= AUTO_EXACT)) {
		const rbm = toRbm(arrays);
		const sentence = 'E[s|z] is exact, by enumeration.';
		if (N + M > TABLED)
			return { denoise: hostDenoiser((z, s2) => denoise(rbm, beta, s2, z)), sentence, dispose() {} };
		const logs = jointLogWeights(rbm, beta);
		const table = makeStateTable(Array.from(logs, (_, s) => [...bitsOf(s, N + M)]).flat(), logs);
		return { denoise: tableDenoiser(table), sentence, dispose: () => disposeStateTable(table) };
	}
	if (choice === 'mean-field')
		return {
			denoise: meanFieldDenoiser(model, beta, sweeps),
			sentence: `E[s|z] by ${sweeps} rounds of naive mean field: right where one mode dominates, biased elsewhere.`,
			dispose() {}
		};
	const chain = chainDenoiser(model, beta, sweeps, choice === 'draws' ? 'draw' : 'mean');
	const what = choice === 'draws' ? 'A draw of s|z' : 'E[s|z]';
	return {
		denoise: chain.denoise,
		sentence: `${what} by ${sweeps} block-Gibbs ${sweeps === 1 ? 'sweep' : 'sweeps'} a level, in chains that go on from level to level.`,
		dispose: chain.dispose
	};
}
