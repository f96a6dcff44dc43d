// A place in a chapter ⇄ the text after "#": the step's id, and after a "~" what the visitor changed there, packed as
// the Scene's links are (scene/codec.ts). Whatever a link holds, a valid step and state come of it.
import * as v from 'valibot';
import { MAX_LINK, packText, unpackText } from '../scene/codec';
import type { Chapter, Step } from './chapter';

const STATE_VERSION = 1;

/** What was wrong with a link: a step that is not there, or a state that cannot be read. */
export type LinkProblem = 'step' | 'state' | null;

export interface Place<S> {
	/** index of the step */
	readonly step: number;
	readonly state: S;
	readonly problem: LinkProblem;
}

/** The state of a step as it was written: its fields over the chapter's start. */
export function stateOf<S>(chapter: Chapter<S>, step: Step<S>): S {
	return { ...chapter.start, ...step.set };
}

function differences<S>(from: S, to: S): Partial<S> {
	const out: Partial<S> = {};
	for (const name of Object.keys(to as object) as (keyof S)[])
		if (JSON.stringify(from[name]) !== JSON.stringify(to[name])) out[name] = to[name];
	return out;
}

/** True when both states say the same. */
export function sameState<S>(a: S, b: S): boolean {
	return a === b || Object.keys(differences(a, b)).length === 0;
}

/** What follows "#" for this step and state: the step's id alone when nothing was changed. */
export async function encodePlace<S>(chapter: Chapter<S>, index: number, state: S): Promise<string> {
	const step = chapter.steps[index];
	const changed = differences(stateOf(chapter, step), state);
	if (Object.keys(changed).length === 0) return step.id;
	return `${step.id}~${await packText(JSON.stringify(changed), STATE_VERSION)}`;
}

/** The step and state of a link; the first step when there is none. Never throws. */
export async function decodePlace<S>(chapter: Chapter<S>, hash: string): Promise<Place<S>> {
	const text = hash.replace(/^#/, '').trim();
	const [id, packed = ''] = text.split('~', 2);
	const found = chapter.steps.findIndex((s) => s.id === id);
	const step = Math.max(0, found);
	const written = stateOf(chapter, chapter.steps[step]);
	if (found < 0) return { step, state: written, problem: text === '' ? null : 'step' };
	if (packed === '') return { step, state: written, problem: null };
	try {
		if (packed.length > MAX_LINK) throw new Error('too long');
		const { text: json, intact } = await unpackText(packed);
		const changed: unknown = JSON.parse(json);
		if (typeof changed !== 'object' || changed === null || Array.isArray(changed))
			throw new Error('no record');
		// Only fields that the chapter knows; what they hold is for its schema to judge.
		const known = Object.entries(changed).filter(([name]) => Object.hasOwn(written as object, name));
		const result = v.safeParse(chapter.schema, { ...written, ...Object.fromEntries(known) });
		if (!result.success || !intact) throw new Error('not valid');
		return { step, state: result.output, problem: null };
	} catch {
		return { step, state: written, problem: 'state' };
	}
}
