// Random-scan Glauber dynamics as a sampler: at each update one of the N+M units, picked evenly, is redrawn from its
// conditional. Time is in updates a unit, so that each unit is redrawn once per unit time on average. One chain updates
// one unit at a time: nothing to batch, so this is plain code on one array a chain, in float64.
import { foldIn, type Key } from '../random/key';
import { philoxInto, uniformOf } from '../random/philox';
import { sigmoid, type Rbm } from '../theory/rbm';
import { couplingModes } from '../theory/reciprocal';
import type { Recorded, Sampler } from './relaxationMeasure';

/** Child of a point's key from which units and coins are drawn. */
const UPDATES = 12;
/** Ticks a unit of time: an eighth of a sweep's worth of updates at a go. */
const TICKS = 8;

export interface GlauberOptions {
	readonly rbm: Rbm;
	readonly beta: number;
	/** 0/1, [chains × (N+M)] */
	readonly states: Float32Array;
	readonly key: Key;
	readonly modes: number;
	readonly balanced: boolean;
	readonly start: Sampler['start'];
	/** most updates of all chains together */
	readonly updates: number;
}

/** Coordinates are wᵢ = (uᵢ·v + vᵢ·h)/√2, the soft modes. */
export function glauberSampler(options: GlauberOptions): Sampler {
	const { rbm, beta, key, modes, balanced, start, updates } = options;
	const { N, M, weights, visibleBias, hiddenBias } = rbm;
	const K = N + M;
	const chains = options.states.length / K;
	const states = Uint8Array.from(options.states);
	const shapes = softModes(rbm, modes);
	const own = foldIn(key, UPDATES);
	// updates so far of each chain, fractions carried over: K/TICKS need not be whole
	let done = 0;
	let time = 0;
	const words = new Uint32Array(4);

	function update(at: number, pick: number, coin: number) {
		const k = Math.floor(pick * K);
		let f: number;
		if (k < N) {
			f = visibleBias[k];
			for (let j = 0; j < M; j++) if (states[at + N + j]) f += weights[k * M + j];
		} else {
			f = hiddenBias[k - N];
			for (let i = 0; i < N; i++) if (states[at + i]) f += weights[i * M + k - N];
		}
		states[at + k] = coin < sigmoid(beta * f) ? 1 : 0;
	}

	return {
		tick: 1 / TICKS,
		unit: 'updates a unit',
		means: balanced ? shapes.map((s) => s.reduce((sum, e) => sum + e / 2, 0)) : null,
		start,
		sigma2: null,
		dt: null,
		interval: 2,
		budget: Math.floor((updates / chains / K) * TICKS),
		advance(ticks) {
			time += ticks / TICKS;
			const until = Math.round(time * K);
			for (let chain = 0; chain < chains; chain++) {
				for (let n = done; n < until; n++) {
					// two updates a block of four words
					if (n === done || n % 2 === 0) philoxInto(words, 0, n >>> 1, chain, 0, 0, own[0], own[1]);
					const from = 2 * (n & 1);
					update(chain * K, uniformOf(words[from]), uniformOf(words[from + 1]));
				}
			}
			done = until;
		},
		record(): Promise<Recorded> {
			const coordinates = shapes.map((shape) =>
				Float32Array.from({ length: chains }, (_, c) => {
					let sum = 0;
					for (let k = 0; k < K; k++) if (states[c * K + k]) sum += shape[k];
					return sum;
				})
			);
			return Promise.resolve({ coordinates, ahead: null });
		},
		dispose() {}
	};
}

/** (uᵢ, vᵢ)/√2 of the first modes, each N+M entries. */
export function softModes(rbm: Rbm, modes: number): Float64Array[] {
	const { u, v, singularValues } = couplingModes(rbm);
	const r = singularValues.length;
	return Array.from({ length: modes }, (_, m) =>
		Float64Array.from({ length: rbm.N + rbm.M }, (_, k) =>
			k < rbm.N ? u[k * r + m] * Math.SQRT1_2 : v[(k - rbm.N) * r + m] * Math.SQRT1_2
		)
	);
}
