// Finds the texts and equations of the story on the server, by language and chapter, and makes of them what the pages
// show.
import { contents, type Entry } from './contents';
import type { Chapter, ChapterText, Equation, GlossaryEntry } from './chapter';
import type { Piece } from './prose';
import { parseProse } from './prose';
import { typeset, typesetProse } from './typeset.server';
import type { ChapterLine, TypesetChapter, TypesetEquation, TypesetGloss, TypesetStep } from './typeset';
import type { Ui } from './ui';

export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

const texts = import.meta.glob<ChapterText>('./text/*/[0-9]*.ts', { eager: true, import: 'default' });
const frames = import.meta.glob<Ui>('./text/*/ui.ts', { eager: true, import: 'default' });
const equations = import.meta.glob<Record<string, Equation>>('./equations/*.ts', {
	eager: true,
	import: 'default'
});

/** A language as the addresses name it: English has no part of its own. */
export function paramOf(language: Language): 'es' | undefined {
	return language === 'en' ? undefined : language;
}

/** Reads "es" as Spanish and everything else as English. */
export function languageOf(param: string | undefined): Language {
	return param === 'es' ? 'es' : 'en';
}

/** The words of the frame. */
export function uiOf(language: Language): Ui {
	return frames[`./text/${language}/ui.ts`];
}

/** A chapter's words. @throws Error when the file is missing */
export function textOf(language: Language, file: string): ChapterText {
	const text = texts[`./text/${language}/${file}.ts`];
	if (!text) throw new Error(`There is no text/${language}/${file}.ts.`);
	return text;
}

/** A chapter's equations; none when it has no file of them. */
export function equationsOf(file: string): Readonly<Record<string, Equation>> {
	return equations[`./equations/${file}.ts`] ?? {};
}

export function linesOf(language: Language): ChapterLine[] {
	return contents.map(({ file, id, number }) => {
		const { title, summary } = textOf(language, file);
		return { id, number, title, summary };
	});
}

/** All glossary entries of a language by id, with the chapter that defines each. */
export function glossaryOf(language: Language): Map<string, GlossaryEntry & { readonly entry: Entry }> {
	const all = new Map<string, GlossaryEntry & { readonly entry: Entry }>();
	for (const entry of contents)
		for (const [id, gloss] of Object.entries(textOf(language, entry.file).glossary ?? {})) {
			if (all.has(id)) throw new Error(`The glossary defines "${id}" twice (${entry.file}).`);
			all.set(id, { ...gloss, entry });
		}
	return all;
}

/** Every sentence of a chapter's words that may hold markup. */
export function sentencesOf(text: ChapterText): string[] {
	return [
		...Object.values(text.steps).flatMap(({ body, see, ask }) => [
			...body,
			see,
			...(ask ? [ask.question, ask.answer, ...Object.values(ask.options ?? {})] : [])
		]),
		...Object.values(text.glossary ?? {}).map((entry) => entry.text)
	];
}

/** Ids of the glossary that a chapter's words refer to. */
export function referencesOf(text: ChapterText): string[] {
	const pieces = sentencesOf(text).flatMap(parseProse);
	const gloss = (p: Piece): p is Piece & { kind: 'gloss' } => p.kind === 'gloss';
	return [...new Set(pieces.filter(gloss).map((p) => p.id))];
}

/** A chapter in a language, typeset. @throws Error when a word, an equation or a glossary entry is missing */
export function typesetChapter(language: Language, entry: Entry, chapter: Chapter): TypesetChapter {
	const text = textOf(language, entry.file);
	const formulas = equationsOf(entry.file);
	const terms = Object.values(formulas).flatMap((e) => e.terms);

	/** Terms that an earlier equation of the step has named are not named again. */
	const equation = (id: string, named: Set<string>): TypesetEquation => {
		const e = formulas[id];
		if (!e) throw new Error(`${entry.file} has no equation "${id}".`);
		return {
			id,
			html: typeset(e.tex, e.terms, true),
			terms: e.terms
				.filter((t) => !named.has(t.id) && named.add(t.id))
				.map((t) => {
					const name = text.terms[t.id];
					if (!name)
						throw new Error(`text/${language}/${entry.file} does not say what the term "${t.id}" is.`);
					return { id: t.id, html: typeset(t.tex), name, quantity: t.quantity };
				})
		};
	};
	const steps = chapter.steps.map((step): TypesetStep => {
		const words = text.steps[step.id];
		if (!words) throw new Error(`text/${language}/${entry.file} has no step "${step.id}".`);
		const { ask } = words;
		const named = new Set<string>();
		return {
			id: step.id,
			title: words.title,
			body: words.body.map((p) => typesetProse(p, terms)),
			see: typesetProse(words.see, terms),
			ask: ask
				? {
						question: typesetProse(ask.question, terms),
						options: Object.fromEntries(
							Object.entries(ask.options ?? {}).map(([id, o]) => [id, typesetProse(o, terms)])
						),
						answer: typesetProse(ask.answer, terms),
						x: ask.x ?? '',
						y: ask.y ?? ''
					}
				: null,
			equations: (step.equations ?? []).map((id) => equation(id, named)),
			source: step.source,
			test: step.test
		};
	});
	const all = glossaryOf(language);
	const glossary: Record<string, TypesetGloss> = {};
	for (const id of referencesOf(text)) {
		const gloss = all.get(id);
		// A chapter that is not listed yet may define it: the word then stands without a definition.
		if (gloss) glossary[id] = { term: gloss.term, text: typesetProse(gloss.text) };
	}
	const { id, number } = entry;
	return { id, number, title: text.title, summary: text.summary, steps, figure: text.figure, glossary };
}
