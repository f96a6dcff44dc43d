// The controls' own words, English unless a page sets others, and placeholders in sentences: "{done} of {all}".
import { getContext, setContext } from 'svelte';

export const englishControls = {
	run: 'Run',
	play: 'Play',
	pause: 'Pause',
	step: 'Step',
	reset: 'Reset',
	speed: 'Speed',
	theme: 'Theme',
	system: 'System',
	light: 'Light',
	dark: 'Dark',
	projector: 'Projector',
	copyLink: 'Copy link',
	copyLinkTitle: 'Copies a link that opens this very state',
	copied: 'Link copied',
	copyByHand: 'Copy this link:',
	share: 'Share…',
	shareTitle: 'The link with its QR code, and a file to keep',
	shareFailed: 'This part of the site could not be loaded.'
};

export type ControlWords = Readonly<Record<keyof typeof englishControls, string>>;

const key = Symbol('control words');

/** Sets the words of all controls below the component that calls this; a function, so that they may change. */
export function setControlWords(words: () => ControlWords): void {
	setContext(key, words);
}

/** The words of the controls here. Call while a component is made; call the result where a word is needed. */
export function getControlWords(): () => ControlWords {
	return getContext<(() => ControlWords) | undefined>(key) ?? (() => englishControls);
}

/** The sentence with each {name} replaced by its value; a name without a value stays as it is. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
	return sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
		Object.hasOwn(values, name) ? String(values[name]) : whole
	);
}
