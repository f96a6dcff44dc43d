// A place in a chapter survives its link; whatever else a link holds, a valid step and state come of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packText } from '../../src/lib/scene/codec';
import chapter from '../../src/lib/story/chapters/01-binary-units/chapter';
import { decodePlace, encodePlace, sameState, stateOf } from '../../src/lib/story/link';

const written = stateOf(chapter, chapter.steps[1]);

describe('a link to a step', () => {
	it('is the step’s id alone while nothing was changed', async () => {
		expect(await encodePlace(chapter, 1, written)).toBe('energy');
		expect(await decodePlace(chapter, '#energy')).toEqual({ step: 1, state: written, problem: null });
		expect(await decodePlace(chapter, '')).toMatchObject({ step: 0, problem: null });
	});

	it('carries what was changed, and only that, there and back', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.record({
					units: fc.stringMatching(/^[01]{7}$/),
					beta: fc.double({ min: 0, max: 3, noNaN: true }),
					coupling: fc.double({ min: 0, max: 4, noNaN: true })
				}),
				async (changed) => {
					const state = { ...written, ...changed, beta: changed.beta + 0, coupling: changed.coupling + 0 };
					const hash = await encodePlace(chapter, 1, state);
					expect(hash.length).toBeLessThan(200);
					const place = await decodePlace(chapter, `#${hash}`);
					expect(place.problem).toBeNull();
					expect(place.step).toBe(1);
					expect(sameState(place.state, state)).toBe(true);
				}
			),
			{ numRuns: 60, seed: 5 }
		);
	});

	it('says which part cannot be read, and shows the step as it was written', async () => {
		expect(await decodePlace(chapter, '#nowhere')).toMatchObject({ step: 0, problem: 'step' });
		const bad = [
			'energy~garbage!',
			'energy~1zabcd',
			`energy~${await packText('[1,2]', 1)}`,
			`energy~${await packText('{"beta":99}', 1)}`,
			`energy~${await packText('{"units":"abc"}', 1)}`,
			`energy~${'A'.repeat(10_000)}`
		];
		for (const hash of bad)
			expect(await decodePlace(chapter, hash)).toEqual({ step: 1, state: written, problem: 'state' });
	});

	it('whose text was changed on its way is not trusted', async () => {
		const hash = await encodePlace(chapter, 1, { ...written, beta: 2.5 });
		const at = hash.indexOf('~') + 3;
		const other = hash.slice(0, at) + (hash[at] === 'A' ? 'B' : 'A') + hash.slice(at + 1);
		expect((await decodePlace(chapter, other)).problem).toBe('state');
	});

	it('leaves fields aside that the chapter does not know', async () => {
		const packed = await packText('{"beta":2,"spell":1,"__proto__":{"units":"x"}}', 1);
		const place = await decodePlace(chapter, `#energy~${packed}`);
		expect(place.problem).toBeNull();
		expect(place.state).toEqual({ ...written, beta: 2 });
	});

	it('never throws, whatever it holds', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ maxLength: 60 }), async (text) => {
				const place = await decodePlace(chapter, text);
				expect(chapter.steps[place.step]).toBeDefined();
			}),
			{ numRuns: 100, seed: 6 }
		);
	});
});
