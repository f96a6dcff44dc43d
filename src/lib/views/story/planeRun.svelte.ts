// The process in the (u, w) plane of the smallest machine, solved in the theory worker: the density frame by frame, and
// particles from the same start.
import { normals } from '$lib/random/draw';
import { foldIn, keyFromSeed } from '$lib/random/key';
import { TheoryClient } from '$lib/session/clientTheory';
import type { PlaneFrames } from '$lib/session/protocolStory';
import type { Generator } from '$lib/theory/fokkerPlanck';
import { newest } from './newest';
import { PLANE_AXES, PLANE_BUMP, planeGenerator, planeStart, planeTables, type Plane } from './planeWell';

export interface PlaneQuestion {
	readonly plane: Plane;
	readonly u: number;
	readonly w: number;
	readonly particles: number;
	readonly horizon: number;
	readonly seed: number;
}

export interface PlaneAnswer {
	readonly question: PlaneQuestion;
	readonly generator: Generator;
	readonly density: PlaneFrames;
	/** frames + 1 times: all u, then all w */
	readonly particles: Float32Array;
}

export const PLANE_FRAMES = 60;
const SUBSTEPS = 2;

/** Cells of a frame. */
export const PLANE_CELLS = PLANE_AXES[0].count * PLANE_AXES[1].count;

export class PlaneRun {
	answer: PlaneAnswer | null = $state.raw(null);
	error = $state('');
	#client = new TheoryClient();
	#closed = false;
	#asked = '';
	#solve = newest(
		async (question: PlaneQuestion): Promise<PlaneAnswer> => {
			const { plane, u, w, particles, horizon, seed } = question;
			const { potential, forces } = planeTables(plane);
			const generator = planeGenerator(plane, potential);
			const span = horizon / PLANE_FRAMES;
			const noise = normals(2 * particles, foldIn(keyFromSeed(seed), 0));
			const density = this.#client.run('planeFrames', {
				axes: PLANE_AXES,
				potential,
				diffusion: 1 / plane.beta,
				start: planeStart(u, w),
				span,
				frames: PLANE_FRAMES,
				substeps: SUBSTEPS
			});
			const cloud = this.#client.run('particles', {
				axes: PLANE_AXES,
				forces,
				diffusion: 1 / plane.beta,
				start: noise.map((e, k) => (k < particles ? u : w) + PLANE_BUMP * e),
				span,
				frames: PLANE_FRAMES,
				dt: 0.01 * plane.beta,
				seed
			});
			return { question, generator, density: await density, particles: await cloud };
		},
		(answer) => {
			this.answer = answer;
			this.error = '';
		},
		(error) => {
			if (!this.#closed) this.error = error instanceof Error ? error.message : String(error);
		}
	);

	ask(question: PlaneQuestion): void {
		const text = JSON.stringify(question);
		if (text === this.#asked) return;
		this.#asked = text;
		this.#solve(question);
	}

	close(): void {
		this.#closed = true;
		this.#client.close();
	}
}

/** The frame nearest to a time. */
export function planeFrame(answer: PlaneAnswer, time: number): { density: Float32Array; xy: Float32Array } {
	const { density, particles, question } = answer;
	const f = Math.max(0, Math.min(PLANE_FRAMES, Math.round((time / question.horizon) * PLANE_FRAMES)));
	const n = question.particles;
	const at = particles.subarray(2 * n * f, 2 * n * (f + 1));
	return {
		density: density.density.subarray(f * PLANE_CELLS, (f + 1) * PLANE_CELLS),
		// drawn with w to the right and u upwards
		xy: Float32Array.from({ length: 2 * n }, (_, k) => (k % 2 === 0 ? at[n + (k >> 1)] : at[k >> 1]))
	};
}

/** Means and variances of u and w of a frame of the density, and the mean-square of the particles' coordinates. */
export function planeMoments(density: ArrayLike<number>): { u: number; w: number; uu: number; ww: number } {
	const [au, aw] = PLANE_AXES;
	const [hu, hw] = PLANE_AXES.map((a) => (a.max - a.min) / (a.count - 1));
	let [total, u, w, uu, ww] = [0, 0, 0, 0, 0];
	for (let k = 0; k < density.length; k++) {
		const [x, y] = [au.min + hu * (k % au.count), aw.min + hw * Math.floor(k / au.count)];
		total += density[k];
		u += density[k] * x;
		w += density[k] * y;
		uu += density[k] * x * x;
		ww += density[k] * y * y;
	}
	[u, w, uu, ww] = [u / total, w / total, uu / total, ww / total];
	return { u, w, uu: uu - u * u, ww: ww - w * w };
}
