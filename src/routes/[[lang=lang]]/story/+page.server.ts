// The contents of the story, and the doors to rooms that other pages open.
import { languageOf, languages, linesOf, paramOf, uiOf } from '$lib/story/texts.server';
import { doors } from './doors';

export const entries = () => languages.map((language) => ({ lang: paramOf(language) }));

export function load({ params }) {
	const language = languageOf(params.lang);
	return { ui: uiOf(language), lines: linesOf(language), doors };
}
