// What a chapter of the story is: data. Its state is a small validated Scene of its own; its steps are patches of that
// state with a text each; one figure draws the state and answers to the hand. Pages, links, tests and translations read
// nothing else.
import type { Component } from 'svelte';
import type { GenericSchema } from 'valibot';
import type { Scene } from '../scene/schema';

/** A term of an equation that can light up, in the text, in the equation and in the figure: 'lambda', 'u', 'w', … */
export type TermId = string;

/** Where a statement comes from: a page of the slides (S), of the paper (P), or new here, with the proof's place. */
export interface Source {
	readonly kind: 'slides' | 'paper' | 'new';
	/** what to look up: the slide's title or number, the paper's section, theory.md's section */
	readonly where: string;
}

/** What the visitor said before seeing: kept, and laid over the answer by the figure. */
export type Guess =
	| { readonly kind: 'choice'; readonly option: string }
	| { readonly kind: 'value'; readonly value: number }
	/** y over fixed x, drawn by pointer or set point by point by keyboard */
	| { readonly kind: 'curve'; readonly x: readonly number[]; readonly y: readonly number[] };

/** A question asked before the step shows its answer. Wording is in the text files, by the step's id. */
export type Prediction<S> =
	| { readonly kind: 'choice'; readonly options: readonly string[]; readonly answer: (state: S) => string }
	| {
			readonly kind: 'value';
			readonly min: number;
			readonly max: number;
			readonly step: number;
			readonly unit: string;
			readonly answer: (state: S) => number;
	  }
	| {
			readonly kind: 'curve';
			readonly x: readonly number[];
			readonly yMin: number;
			readonly yMax: number;
			/** the true curve at `x` */
			readonly answer: (state: S) => readonly number[];
	  };

export interface Step<S> {
	/** in the address, unique in the chapter: lower case, hyphens */
	readonly id: string;
	/** the state that this step shows: laid over the chapter's start, not over the step before */
	readonly set: Partial<S>;
	/** the only fields that the visitor is invited to change here; the figure shows these controls, in this order */
	readonly controls: readonly (keyof S & string)[];
	/** equations of `equations.ts`, by id, shown beside the text */
	readonly equations?: readonly string[];
	readonly prediction?: Prediction<S>;
	readonly source: Source;
	/** the test file that holds what is claimed, from the repository's root */
	readonly test: string;
}

/** What a figure gets. It draws `state`, changes it only by `set`, and never keeps state that a link should carry. */
export interface FigureProps<S, W = Readonly<Record<string, string>>> {
	readonly state: S;
	readonly set: (patch: Partial<S>) => void;
	/** the step that is shown; `controls` of it are to be offered */
	readonly step: Step<S>;
	/** every word of the figure, in the language of the page */
	readonly words: W;
	/** the term that is lit, and how to light another */
	readonly hot: TermId | null;
	readonly light: (term: TermId | null) => void;
	readonly guess: Guess | null;
	/** false while a prediction is open: the figure hides the answer */
	readonly revealed: boolean;
	/** tells the present values of terms, written out ("1.37"); the chips under the equations show them */
	readonly report: (values: Readonly<Record<TermId, string>>) => void;
}

/** One term of an equation: a quantity of the palette gives its colour, null leaves it in the colour of the text. */
export interface EquationTerm {
	readonly id: TermId;
	/** its symbol alone, for its chip */
	readonly tex: string;
	readonly quantity: Quantity | null;
}

/** An equation of a chapter: each term is marked in `tex` as \term{id}{…}. What a term is, text files say. */
export interface Equation {
	readonly tex: string;
	readonly terms: readonly EquationTerm[];
}

/** The quantities that have a colour of their own everywhere (tokens.css). */
export type Quantity = 'visible' | 'hidden' | 'stiff' | 'soft' | 'free' | 'data' | 'model' | 'exact';

export interface Chapter<S = Record<string, unknown>> {
	/** in the address: the slug without its number, "binary-units" */
	readonly id: string;
	readonly schema: GenericSchema<unknown, S>;
	readonly start: S;
	readonly steps: readonly Step<S>[];
	/** which term lights up when a field of the state is changed */
	readonly lights?: { readonly [field in keyof S & string]?: TermId };
	/** loaded when the chapter is opened; its words may be of any type, the text files see to them */
	readonly figure: () => Promise<{ default: Component<FigureProps<S, never>> }>;
	/** the Lab's Scene that shows the same thing; null where there is none */
	readonly lab?: (state: S) => Scene | null;
}

/** The words of one step. Paragraphs may hold $tex$, *emphasis*, and [term]{glossary-id}; nothing else. */
export interface StepText {
	readonly title: string;
	readonly body: readonly string[];
	/** one sentence: what to see in the figure */
	readonly see: string;
	/** the prediction's question, its options by id, and the sentence shown with the answer */
	readonly ask?: {
		readonly question: string;
		readonly options?: Readonly<Record<string, string>>;
		readonly answer: string;
		/** names of the axes on which a curve is drawn, or of the value that is guessed (y) */
		readonly x?: string;
		readonly y?: string;
	};
}

/** An entry of the glossary. */
export interface GlossaryEntry {
	readonly term: string;
	/** one or two sentences; may hold $tex$ */
	readonly text: string;
}

/** The words of one chapter; a language has a file a chapter, all with the same keys. */
export interface ChapterText<W extends Readonly<Record<string, string>> = Readonly<Record<string, string>>> {
	readonly title: string;
	/** one sentence for the contents list */
	readonly summary: string;
	readonly steps: Readonly<Record<string, StepText>>;
	/** every word of the figure */
	readonly figure: W;
	/** what each term of the chapter's equations is, by its id: a few words */
	readonly terms: Readonly<Record<TermId, string>>;
	/** terms that this chapter defines, by glossary id; any chapter may refer to them */
	readonly glossary?: Readonly<Record<string, GlossaryEntry>>;
}

/** The same keys with other words: what a translation must satisfy. */
export type Translated<T> = {
	readonly [K in keyof T]: T[K] extends string
		? string
		: T[K] extends readonly string[]
			? readonly string[]
			: Translated<T[K]>;
};
