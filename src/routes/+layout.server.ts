// The words of the frame around every page, in the language of the address. Charts and controls know English by
// themselves.
import { languageOf, languages, uiOf } from '$lib/story/texts.server';

export function load({ params }) {
	const language = languageOf(params.lang);
	const { site, charts, controls } = uiOf(language);
	return { language, languages, site, parts: language === 'en' ? null : { charts, controls } };
}
