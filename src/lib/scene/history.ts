// Undo and redo: a list of Scenes with one of them present. Pure functions; the caller keeps the History and the time.
import { sameScene } from './flat';
import type { Scene } from './schema';

/** Changes of one tag that follow each other faster than this, in milliseconds, are undone together. */
export const COALESCE_MS = 1000;
/** How many Scenes can be gone back. */
export const MAX_PAST = 200;

export interface History {
	/** oldest first */
	readonly past: readonly Scene[];
	readonly present: Scene;
	/** next to be redone first */
	readonly future: readonly Scene[];
	/** what the last change was a part of, e.g. the path of the field being dragged; null: nothing goes on */
	readonly tag: string | null;
	/** when the last change was, in milliseconds */
	readonly changedAt: number;
}

/** A history that begins with this Scene. */
export function startHistory(scene: Scene): History {
	return { past: [], present: scene, future: [], tag: null, changedAt: -Infinity };
}

/**
 * Makes `next` the present Scene. With the tag of the change before it, and within COALESCE_MS of it, the two are one
 * entry. A Scene equal to the present one changes nothing. A new change ends what could be redone.
 * @param tag names the gesture, e.g. a field's path; null is never joined to another change
 * @param now milliseconds on any clock that does not go back
 */
export function change(history: History, next: Scene, tag: string | null, now: number): History {
	const { past, present } = history;
	if (sameScene(present, next)) return history;
	const goesOn = tag !== null && tag === history.tag && now - history.changedAt <= COALESCE_MS;
	if (!goesOn)
		return { past: [...past, present].slice(-MAX_PAST), present: next, future: [], tag, changedAt: now };
	// dragged back to where it began: no entry is left that would undo to the same
	const back = past.length > 0 && sameScene(past[past.length - 1], next);
	return {
		past: back ? past.slice(0, -1) : past,
		present: next,
		future: [],
		tag: back ? null : tag,
		changedAt: now
	};
}

/** Ends a gesture (a slider let go): the next change is an entry of its own. */
export function settle(history: History): History {
	return history.tag === null ? history : { ...history, tag: null };
}

export function canUndo({ past }: History): boolean {
	return past.length > 0;
}

export function canRedo({ future }: History): boolean {
	return future.length > 0;
}

/** One entry back; the same history if there is none. */
export function undo(history: History): History {
	const { past, present, future } = history;
	if (past.length === 0) return history;
	return {
		...history,
		past: past.slice(0, -1),
		present: past[past.length - 1],
		future: [present, ...future],
		tag: null
	};
}

/** One entry forward; the same history if there is none. */
export function redo(history: History): History {
	const { past, present, future } = history;
	if (future.length === 0) return history;
	return { ...history, past: [...past, present], present: future[0], future: future.slice(1), tag: null };
}
