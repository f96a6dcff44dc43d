// The charts' own words, English unless a page sets others. Sentences with numbers in them have placeholders.
import { getContext, setContext } from 'svelte';

export const englishCharts = {
	table: 'Table',
	/** spoken name of a table */
	tableOf: 'Table: {title}',
	rows: '{shown} of {total} rows, evenly spaced.',
	loading: 'Loading…',
	empty: 'Nothing to show yet.',
	failed: 'This figure failed.',
	cursor: 'Cursor',
	cursorNone: 'none; arrow keys move it',
	more: 'and {count} more',
	/** "ln Z against λ" */
	against: '{y} against {x}',
	plot: 'plot',
	matrix: '{label}: {rows} rows, {cols} columns, from {low} to {high}.',
	save: 'Save this figure',
	saveOf: 'Save: {title}',
	saving: 'Saving…',
	saved: '{name} saved.',
	saveFailed: 'Not saved: {why}',
	png: 'PNG, {pixels} pixels wide',
	csv: 'Table as CSV',
	npz: 'Points as NPZ',
	clip: 'Clip (WebM)…'
};

export type ChartWords = Readonly<Record<keyof typeof englishCharts, string>>;

const key = Symbol('chart words');

/** Sets the words of all charts below the component that calls this; a function, so that they may change. */
export function setChartWords(words: () => ChartWords): void {
	setContext(key, words);
}

/** The words of the charts here. Call while a component is made; call the result where a word is needed. */
export function getChartWords(): () => ChartWords {
	return getContext<(() => ChartWords) | undefined>(key) ?? (() => englishCharts);
}

/** The sentence with each {name} replaced by its value. */
export function filled(sentence: string, values: Readonly<Record<string, string | number>>): string {
	return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
