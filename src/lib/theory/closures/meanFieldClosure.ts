// The closure made from a mean-field free energy: entropic.ts and tap.ts differ only in Φ and in their verdict.
import type { Rbm } from '../rbm.ts';
import { reciprocalFrame, type Frame } from '../reciprocal.ts';
import type { Closure, ClosureName, Minimum, NormalMode, Validity } from './closure.ts';
import { MeanField } from './meanField.ts';
import { meanFieldMinima } from './meanFieldMinima.ts';
import { normalModes } from './modes.ts';
import { startingPoints } from './starts.ts';

/**
 * @param name the closure's name
 * @param rbm the RBM
 * @param beta inverse temperature
 * @param onsager whether the second-order term is in
 * @param judge the verdict, given the free energy and its lowest minimum
 */
export function meanFieldClosure(
	name: ClosureName,
	rbm: Rbm,
	beta: number,
	onsager: boolean,
	judge: (field: MeanField, lowest: Minimum) => Validity
): Closure {
	const field = new MeanField(rbm, beta, onsager);
	let found: Minimum[] | null = null;
	let frame: Frame | null = null;
	let modes: NormalMode[] | null = null;
	let verdict: Validity | null = null;
	const minima = () => (found ??= meanFieldMinima(field, startingPoints(rbm, beta)));
	const modesAt = (at: Float64Array) => normalModes((frame ??= reciprocalFrame(rbm)), field.hessian(at));
	return {
		name,
		size: field.size,
		beta,
		get validity() {
			return (verdict ??= judge(field, minima()[0]));
		},
		potential: (at) => field.potential(at),
		gradient: (at) => field.gradient(at),
		hessian: (at) => field.hessian(at),
		minima,
		modes: (at) => (at ? modesAt(at) : (modes ??= modesAt(minima()[0].at)))
	};
}
