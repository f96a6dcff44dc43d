// The page's copy of a run's records, in columns that charts can draw as they are. Thinned by half when it grows
// too long, so that a run of days keeps a bounded memory.
import type { ClosureRecord, Monitors, RunRecord } from './protocol';

/** Most records kept; beyond this every second one is dropped. */
const MOST = 4000;

export type MonitorName = keyof Monitors;

export class RecordTable {
	/** gradient steps of the records, rising */
	step: number[] = [];
	epoch: number[] = [];
	lambdaMax: number[] = [];
	sigma2: number[] = [];
	/** singular values, one column a followed mode */
	singularValues: number[][] = [];
	monitors = new Map<MonitorName, number[]>();
	/** κ of the closure that was computed, stiff and soft, one column a followed mode; NaN between two looks */
	stiff: number[][] = [];
	soft: number[][] = [];
	closure: ClosureRecord | null = null;
	last: RunRecord | null = null;

	get length(): number {
		return this.step.length;
	}

	/** One monitor's column; empty when nothing is recorded. */
	monitor(name: MonitorName): readonly number[] {
		return this.monitors.get(name) ?? [];
	}

	/** Index of the followed modes by falling present singular value. */
	ranking(): number[] {
		const values = this.last?.singularValues;
		if (!values) return [];
		return [...values.keys()].sort((a, b) => values[b] - values[a]);
	}

	add(record: RunRecord): void {
		this.last = record;
		// A record made anew at the same step (new σ², say) replaces the old one.
		if (this.step.at(-1) === record.step) this.#drop(this.length - 1);
		this.step.push(record.step);
		this.epoch.push(record.epoch);
		this.lambdaMax.push(record.lambdaMax);
		this.sigma2.push(record.lift.sigma2);
		record.singularValues.forEach((value, k) => (this.singularValues[k] ??= []).push(value));
		this.#addClosure(record);
		for (const [name, value] of Object.entries(record.monitors) as [MonitorName, number][]) {
			const column = this.monitors.get(name) ?? [];
			column.push(value);
			this.monitors.set(name, column);
		}
		if (this.length > MOST) this.#thin();
	}

	/** Drops the records after `step`. */
	rewind(step: number): void {
		let keep = this.length;
		while (keep > 0 && this.step[keep - 1] > step) keep--;
		this.#drop(keep);
	}

	/** Curvatures come by rank; they are kept by followed mode, like the singular values. */
	#addClosure({ closure, singularValues }: RunRecord) {
		if (closure) {
			// Another closure's curvatures do not continue this one's.
			if (this.closure && this.closure.name !== closure.name)
				for (const column of [...this.stiff, ...this.soft]) column.fill(NaN);
			this.closure = closure;
		}
		const order = [...singularValues.keys()].sort((a, b) => singularValues[b] - singularValues[a]);
		order.forEach((mode, rank) => {
			(this.stiff[mode] ??= []).push(closure?.stiff[rank] ?? NaN);
			(this.soft[mode] ??= []).push(closure?.soft[rank] ?? NaN);
		});
	}

	#columns(): number[][] {
		return [
			this.step,
			this.epoch,
			this.lambdaMax,
			this.sigma2,
			...this.singularValues,
			...this.stiff,
			...this.soft,
			...this.monitors.values()
		];
	}

	#drop(length: number) {
		for (const column of this.#columns()) column.length = length;
	}

	#thin() {
		for (const column of this.#columns()) {
			let to = 0;
			for (let i = 0; i < column.length; i++) if (i % 2 === 0) column[to++] = column[i];
			column.length = to;
		}
	}
}
