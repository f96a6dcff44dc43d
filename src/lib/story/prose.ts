// The story's small markup: $tex$, *emphasis* and [words]{glossary-id} in plain sentences, taken apart into pieces. The
// mathematics in a piece is TeX here; typeset.server.ts turns it into HTML.

export type Piece =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'emphasis'; readonly text: string }
	| { readonly kind: 'math'; readonly tex: string }
	| { readonly kind: 'gloss'; readonly text: string; readonly id: string };

/** The pieces of a sentence or paragraph, in order. @throws Error when a $ is left open */
export function parseProse(text: string): Piece[] {
	const pieces: Piece[] = [];
	let at = 0;
	const plain = (to: number) => {
		const rest = text.slice(at, to);
		if (rest.includes('$')) throw new Error(`A $ is not closed in "${text}".`);
		if (rest) pieces.push({ kind: 'text', text: rest });
	};
	for (const match of text.matchAll(/\$([^$]+)\$|\*([^*\s][^*]*)\*|\[([^\]]+)\]\{([\w-]+)\}/g)) {
		plain(match.index);
		if (match[1] !== undefined) pieces.push({ kind: 'math', tex: match[1] });
		else if (match[2] !== undefined) pieces.push({ kind: 'emphasis', text: match[2] });
		else pieces.push({ kind: 'gloss', text: match[3], id: match[4] });
		at = match.index + match[0].length;
	}
	plain(text.length);
	return pieces;
}
