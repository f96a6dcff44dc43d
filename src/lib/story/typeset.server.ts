// Typesets the story's mathematics when its pages are built: KaTeX's HTML for the eye, its MathML for speech. Each term
// marked \term{id}{…} becomes a span with data-term, coloured as its quantity. Nothing of KaTeX reaches the browser but
// its style sheet and fonts.
import katex from 'katex';
import type { EquationTerm } from './chapter';
import { parseProse } from './prose';
import type { TypesetPiece } from './typeset';

type Terms = readonly Pick<EquationTerm, 'id' | 'quantity'>[];

/**
 * HTML of a formula.
 * @param terms quantities of the terms that may be marked in it
 * @throws Error when KaTeX cannot read it or a marked term is not among `terms`
 */
export function typeset(tex: string, terms: Terms = [], display = false): string {
	const html = katex.renderToString(tex, {
		displayMode: display,
		macros: { '\\term': '\\htmlData{term=#1}{#2}' },
		trust: ({ command }) => command === '\\htmlData',
		strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'error'),
		throwOnError: true
	});
	return html
		.replace(/<annotation[^>]*>[\s\S]*?<\/annotation>/g, '')
		.replace(/data-term="([^"]*)"/g, (whole, id: string) => {
			const term = terms.find((t) => t.id === id);
			if (!term) throw new Error(`The term "${id}" of ${tex} is not listed.`);
			return term.quantity ? `${whole} data-quantity="${term.quantity}"` : whole;
		});
}

/** A sentence or paragraph with its mathematics as HTML. */
export function typesetProse(text: string, terms: Terms = []): TypesetPiece[] {
	return parseProse(text).map((piece) =>
		piece.kind === 'math' ? { kind: 'math', html: typeset(piece.tex, terms) } : piece
	);
}
