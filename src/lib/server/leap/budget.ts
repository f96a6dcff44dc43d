// What may be spent in a day (UTC): QPU time, hybrid time and jobs. An estimate is put aside, on disk, before anything is
// sent, and replaced by the true time when the answer tells it; what is not known stays spent.
import * as v from 'valibot';
import type { LeapLimits } from './config';
import { LeapFailure } from './failure';
import type { StateFiles } from './stateFiles';

const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const Day = v.object({ day: v.string(), qpu: amount, hybrid: amount, jobs: amount });
export type Spent = v.InferOutput<typeof Day>;

/** µs of QPU time or seconds of hybrid time. */
export interface Cost {
	readonly kind: 'qpu' | 'hybrid';
	readonly amount: number;
}

const FILE = 'budget.json';
const dayOf = (now: number) => new Date(now).toISOString().slice(0, 10);

export class Budget {
	readonly #files: StateFiles;
	readonly #limits: LeapLimits;
	#last: Promise<unknown> = Promise.resolve();

	constructor(files: StateFiles, limits: LeapLimits) {
		this.#files = files;
		this.#limits = limits;
	}

	/** What was spent on the day of `now`. */
	spent(now: number): Promise<Spent> {
		return this.#alone(() => this.#read(now));
	}

	/** Puts `cost` aside. @returns the day it is counted on @throws LeapFailure when the day has not so much left */
	reserve(cost: Cost, now: number): Promise<string> {
		return this.#alone(async () => {
			const spent = await this.#read(now);
			if (spent.jobs + 1 > this.#limits.jobsPerDay)
				throw new LeapFailure(
					429,
					'over-budget',
					`This server sends ${this.#limits.jobsPerDay} problems a day at most, and today’s are used up.`
				);
			const most = cost.kind === 'qpu' ? this.#limits.qpuPerDay : this.#limits.hybridPerDay;
			const left = Math.max(0, most - spent[cost.kind]);
			if (cost.amount > left) {
				const [unit, what] = cost.kind === 'qpu' ? [1e6, 'QPU'] : [1, 'hybrid solver'];
				const say = (x: number) => `${Number((x / unit).toPrecision(3))} s`;
				throw new LeapFailure(
					429,
					'over-budget',
					`The problem would take about ${say(cost.amount)} of ${what} time; today’s budget has ${say(left)} left.`
				);
			}
			await this.#write({ ...spent, [cost.kind]: spent[cost.kind] + cost.amount, jobs: spent.jobs + 1 });
			return spent.day;
		});
	}

	/** Replaces what was put aside on `day` by what was used; nothing changes when that day is over. */
	correct(day: string, reserved: Cost, used: number, now: number): Promise<void> {
		return this.#alone(async () => {
			const spent = await this.#read(now);
			if (spent.day !== day) return;
			const { kind } = reserved;
			await this.#write({ ...spent, [kind]: Math.max(0, spent[kind] - reserved.amount + used) });
		});
	}

	async #read(now: number): Promise<Spent> {
		const fresh: Spent = { day: dayOf(now), qpu: 0, hybrid: 0, jobs: 0 };
		let kept: unknown;
		try {
			kept = await this.#files.read(FILE);
		} catch {
			throw unreadable();
		}
		if (kept === undefined) return fresh;
		const read = v.safeParse(Day, kept);
		// Taking a damaged file for an empty one would open the purse.
		if (!read.success) throw unreadable();
		return read.output.day === fresh.day ? read.output : fresh;
	}

	async #write(spent: Spent): Promise<void> {
		try {
			await this.#files.write(FILE, spent);
		} catch {
			throw new LeapFailure(
				503,
				'state',
				'The server cannot write its record of the budget: nothing is sent.'
			);
		}
	}

	/** One after the other: two jobs at once must not both take the last second. */
	#alone<T>(work: () => Promise<T>): Promise<T> {
		const next = this.#last.then(work, work);
		this.#last = next.catch(() => undefined);
		return next;
	}
}

const unreadable = () =>
	new LeapFailure(503, 'state', 'The server cannot read its record of the budget: nothing is sent.');
