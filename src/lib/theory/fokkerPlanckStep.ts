// Time stepping of the Fokker–Planck equation by a two-stage implicit Runge–Kutta scheme (L-stable, second order;
// Alexander 1977): stiff grids need no small step, and every stage is written as a balance of fluxes.
import { applyGenerator, type Generator } from './fokkerPlanck.ts';
import { factorShifted, solveBand, type BandCholesky } from './fokkerPlanckBand.ts';

const GAMMA = 1 - Math.SQRT1_2;

/** A fixed time step of a fixed generator, factored once. */
export interface Stepper {
	readonly generator: Generator;
	readonly dt: number;
	readonly band: BandCholesky;
}

/**
 * Prepares steps of length dt.
 * @param generator from `fokkerPlanckGenerator`
 * @param dt > 0, in time units (1/D per squared length)
 * @throws RangeError when dt ≤ 0
 */
export function makeStepper(generator: Generator, dt: number): Stepper {
	if (!(dt > 0) || dt === Infinity) throw new RangeError(`makeStepper: dt must be > 0, got ${dt}`);
	return { generator, dt, band: factorShifted(generator, 1, GAMMA * dt) };
}

/** (1 − γ·dt·G)^{-1} b through the symmetric form. */
function solveStage(stepper: Stepper, b: Float64Array): Float64Array {
	const { ground } = stepper.generator;
	const x = solveBand(
		stepper.band,
		b.map((p, i) => (ground[i] === 0 ? 0 : p / ground[i]))
	);
	return x.map((q, i) => q * ground[i]);
}

/**
 * One step of length dt. The new probabilities are the old ones plus bond fluxes, so that Σp is conserved to
 * rounding whatever the accuracy of the linear solves. Positivity holds for smooth p; a spike narrower than
 * √(D·dt) may undershoot by the scheme's own error.
 * @param stepper from `makeStepper`
 * @param p cell probabilities, zero wherever the potential is infinite
 */
export function fokkerPlanckStep(stepper: Stepper, p: Float64Array): Float64Array {
	const { generator, dt } = stepper;
	const first = applyGenerator(generator, solveStage(stepper, p));
	const middle = p.map((x, i) => x + (1 - GAMMA) * dt * first[i]);
	const second = applyGenerator(generator, solveStage(stepper, middle));
	return middle.map((x, i) => x + GAMMA * dt * second[i]);
}
