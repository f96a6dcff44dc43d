// Where a visitor is in a chapter: steps keep what was done in them, undo takes gestures back, and questions hide answers.
import { describe, expect, it } from 'vitest';
import chapter from '../../src/lib/story/chapters/01-binary-units/chapter';
import { stateOf } from '../../src/lib/story/link';
import { Reading } from '../../src/lib/story/reading.svelte';

const weights = chapter.steps.findIndex((s) => s.id === 'weights');

describe('a reading', () => {
	it('begins at the first step as it was written', () => {
		const reading = new Reading(chapter);
		expect(reading.state).toEqual(stateOf(chapter, chapter.steps[0]));
		expect(reading.canUndo).toBe(false);
		expect(reading.changed).toBe(false);
		reading.close();
	});

	it('keeps each step as it was left, and gives the next one as it was written', () => {
		const reading = new Reading(chapter);
		reading.go(1);
		reading.set({ coupling: 3.5 });
		reading.go(2);
		expect(reading.state).toEqual(stateOf(chapter, chapter.steps[2]));
		reading.go(1);
		expect(reading.state.coupling).toBe(3.5);
		expect(reading.changed).toBe(true);
		reading.reset();
		expect(reading.changed).toBe(false);
		reading.undo();
		expect(reading.state.coupling).toBe(3.5);
		reading.close();
	});

	it('undoes a drag in one go, another control in another, and goes back to where it was', () => {
		const reading = new Reading(chapter);
		reading.go(1);
		for (const coupling of [2.1, 2.2, 2.3]) reading.set({ coupling });
		reading.set({ units: '1111111' });
		reading.go(3);
		reading.undo();
		expect(reading.index).toBe(1);
		expect(reading.state.coupling).toBe(2.3);
		reading.undo();
		expect(reading.state).toEqual(stateOf(chapter, chapter.steps[1]));
		expect(reading.canUndo).toBe(false);
		reading.undo();
		reading.close();
	});

	it('lights the term of the control that was moved', () => {
		const reading = new Reading(chapter);
		reading.go(1);
		reading.set({ coupling: 3 });
		expect(reading.hot).toBe('W');
		reading.light(null);
		expect(reading.hot).toBeNull();
		reading.close();
	});

	it('hides the answer until a guess or “show me”, and asks again on wish', () => {
		const reading = new Reading(chapter);
		expect(reading.revealed).toBe(true);
		reading.go(weights);
		expect(reading.revealed).toBe(false);
		reading.answer({ kind: 'choice', option: 'lowest' });
		expect(reading.revealed).toBe(true);
		expect(reading.kept?.guess).toEqual({ kind: 'choice', option: 'lowest' });
		reading.answer(undefined);
		expect(reading.revealed).toBe(false);
		reading.answer(null);
		expect(reading.revealed).toBe(true);
		expect(reading.kept?.guess).toBeNull();
		reading.close();
	});

	it('does not leave the chapter at either end', () => {
		const reading = new Reading(chapter);
		reading.go(-1);
		reading.go(chapter.steps.length);
		expect(reading.index).toBe(0);
		reading.close();
	});
});
