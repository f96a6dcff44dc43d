// Measures one relaxation time: records the mode coordinates of many stationary chains at equal intervals, doubles the
// interval while they are too close together for the memory seen, and fits. What moves the chains is a `Sampler`.
import { laggedProducts, relaxationTime, type RelaxationTime } from '../theory/relaxationTime';

/** Chains under one dynamics, at their start in the stationary law. */
export interface Sampler {
	/** duration of one tick in the dynamics' own clock */
	readonly tick: number;
	readonly unit: 'Langevin time' | 'sweeps' | 'updates a unit';
	/** mode coordinates are about these means where theory knows them */
	readonly means: readonly number[] | null;
	readonly start: 'exact' | 'burn-in';
	/** σ² in force, and step of the scheme */
	readonly sigma2: number | null;
	readonly dt: number | null;
	/** ticks between records to begin with: an eighth of the shortest memory expected */
	readonly interval: number;
	/** most ticks that the budget of a point allows */
	readonly budget: number;
	advance(ticks: number): void;
	/** each followed mode's coordinate of every chain; `ahead` as well, where there is one */
	record(): Promise<Recorded>;
	dispose(): void;
}

export interface Recorded {
	/** [mode][chain] */
	readonly coordinates: readonly Float32Array[];
	/**
	 * the mean of the coordinate one tick on, given the state now; null where it is not known. Its products are those of
	 * the coordinate one tick further apart, with less noise: at weak coupling they alone show so short a memory
	 */
	readonly ahead: readonly Float32Array[] | null;
}

/** Records kept of a chain, and the longest lag among them. */
export const RECORDS = 48;
const LAGS = 32;
/** ρ that the longest lag must have fallen to before the run may end. */
const DECAYED = 0.15;
/** With means one tick ahead the noise is less, and the line may go on to smaller ρ, past the faster modes. */
const AHEAD_LOW = 0.03;

export interface Measured {
	readonly times: readonly RelaxationTime[];
	/** lag times in the own clock */
	readonly lags: Float64Array;
	readonly chains: number;
	readonly records: number;
	/** time between records */
	readonly interval: number;
}

/**
 * Runs a sampler until its top mode has forgotten, or its budget is spent. `pause` is awaited between records and may
 * throw to cancel.
 */
export async function measure(sampler: Sampler, pause: () => Promise<void>): Promise<Measured> {
	let records: Recorded[] = [await sampler.record()];
	let interval = Math.max(1, Math.round(sampler.interval));
	let spent = 0;
	for (;;) {
		while (records.length < RECORDS && spent + interval <= sampler.budget) {
			sampler.advance(interval);
			spent += interval;
			records.push(await sampler.record());
			await pause();
		}
		const found = analyse(sampler, records, interval);
		const rho = found.times[0].rho;
		if (rho[rho.length - 1] <= DECAYED || spent + interval > sampler.budget) return found;
		// still remembered at the longest lag: every other record is enough
		records = records.filter((_, k) => k % 2 === 0);
		interval *= 2;
	}
}

function analyse(sampler: Sampler, records: readonly Recorded[], interval: number): Measured {
	const lags = Math.max(1, Math.min(LAGS, records.length - 1));
	const step = interval * sampler.tick;
	const { means } = sampler;
	const ahead = records.every((r) => r.ahead !== null);
	const own = Float64Array.from({ length: lags + 1 }, (_, k) => k * step);
	// with means one tick ahead: lag 0, then one tick and whole intervals beyond
	const times = ahead ? Float64Array.of(0, ...own.map((t) => t + sampler.tick)) : own;
	const found = records[0].coordinates.map((_, mode) => {
		const mean = means ? means[mode] : undefined;
		const blocks = laggedProducts(
			records.map((r) => r.coordinates[mode]),
			ahead ? 0 : lags,
			mean
		);
		if (!ahead) return relaxationTime({ times, blocks });
		const further = laggedProducts(
			records.map((r) => r.ahead![mode]),
			lags,
			mean
		);
		const joined = blocks.map((block, b) => Float64Array.of(block[0], ...further[b]));
		return relaxationTime({ times, blocks: joined }, { low: AHEAD_LOW });
	});
	const chains = records[0].coordinates[0].length;
	return { times: found, lags: times, chains, records: records.length, interval: step };
}
