// What a chapter's page receives from the server: its words, taken apart and typeset. Plain data, so that neither the
// texts of the other language nor KaTeX are part of the page's JavaScript.
import type { EquationTerm, Source, TermId } from './chapter';
import type { Piece } from './prose';

export type TypesetPiece =
	Exclude<Piece, { kind: 'math' }> | { readonly kind: 'math'; readonly html: string };
export type Prose = readonly TypesetPiece[];

/** An equation and the terms that its chips name. */
export interface TypesetEquation {
	readonly id: string;
	readonly html: string;
	readonly terms: readonly {
		readonly id: TermId;
		readonly html: string;
		readonly name: string;
		readonly quantity: EquationTerm['quantity'];
	}[];
}

export interface TypesetStep {
	readonly id: string;
	readonly title: string;
	readonly body: readonly Prose[];
	readonly see: Prose;
	readonly ask: {
		readonly question: Prose;
		readonly options: Readonly<Record<string, Prose>>;
		readonly answer: Prose;
		readonly x: string;
		readonly y: string;
	} | null;
	readonly equations: readonly TypesetEquation[];
	readonly source: Source;
	readonly test: string;
}

export interface TypesetGloss {
	readonly term: string;
	readonly text: Prose;
}

/** One line of the contents. */
export interface ChapterLine {
	readonly id: string;
	readonly number: number;
	readonly title: string;
	readonly summary: string;
}

export interface TypesetChapter extends ChapterLine {
	readonly steps: readonly TypesetStep[];
	readonly figure: Readonly<Record<string, string>>;
	/** those that this chapter's text refers to */
	readonly glossary: Readonly<Record<string, TypesetGloss>>;
}
