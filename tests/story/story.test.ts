// The story's data holds together: both languages say the same things, every step has its words and a valid state, every
// equation compiles, every glossary reference is defined, and every test that is named exists. For all listed chapters.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { englishCharts } from '../../src/lib/charts/words';
import type { Chapter, ChapterText } from '../../src/lib/story/chapter';
import { repairScene } from '../../src/lib/scene/validate';
import { contents } from '../../src/lib/story/contents';
import { stateOf } from '../../src/lib/story/link';
import {
	equationsOf,
	glossaryOf,
	languages,
	referencesOf,
	sentencesOf,
	textOf,
	typesetChapter,
	uiOf
} from '../../src/lib/story/texts.server';
import { typeset, typesetProse } from '../../src/lib/story/typeset.server';

/** Paths of all strings in a tree of words, lists by their length. */
function keys(node: unknown, at = ''): string[] {
	if (typeof node === 'string') return [at];
	if (Array.isArray(node)) return node.flatMap((n, k) => keys(n, `${at}[${k}]`));
	return Object.entries(node as object).flatMap(([name, n]) => keys(n, `${at}.${name}`));
}
/** The {names} in a sentence, sorted. */
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
const strings = (node: unknown): string[] =>
	typeof node === 'string' ? [node] : Object.values(node as object).flatMap(strings);

describe('the frame’s words', () => {
	it('are the same in both languages, with the same placeholders', () => {
		const [en, es] = [uiOf('en'), uiOf('es')];
		expect(keys(es)).toEqual(keys(en));
		expect(strings(es).map(holes)).toEqual(strings(en).map(holes));
	});
	it('are in English those that charts know by themselves', () => {
		expect(uiOf('en').charts).toEqual(englishCharts);
	});
});

describe('the contents', () => {
	it('are in order, each chapter once', () => {
		const numbers = contents.map((e) => e.number);
		expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
		expect(new Set(contents.map((e) => e.id)).size).toBe(contents.length);
	});
	it('ask for guesses at five places or more', async () => {
		const all = await Promise.all(contents.map((e) => e.load()));
		const questions = all.flatMap(({ default: c }) =>
			c.steps.filter((s: { prediction?: unknown }) => s.prediction)
		);
		expect(questions.length).toBeGreaterThanOrEqual(Math.min(5, contents.length));
	});
});

describe('mathematics in texts', () => {
	it('is typeset with its terms marked and coloured', () => {
		const html = typeset('a\\,\\term{w}{w^2}', [{ id: 'w', quantity: 'soft' }]);
		expect(html).toContain('data-term="w" data-quantity="soft"');
		expect(html).toContain('<math');
		expect(html).not.toContain('<annotation');
	});
	it('fails loudly: unknown terms, broken TeX, an open $', () => {
		expect(() => typeset('\\term{w}{w}')).toThrow('"w"');
		expect(() => typeset('\\frac{1}')).toThrow();
		expect(() => typesetProse('costs 5 $ and more')).toThrow('$');
	});
});

describe.each(contents)('$file', (entry) => {
	let chapter: Chapter<Record<string, unknown>>;
	let en: ChapterText;
	beforeAll(async () => {
		chapter = (await entry.load()).default;
		en = textOf('en', entry.file);
	});

	it('has the id of its address, and steps with ids of their own', () => {
		expect(chapter.id).toBe(entry.id);
		const ids = chapter.steps.map((s) => s.id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
	});

	it('has words for every step and no others, with the same keys and placeholders in both languages', () => {
		const es = textOf('es', entry.file);
		expect(Object.keys(en.steps).sort()).toEqual(chapter.steps.map((s) => s.id).sort());
		expect(keys(es)).toEqual(keys(en));
		// {glossary-id} after ] is no placeholder
		expect(strings(es.figure).map(holes)).toEqual(strings(en.figure).map(holes));
		for (const text of [...strings(en), ...strings(es)]) expect(text.trim()).not.toBe('');
		expect(es.title).not.toBe(en.title);
	});

	it('asks in words what it asks in data', () => {
		for (const step of chapter.steps) {
			const { ask } = en.steps[step.id];
			expect(Boolean(ask), step.id).toBe(Boolean(step.prediction));
			if (step.prediction?.kind === 'choice') {
				expect(Object.keys(ask?.options ?? {}).sort()).toEqual([...step.prediction.options].sort());
				expect(step.prediction.options).toContain(step.prediction.answer(stateOf(chapter, step)));
			}
			if (step.prediction?.kind === 'value') {
				const answer = step.prediction.answer(stateOf(chapter, step));
				expect(answer, step.id).toBeGreaterThanOrEqual(step.prediction.min);
				expect(answer, step.id).toBeLessThanOrEqual(step.prediction.max);
				expect(ask?.y).toBeTruthy();
			}
			if (step.prediction?.kind === 'curve') {
				const y = step.prediction.answer(stateOf(chapter, step));
				expect(y.length).toBe(step.prediction.x.length);
				expect(y.every(Number.isFinite), step.id).toBe(true);
				expect(ask?.x && ask?.y).toBeTruthy();
			}
		}
	});

	it('starts, and stands at every step, in a state that its schema allows', () => {
		for (const step of chapter.steps) {
			const result = v.safeParse(chapter.schema, stateOf(chapter, step));
			expect(result.success ? [] : result.issues.map((i) => i.message), step.id).toEqual([]);
			if (result.success) expect(result.output).toEqual(stateOf(chapter, step));
			for (const field of step.controls) expect(Object.keys(chapter.start), step.id).toContain(field);
		}
		for (const field of Object.keys(chapter.lights ?? {}))
			expect(Object.keys(chapter.start)).toContain(field);
	});

	it('names tests that exist, and says where each figure comes from', () => {
		for (const step of chapter.steps) {
			expect(step.test, step.id).toMatch(/^tests\/.+\.(test|spec)\.ts$/);
			expect(existsSync(resolve(step.test)), step.test).toBe(true);
			expect(step.source.where.trim(), step.id).not.toBe('');
		}
	});

	it('can be typeset in both languages: equations, terms, inline mathematics', () => {
		for (const language of languages) {
			const page = typesetChapter(language, entry, chapter);
			expect(page.steps.length).toBe(chapter.steps.length);
			for (const step of page.steps) expect(step.body.length, step.id).toBeGreaterThan(0);
		}
		const used = new Set(chapter.steps.flatMap((s) => s.equations ?? []));
		const formulas = equationsOf(entry.file);
		expect([...used].sort()).toEqual(Object.keys(formulas).sort());
		const terms = new Set(Object.values(formulas).flatMap((e) => e.terms.map((t) => t.id)));
		for (const term of terms) expect(Object.keys(en.terms)).toContain(term);
		for (const term of Object.values(chapter.lights ?? {})) expect([...terms]).toContain(term);
		for (const e of Object.values(formulas))
			for (const t of e.terms) expect(e.tex, `term "${t.id}"`).toContain(`\\term{${t.id}}`);
	});

	it('refers only to glossary entries that some chapter defines', () => {
		for (const language of languages) {
			const known = glossaryOf(language);
			for (const id of referencesOf(textOf(language, entry.file))) expect([...known.keys()]).toContain(id);
		}
	});

	it('opens in the Lab in a Scene that needs no repair', () => {
		for (const step of chapter.steps) {
			const scene = chapter.lab?.(stateOf(chapter, step));
			if (scene) expect(repairScene(scene, []).repairs, step.id).toEqual([]);
		}
	});

	it('is written in sentences that end', () => {
		for (const language of languages)
			for (const sentence of sentencesOf(textOf(language, entry.file)))
				expect(sentence, sentence).not.toMatch(/ {2}|\s$/);
	});
});
