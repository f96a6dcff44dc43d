// The five closures of one machine, computed in the theory worker: the last answer stays until the next is there.
import type { ClosuresAnswer } from '$lib/theory/closures/sections';
import { BETA, BLUR, closureRbm, type ClosureMachine } from './closureMachine';
import { sharedTheory } from './sharedTheory';

/** Where everything is evaluated, from the centre of the cube. */
export const softGrid = Float64Array.from({ length: 97 }, (_, k) => -2.4 + 0.05 * k);
export const stiffGrid = softGrid;

export class ClosureRun {
	answer = $state.raw<ClosuresAnswer | null>(null);
	failed = $state('');

	/** Asks for a machine at σ²; call in an effect. */
	ask(machine: ClosureMachine, sigma2: number): void {
		sharedTheory()
			.latest('closureSections', {
				rbm: closureRbm(machine),
				beta: BETA,
				sigma2,
				blur: BLUR,
				soft: softGrid,
				stiff: stiffGrid
			})
			.then(
				(answer) => {
					if (answer) {
						this.answer = answer;
						this.failed = '';
					}
				},
				(error: Error) => (this.failed = error.message)
			);
	}
}
