// Numbers that move to where they belong instead of jumping there; at once for who asks for less motion.
import { cubicOut } from 'svelte/easing';
import { prefersReducedMotion, Tween } from 'svelte/motion';

/**
 * A number that follows `value`: read `.current`. Interrupted at any time by the next value. Call while a component is
 * made.
 * @param duration milliseconds
 */
export function movingNumber(value: () => number, duration = 400): Tween<number> {
	return Tween.of(value, {
		easing: cubicOut,
		duration: () => (prefersReducedMotion.current ? 0 : duration)
	});
}

/** The same for a list of numbers; a change of its length is taken over at once. */
export function movingNumbers(value: () => readonly number[], duration = 400): Tween<readonly number[]> {
	return Tween.of(value, {
		easing: cubicOut,
		duration: () => (prefersReducedMotion.current ? 0 : duration),
		interpolate: (from, to) => (t) =>
			from.length === to.length ? to.map((x, i) => from[i] + (x - from[i]) * t) : to
	});
}
