// Plays the map: drives progress in time, forwards and backwards, eased within each stage with a rest after it, and
// glides to a stage that is asked for. Interruptible at any moment. Stepped, it jumps from stage to stage.
import { progressAt, STAGES, timeAt } from './mapStages';

/** Seconds that a stage takes, its rest included. */
const STAGE_SECONDS = 5;
/** Seconds of a glide to the next stage; longer ways take longer, up to three times as much. */
const GLIDE = 0.9;
/** How far the progress kept outside may be from the player's own, and still be the same. */
const ROUNDING = 0.02;

export class MapPlayer {
	/** 1 forwards, −1 backwards, 0 at rest */
	running = $state<-1 | 0 | 1>(0);
	stepped = $state(false);
	/** at the end, go back quickly and start again */
	loop = $state(false);

	#glide: { from: number; to: number; seconds: number; done: number; then: -1 | 0 | 1 } | null =
		$state.raw(null);
	#since = 0;
	/** time of the tour, in stages; null until it runs */
	#clock: number | null = null;

	/** True while progress changes by itself. */
	get busy(): boolean {
		return this.running !== 0 || this.#glide !== null;
	}

	/** Starts, turns round or stops. Played at the end it starts from the beginning. @returns the progress to show now */
	run(direction: -1 | 0 | 1, progress: number): number {
		this.#glide = null;
		this.#since = 0;
		this.#clock = null;
		if (this.stepped) {
			this.running = 0;
			if (direction === 0) return progress;
			if (direction > 0) return progress >= STAGES ? 0 : Math.floor(progress + 1e-9) + 1;
			return Math.max(0, Math.ceil(progress - 1e-9) - 1);
		}
		this.running = direction;
		return direction > 0 && progress >= STAGES ? 0 : progress;
	}

	/** Goes to a stage's pose. @returns the progress to show now */
	goTo(stage: number, progress: number): number {
		this.running = 0;
		if (this.stepped) return stage;
		this.#glide = this.#way(progress, stage, 0);
		return progress;
	}

	/** The visitor took the slider: whatever ran is over. */
	interrupt(): void {
		this.running = 0;
		this.#glide = null;
	}

	/** Progress after so many more seconds. */
	advance(progress: number, seconds: number): number {
		const glide = this.#glide;
		if (glide) {
			const done = Math.min(1, glide.done + seconds / glide.seconds);
			const eased = done * done * (3 - 2 * done);
			this.#glide = done < 1 ? { ...glide, done } : null;
			if (done >= 1) this.running = glide.then;
			return glide.from + (glide.to - glide.from) * eased;
		}
		if (this.running === 0) return progress;
		const atEnd = this.running > 0 ? progress >= STAGES : progress <= 0;
		if (atEnd) {
			this.#since += seconds;
			if (this.running < 0 || !this.loop) this.running = 0;
			else if (this.#since > STAGE_SECONDS) {
				this.#since = 0;
				this.#clock = null;
				this.#glide = this.#way(progress, 0, 1);
			}
			return progress;
		}
		this.#clock ??= timeAt(progress);
		// Its own clock, unless progress was moved meanwhile: whoever keeps progress may round it.
		if (Math.abs(progressAt(this.#clock) - progress) > ROUNDING) this.#clock = timeAt(progress);
		this.#clock += (this.running * seconds) / STAGE_SECONDS;
		return progressAt(this.#clock);
	}

	#way(from: number, to: number, then: -1 | 0 | 1) {
		const seconds = GLIDE * Math.min(3, Math.max(0.6, Math.sqrt(Math.abs(to - from))));
		return { from, to, seconds, done: 0, then };
	}
}
