// Undo and redo against a plain model: a list of Scenes and a place in it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	canRedo,
	canUndo,
	change,
	COALESCE_MS,
	MAX_PAST,
	redo,
	settle,
	startHistory,
	undo,
	type History
} from '../../src/lib/scene/history';
import { defaultScene, type Scene } from '../../src/lib/scene/schema';

const seeded = (seed: number): Scene => ({ ...defaultScene, seed });
const apart = 10 * COALESCE_MS;

describe('history', () => {
	it('goes back and forth over any changes', () => {
		const commands = fc.array(
			fc.oneof(
				fc.record({ do: fc.constant('change' as const), seed: fc.integer({ min: 0, max: 5 }) }),
				fc.record({ do: fc.constant('undo' as const) }),
				fc.record({ do: fc.constant('redo' as const) })
			),
			{ maxLength: 60 }
		);
		fc.assert(
			fc.property(commands, (list) => {
				let history = startHistory(seeded(0));
				let model = [0];
				let at = 0;
				list.forEach((command, i) => {
					if (command.do === 'change') {
						history = change(history, seeded(command.seed), null, i);
						if (command.seed !== model[at]) {
							model = [...model.slice(0, at + 1), command.seed];
							at++;
						}
					} else if (command.do === 'undo') {
						history = undo(history);
						at = Math.max(0, at - 1);
					} else {
						history = redo(history);
						at = Math.min(model.length - 1, at + 1);
					}
					expect(history.present.seed).toBe(model[at]);
					expect(history.past.map((s) => s.seed)).toEqual(model.slice(0, at));
					expect(history.future.map((s) => s.seed)).toEqual(model.slice(at + 1));
					expect([canUndo(history), canRedo(history)]).toEqual([at > 0, at < model.length - 1]);
				});
			})
		);
	});

	it('undoes everything to the start and redoes everything to the end', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 }), (seeds) => {
				const end = seeds.reduce(
					(h, seed, i) => change(h, seeded(seed), seed % 2 ? 'seed' : null, i * 400),
					startHistory(seeded(0))
				);
				let h: History = end;
				let steps = 0;
				for (; canUndo(h); steps++) h = undo(h);
				expect(h.present.seed).toBe(0);
				while (steps-- > 0) h = redo(h);
				expect(h.present).toEqual(end.present);
				expect(h.past).toEqual(end.past);
			})
		);
	});

	it('joins the changes of one drag into one entry', () => {
		let h = startHistory(seeded(0));
		for (let i = 1; i <= 50; i++) h = change(h, seeded(i), 'seed', 16 * i);
		expect(h.past).toHaveLength(1);
		expect(undo(h).present.seed).toBe(0);
		expect(redo(undo(h)).present.seed).toBe(50);
	});

	it('begins a new entry for another tag, after a pause, when let go, after undo, and without a tag', () => {
		const first = change(startHistory(seeded(0)), seeded(1), 'seed', 0);
		expect(change(first, seeded(2), 'beta', 1).past).toHaveLength(2);
		expect(change(first, seeded(2), 'seed', COALESCE_MS).past).toHaveLength(1);
		expect(change(first, seeded(2), 'seed', apart).past).toHaveLength(2);
		expect(change(settle(first), seeded(2), 'seed', 1).past).toHaveLength(2);
		expect(change(change(first, seeded(2), null, 1), seeded(3), null, 2).past).toHaveLength(3);
		const back = undo(change(first, seeded(2), 'beta', 1));
		expect(change(back, seeded(3), 'beta', 2).past).toHaveLength(2);
	});

	it('keeps no entry for a drag that ends where it began', () => {
		let h = change(startHistory(seeded(0)), seeded(1), null, 0);
		for (const [i, seed] of [2, 3, 1].entries()) h = change(h, seeded(seed), 'seed', apart + i);
		expect(h.present.seed).toBe(1);
		expect(h.past.map((s) => s.seed)).toEqual([0]);
	});

	it('leaves the history as it is for an equal Scene, redo included', () => {
		const h = undo(change(startHistory(seeded(0)), seeded(1), null, 0));
		expect(change(h, structuredClone(seeded(0)), null, apart)).toBe(h);
		expect(undo(h)).toBe(h);
		expect(redo(redo(h))).toEqual(redo(h));
		expect(settle(h)).toBe(h);
	});

	it('forgets the oldest beyond its length', () => {
		let h = startHistory(seeded(0));
		for (let i = 1; i <= MAX_PAST + 50; i++) h = change(h, seeded(i), null, i * apart);
		expect(h.past).toHaveLength(MAX_PAST);
		expect(h.past[0].seed).toBe(50);
	});
});
