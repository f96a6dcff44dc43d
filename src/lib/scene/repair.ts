// What was wrong with a Scene from outside, in sentences for the visitor: the field, what it was, what is allowed and
// what is used instead. Values from a link are shown cut short and cleaned.
import type { Field } from './describe';

/** One thing that was put right. */
export interface Repair {
	/** the field's path in the Scene; "" for the state as a whole */
	readonly path: string;
	readonly sentence: string;
}

/** A number as sentences write it. */
function number(n: number): string {
	if (!Number.isFinite(n)) return n > 0 ? 'too large to write' : 'too far below 0 to write';
	if (n !== 0 && (Math.abs(n) >= 1e15 || Math.abs(n) < 1e-6)) return String(n).replace('-', '−');
	return n.toLocaleString('en', { maximumSignificantDigits: 15 }).replace('-', '−');
}

/** A value from outside, short and harmless to show. */
export function show(value: unknown): string {
	if (typeof value === 'number') return number(value);
	if (typeof value === 'string') {
		const letters = [...value.slice(0, 100)];
		const clean = letters
			.slice(0, 24)
			.join('')
			.replace(/[\p{C}\p{Zl}\p{Zp}"]/gu, '·');
		return `"${clean}${letters.length > 24 ? '…' : ''}"`;
	}
	if (value === null) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'a group of values';
	return String(value);
}

function listed(words: readonly string[]): string {
	return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** What lists hold that are not of panels. */
const lists: Readonly<Record<string, string>> = {
	'data.patterns': 'drawings',
	'initial.singularValues': 'numbers'
};

/** What a field may hold, as the second half of "links may hold …". */
export function allowed({ kind, min, max, values, nullable, path }: Field): string {
	const range = {
		integer: `whole numbers from ${number(min)} to ${number(max)}`,
		real: `${number(min)} to ${number(max)}`,
		choice: listed(values.map(String)),
		text: 'distinct digits in rising order',
		list: lists[path] ? `a list of ${min} to ${max} ${lists[path]}` : 'a list of panel names'
	}[kind];
	return nullable ? `${range}, or nothing for automatic` : range;
}

/** How a sentence begins that speaks of the field: its symbol, or its name. */
export function called({ symbol, name, label }: Field): string {
	return name ?? symbol ?? label;
}

/** A field's default as the end of "… is used". */
export function shownDefault(field: Field, value: unknown): string {
	if (value === null) return `The default, ${field.automatic}, is used.`;
	if (field.kind === 'list') return 'The default list is used.';
	return `The default, ${typeof value === 'number' ? number(value) : String(value)}, is used.`;
}

/** The sentence for a field whose value is of the wrong type or out of range. */
export function outOfRange(field: Field, was: unknown, used: unknown): string {
	return `${called(field)} was ${show(was)}; links may hold ${allowed(field)}. ${shownDefault(field, used)}`;
}
