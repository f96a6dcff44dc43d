// A clock for things that swing: seconds since it started, while it is in sight; at rest for who asks for less motion.
import { prefersReducedMotion } from 'svelte/motion';

export class Swing {
	seconds = $state(0);
	#frame = 0;

	/** Starts it; returns what stops it. Call in an effect. */
	run(): () => void {
		if (prefersReducedMotion.current) return () => {};
		let last = performance.now();
		const tick = (now: number) => {
			if (document.visibilityState === 'visible')
				this.seconds += Math.min(0.05, Math.max(0, (now - last) / 1000));
			last = now;
			this.#frame = requestAnimationFrame(tick);
		};
		this.#frame = requestAnimationFrame(tick);
		return () => cancelAnimationFrame(this.#frame);
	}
}
