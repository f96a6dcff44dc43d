// Time in a figure: a scrubber's place that plays, pauses and can be taken in the hand at any moment. While it plays the
// time is kept here; when it stops the chapter's state takes it over, and with it the link. Reduced motion: a few jumps.
import { prefersReducedMotion } from 'svelte/motion';

/** Seconds from the start to the horizon. */
const SECONDS = 9;
/** Jumps over the horizon, and seconds between them, for who asks for less motion. */
const JUMPS = 12;
const PAUSE = 0.9;

export class Playhead {
	playing = $state(false);
	#now = $state(0);
	#settled: () => number;
	#horizon: () => number;
	#commit: (time: number) => void;
	#frame = 0;

	/** the time to draw */
	readonly time: number = $derived.by(() =>
		Math.min(this.#horizon(), this.playing ? this.#now : this.#settled())
	);

	/**
	 * @param settled the time in the chapter's state
	 * @param horizon where time ends
	 * @param commit puts a time into the state
	 */
	constructor(settled: () => number, horizon: () => number, commit: (time: number) => void) {
		this.#settled = settled;
		this.#horizon = horizon;
		this.#commit = commit;
	}

	play(): void {
		if (this.playing) return;
		this.#now = this.#settled() >= this.#horizon() * 0.999 ? 0 : this.#settled();
		this.playing = true;
		let last = performance.now();
		let waited = 0;
		const tick = (at: number) => {
			if (!this.playing) return;
			const seconds = Math.min(0.1, Math.max(0, (at - last) / 1000));
			last = at;
			waited += seconds;
			if (!prefersReducedMotion.current) this.#now += (seconds / SECONDS) * this.#horizon();
			else if (waited >= PAUSE) {
				waited = 0;
				this.#now += this.#horizon() / JUMPS;
			}
			if (this.#now >= this.#horizon()) {
				this.#now = this.#horizon();
				this.pause();
				return;
			}
			this.#frame = requestAnimationFrame(tick);
		};
		this.#frame = requestAnimationFrame(tick);
	}

	pause(): void {
		if (!this.playing) return;
		cancelAnimationFrame(this.#frame);
		this.#commit(Number(this.#now.toPrecision(4)));
		this.playing = false;
	}

	/** Takes time in the hand. */
	seek(time: number): void {
		cancelAnimationFrame(this.#frame);
		this.playing = false;
		this.#commit(time);
	}

	/** Stops without keeping the time: the step has changed. */
	stop(): void {
		cancelAnimationFrame(this.#frame);
		this.playing = false;
	}
}
