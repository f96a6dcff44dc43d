// How fast a run goes: steps a second over the last second and a half, and what is left at that pace.

/** Stretch of time that the pace is taken over, and the least that says something, in milliseconds. */
const OVER_MS = 1500;
const LEAST_MS = 100;

export class Speedometer {
	#marks: { at: number; step: number }[] = [];

	/** Forgets the pace: the run stood, or goes elsewhere. */
	reset(): void {
		this.#marks = [];
	}

	/** The pace at `step`, and the seconds left to `goal`; NaN while unknown, and past the goal. */
	read(step: number, goal: number): { rate: number; secondsLeft: number } {
		const now = performance.now();
		this.#marks.push({ at: now, step });
		while (this.#marks.length > 2 && now - this.#marks[0].at > OVER_MS) this.#marks.shift();
		const first = this.#marks[0];
		const rate = now - first.at > LEAST_MS ? ((step - first.step) * 1000) / (now - first.at) : NaN;
		return { rate, secondsLeft: rate > 0 && goal > step ? (goal - step) / rate : NaN };
	}
}
