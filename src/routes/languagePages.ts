// The addresses of a page in each language it exists in; none for pages that exist in English alone.
import { resolve } from '$app/paths';

export interface LanguagePage {
	readonly to: 'en' | 'es';
	readonly href: string;
	/** the language, named in itself */
	readonly name: string;
}

/** @param route id of the page's route; `chapter` where it has one */
export function languagePages(
	route: string | null,
	chapter: string | undefined,
	languages: readonly ('en' | 'es')[],
	names: { readonly english: string; readonly spanish: string }
): LanguagePage[] {
	return languages.flatMap((to) => {
		const lang = to === 'en' ? undefined : to;
		const name = to === 'en' ? names.english : names.spanish;
		if (route === '/[[lang=lang]]/story' || route === '/[[lang=lang]]/story/glossary')
			return [{ to, name, href: resolve(route, { lang }) }];
		if (route === '/[[lang=lang]]/story/[chapter]' && chapter)
			return [{ to, name, href: resolve(route, { lang, chapter }) }];
		return [];
	});
}
