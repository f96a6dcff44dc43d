// Langevin dynamics in the tap closure, whose Onsager term couples layers to fourth order: no kernel of the engine has
// it, so this is Euler's scheme in plain code between mirrors at 0 and 1, for few units and particles.
import { normals, uniforms } from '../random/draw';
import { foldIn } from '../random/key';
import { tapClosure } from '../theory/closures/tap';
import { softModes } from './relaxationGlauber';
import type { LangevinOptions } from './relaxationLangevin';
import type { Recorded, Sampler } from './relaxationMeasure';

/** Children of a point's key. */
const START = 31;
const STEPS = 32;
/** As for the entropic closure. */
const STEP = 0.005;
const BURN_IN = 1.6;
/** Particles at most, units at most, and gradients that a point may cost. */
const PARTICLES = 384;
export const TAP_UNITS = 40;
const BUDGET = 5e5;
const WALL = 1e-6;

/** @throws RangeError past 40 units */
export async function tapSampler(options: LangevinOptions): Promise<Sampler> {
	const { rbm, beta, key, modes, balanced, pause } = options;
	const K = rbm.N + rbm.M;
	if (K > TAP_UNITS)
		throw new RangeError(`The Onsager term is integrated in plain code, for ${TAP_UNITS} units at most.`);
	const P = Math.min(PARTICLES, options.particles);
	const closure = tapClosure(rbm, beta);
	const shapes = softModes(rbm, modes);
	const stepKey = foldIn(key, STEPS);
	const z = uniforms(P * K, foldIn(key, START));
	const dt = STEP * beta;
	const spread = Math.sqrt(2 * STEP);
	let steps = 0;
	const step = () => {
		const noise = normals(P * K, stepKey, steps++);
		for (let p = 0; p < P; p++) {
			const slope = closure.gradient(z.subarray(p * K, (p + 1) * K));
			for (let k = 0; k < K; k++) {
				const at = p * K + k;
				z[at] = fold(z[at] - STEP * slope[k] + spread * noise[at]);
			}
		}
	};
	const burnIn = BURN_IN / STEP;
	for (let n = 0; n < burnIn; n++) {
		step();
		if (n % 10 === 0) await pause();
	}
	return {
		tick: dt,
		unit: 'Langevin time',
		means: balanced ? shapes.map((s) => s.reduce((sum, e) => sum + e / 2, 0)) : null,
		start: 'burn-in',
		sigma2: null,
		dt,
		interval: 4,
		budget: Math.floor(BUDGET / P),
		advance(ticks) {
			for (let n = 0; n < ticks; n++) step();
		},
		record(): Promise<Recorded> {
			const coordinates = shapes.map((shape) =>
				Float32Array.from({ length: P }, (_, p) => {
					let sum = 0;
					for (let k = 0; k < K; k++) sum += z[p * K + k] * shape[k];
					return sum;
				})
			);
			return Promise.resolve({ coordinates, ahead: null });
		},
		dispose() {}
	};
}

/** Mirrors at 0 and 1, a little inside them, where the entropy's slope is finite. */
function fold(z: number): number {
	const turned = Math.abs(z) % 2;
	return Math.min(1 - WALL, Math.max(WALL, turned > 1 ? 2 - turned : turned));
}
