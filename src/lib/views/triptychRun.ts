// The one process of the landing figure: a Langevin particle under the exact lift, and the coins that round it to
// binary units. Deterministic: the same seed and the same steps give the same path.
import { foldIn, keyFromSeed, type Key } from '$lib/random/key';
import { normals, uniforms } from '$lib/random/draw';
import { decode, liftDrift, stableStep } from '$lib/theory/lift';
import { unitsToModes } from '$lib/theory/reciprocal';
import { M, N, type TriptychModel } from './triptychModel';

/** What the panels draw. */
export interface TriptychFrame {
	/** particle in modes, from the centre (N+M) */
	readonly modes: Float64Array;
	/** P(sₖ=1|z), N+M */
	readonly coins: Float64Array;
	/** the binary state that the coins gave last, N+M of 0 and 1 */
	readonly state: Float64Array;
	/** the trail in the plane of mode 1: soft, stiff, soft, stiff, …, oldest first */
	readonly trail: Float64Array;
	/** Langevin time */
	readonly time: number;
}

const TRAIL = 140;

export class TriptychRun {
	private readonly noise: Key;
	private readonly coin: Key;
	private z = new Float64Array(N + M).fill(0.5);
	private state = new Float64Array(N + M);
	private trail: number[] = [];
	private steps = 0;
	private flips = 0;
	private time = 0;

	constructor(seed: number) {
		this.noise = foldIn(keyFromSeed(seed), 0);
		this.coin = foldIn(keyFromSeed(seed), 1);
	}

	/** Euler–Maruyama over `span` of Langevin time, in steps of at most a fifth of the stability bound. */
	advance(model: TriptychModel, span: number): void {
		const n = Math.max(1, Math.ceil(span / (stableStep(model.lift) / 5)));
		const dt = span / n;
		const kick = Math.sqrt((2 * dt) / model.lift.beta);
		for (let k = 0; k < n; k++) {
			const drift = liftDrift(model.lift, this.z);
			const xi = normals(N + M, this.noise, this.steps++);
			this.z = this.z.map((e, i) => e + drift[i] * dt + kick * xi[i]);
		}
		this.time += span;
		const modes = unitsToModes(model.frame, this.z);
		const { centre, frame } = model;
		this.trail.push(modes[frame.r] - centre[frame.r], modes[0] - centre[0]);
		if (this.trail.length > 2 * TRAIL) this.trail.splice(0, this.trail.length - 2 * TRAIL);
	}

	/** Rounds the particle by its coins: an exact sample of the RBM once the particle is stationary. */
	round(model: TriptychModel): void {
		const p = decode(this.z, model.lift.sigma2);
		const r = uniforms(N + M, this.coin, this.flips++);
		this.state = p.map((e, k) => (r[k] < e ? 1 : 0));
	}

	frame(model: TriptychModel): TriptychFrame {
		return {
			modes: unitsToModes(model.frame, this.z).map((e, k) => e - model.centre[k]),
			coins: decode(this.z, model.lift.sigma2),
			state: this.state,
			trail: Float64Array.from(this.trail),
			time: this.time
		};
	}
}
