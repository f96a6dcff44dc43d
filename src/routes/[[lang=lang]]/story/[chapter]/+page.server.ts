// A chapter's words and equations, typeset when the page is built.
import { error } from '@sveltejs/kit';
import { contents } from '$lib/story/contents';
import { languageOf, languages, linesOf, paramOf, typesetChapter, uiOf } from '$lib/story/texts.server';
import { doors } from '../doors';

export const entries = () =>
	languages.flatMap((language) => contents.map(({ id }) => ({ lang: paramOf(language), chapter: id })));

export async function load({ params }) {
	const language = languageOf(params.lang);
	const at = contents.findIndex((entry) => entry.id === params.chapter);
	if (at < 0) error(404, 'There is no such chapter.');
	const { default: chapter } = await contents[at].load();
	const lines = linesOf(language);
	return {
		ui: uiOf(language),
		chapter: typesetChapter(language, contents[at], chapter),
		before: lines[at - 1] ?? null,
		after: lines[at + 1] ?? null,
		doors
	};
}
