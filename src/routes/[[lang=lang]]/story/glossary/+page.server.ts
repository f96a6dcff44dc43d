// All terms of the story in the order of the alphabet, typeset.
import { glossaryOf, languageOf, languages, paramOf, textOf, uiOf } from '$lib/story/texts.server';
import { typesetProse } from '$lib/story/typeset.server';

export const entries = () => languages.map((language) => ({ lang: paramOf(language) }));

export function load({ params }) {
	const language = languageOf(params.lang);
	const terms = [...glossaryOf(language)].map(([id, { term, text, entry }]) => ({
		id,
		term,
		text: typesetProse(text),
		chapter: { id: entry.id, number: entry.number, title: textOf(language, entry.file).title }
	}));
	return { ui: uiOf(language), terms: terms.sort((a, b) => a.term.localeCompare(b.term, language)) };
}
