// What moves on the map by itself: block Gibbs while the units are shown (at the β that the first stage has reached),
// and from the smear on a Langevin particle under the exact lift whose coins give the marked state. For a model from a
// sample, the sample's states in turn and the particle that each lends. Same seed, same path.
import { normals, uniforms } from '$lib/random/draw';
import { foldIn, keyFromSeed, type Key } from '$lib/random/key';
import { indexOf } from '$lib/theory/enumerateStates';
import { decode, liftDrift, stableStep } from '$lib/theory/lift';
import { hiddenGivenVisible, visibleGivenHidden } from '$lib/theory/rbm';
import { unitsToModes } from '$lib/theory/reciprocal';
import { stateOf } from './mapEnergy';
import type { MapModel } from './mapModel';
import { statePositions } from './mapView';

/** Langevin time a second. */
const PACE = 1.4;
/** Seconds between two flips of the units, and between two roundings of the particle. */
const BEAT = 0.55;
const TRAIL = 80;

/** What the drawings take from the process. */
export interface MapMotion {
	/** index of the marked state */
	readonly marked: number;
	/** the particle along every mode, in the order of z, from the centre */
	readonly modes: Float64Array;
	/** its trail in the chosen plane: soft, stiff, soft, stiff, …, oldest first */
	readonly trail: Float64Array;
	/** seconds that the process has run */
	readonly seconds: number;
}

export class MapProcess {
	private readonly noise: Key;
	private readonly coin: Key;
	private draws = 0;
	private z: Float64Array | null = null;
	private own: Float64Array | null = null;
	private bits: Float64Array | null = null;
	private marked = 0;
	private trail: number[] = [];
	private plane = '';
	private seconds = 0;
	private sinceBeat = 0;

	constructor(seed = 7) {
		this.noise = foldIn(keyFromSeed(seed), 0);
		this.coin = foldIn(keyFromSeed(seed), 1);
	}

	/**
	 * Lets it run.
	 * @param model the map's model; it may change between calls
	 * @param progress decides what runs: units before 1, nothing while states are carried to their places, then the particle
	 * @param seconds of the visitor's time
	 */
	advance(model: MapModel, progress: number, seconds: number): void {
		this.seconds += seconds;
		this.sinceBeat += seconds;
		const beat = this.sinceBeat >= BEAT;
		if (beat) this.sinceBeat = 0;
		if (progress <= 1) {
			if (beat) this.flip(model, progress);
			this.z = null;
		} else if (progress >= 4.2) this.diffuse(model, seconds, beat);
		else this.z = null;
	}

	/** Marks a state by hand. */
	mark(model: MapModel, index: number): void {
		this.marked = index;
		this.bits = stateOf(model, index);
		this.z = null;
		this.sinceBeat = 0;
	}

	/** Present state of things. */
	motion(model: MapModel): MapMotion {
		const { states } = model;
		if (this.bits?.length !== model.n) {
			this.marked = Math.min(this.marked || likely(model), states.count - 1);
			this.bits = stateOf(model, this.marked);
			this.z = null;
			this.own = null;
		} else if (!model.exact) this.marked = Math.min(this.marked, states.count - 1);
		return {
			marked: this.marked,
			modes: this.particle(model),
			trail: Float64Array.from(this.trail),
			seconds: this.seconds
		};
	}

	private flip(model: MapModel, progress: number): void {
		const { machine } = model;
		if (!machine || !model.exact) {
			this.marked = (this.marked + 1) % model.states.count;
			this.bits = stateOf(model, this.marked);
			return;
		}
		const bits = this.bits?.length === model.n ? this.bits : stateOf(model, this.marked);
		const beta = model.beta * Math.max(0, Math.min(1, progress));
		const u = uniforms(model.n, this.coin, this.draws++);
		const toss = (p: Float64Array, offset: number) => p.map((e, k) => (u[offset + k] < e ? 1 : 0));
		const hidden = toss(hiddenGivenVisible(machine.rbm, beta, bits.subarray(0, model.N)), model.N);
		const visible = toss(visibleGivenHidden(machine.rbm, beta, hidden), 0);
		this.bits = new Float64Array(model.n);
		this.bits.set(visible);
		this.bits.set(hidden, model.N);
		this.marked = indexOf(this.bits);
	}

	private diffuse(model: MapModel, seconds: number, beat: boolean): void {
		if (!model.machine || !model.exact) return this.shake(model, seconds, beat);
		const { lift } = model.machine;
		this.z ??= this.lifted(model);
		const span = seconds * PACE;
		const steps = Math.max(1, Math.min(40, Math.ceil(span / (stableStep(lift) / 5))));
		const dt = span / steps;
		const kick = Math.sqrt((2 * dt) / model.beta);
		for (let k = 0; k < steps; k++) {
			const drift = liftDrift(lift, this.z);
			const xi = normals(model.n, this.noise, this.draws++);
			this.z = this.z.map((e, i) => e + drift[i] * dt + kick * xi[i]);
		}
		if (beat) {
			const p = decode(this.z, model.sigma2);
			const u = uniforms(model.n, this.coin, this.draws++);
			this.bits = p.map((e, k) => (u[k] < e ? 1 : 0));
			this.marked = indexOf(this.bits);
		}
		this.follow(model, this.particle(model));
	}

	/** Where the lift starts the marked state's particle: one noisy step off its vertex. */
	private lifted(model: MapModel): Float64Array {
		const xi = normals(model.n, this.noise, this.draws++);
		return stateOf(model, this.marked).map((e, k) => e + 0.5 * Math.sqrt(model.sigma2) * xi[k]);
	}

	/**
	 * For a sample: its states in turn and, in the shown plane, the lift's own law given the state, N(E[z|s], σ²A⁻¹), by
	 * exact Ornstein–Uhlenbeck steps, so that the particle follows the density that is drawn. Every other mode by its mean
	 * and width alone.
	 */
	private shake(model: MapModel, seconds: number, beat: boolean): void {
		if (beat) {
			this.marked = (this.marked + 1) % model.states.count;
			this.bits = stateOf(model, this.marked);
		}
		const size = model.modes.length;
		const xi = normals(size, this.noise, this.draws++);
		if (this.own?.length !== size) this.own = Float64Array.from(model.modes, (m) => m.mean);
		const before = this.own;
		const [soft, stiff] = planeModes(model);
		const at = statePositions(model, 5, new Float64Array(2 * model.states.count));
		this.own = Float64Array.from(model.modes, (m, k) => {
			const inPlane = k === soft ? model.soft : k === stiff ? model.stiff : null;
			const centre = inPlane ? at[2 * this.marked + (k === soft ? 0 : 1)] : m.mean;
			const variance = inPlane
				? model.sigma2 * (1 - model.beta * model.sigma2 * inPlane.coupling)
				: m.spread * m.spread;
			const keep = Math.exp((-seconds * PACE) / (model.beta * Math.max(1e-6, variance)));
			return centre + keep * (before[k] - centre) + Math.sqrt(variance * (1 - keep * keep)) * xi[k];
		});
		this.follow(model, this.own);
	}

	private follow(model: MapModel, modes: Float64Array): void {
		const name = `${model.n} ${model.mode}`;
		if (name !== this.plane) this.trail = [];
		this.plane = name;
		const [soft, stiff] = planeModes(model);
		if (soft < 0) return;
		this.trail.push(modes[soft], modes[stiff]);
		if (this.trail.length > 2 * TRAIL) this.trail.splice(0, this.trail.length - 2 * TRAIL);
	}

	private particle(model: MapModel): Float64Array {
		if (!model.machine || !model.exact)
			return this.own?.length === model.modes.length
				? this.own
				: Float64Array.from(model.modes, (m) => m.mean);
		const { frame } = model.machine;
		const at = this.z ?? stateOf(model, this.marked);
		return unitsToModes(
			frame,
			at.map((e) => e - 0.5)
		);
	}
}

/** Places in `MapModel.modes` of the chosen mode's soft and stiff coordinate; −1 where it is not among them. */
export function planeModes(model: Pick<MapModel, 'modes' | 'mode'>): [number, number] {
	const at = (kind: string) => model.modes.findIndex((m) => m.kind === kind && m.index === model.mode);
	return [at('soft'), at('stiff')];
}

/** The likeliest state, or the first of a sample. */
function likely(model: MapModel): number {
	const { weight } = model.states;
	let best = 0;
	for (let s = 1; s < weight.length; s++) if (weight[s] > weight[best] * (1 + 1e-9)) best = s;
	return best;
}
