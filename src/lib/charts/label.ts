// Labels with indices and powers, written as plain text: Unicode sub- and superscripts (λ₁, 10⁻⁴, Uᵀ) and
// underscores (ω_soft). Fonts draw those characters unevenly or not at all, so they are set as shifted pieces of
// ordinary characters instead.

export interface Piece {
	readonly text: string;
	readonly level: 'base' | 'sub' | 'sup';
}

const sub: Record<string, string> = {};
const sup: Record<string, string> = { '¹': '1', '²': '2', '³': '3', '⁻': '−', '⁺': '+', ᵀ: 'T', ⁿ: 'n' };
for (let d = 0; d < 10; d++) sub['₀₁₂₃₄₅₆₇₈₉'[d]] = String(d);
for (const d of [0, 4, 5, 6, 7, 8, 9]) sup['⁰¹²³⁴⁵⁶⁷⁸⁹'[d]] = String(d);
Object.assign(sub, { ᵢ: 'i', ⱼ: 'j', ₖ: 'k', ₙ: 'n', ᵤ: 'u', ᵣ: 'r', '₋': '−', '₊': '+' });

/** Splits a label into pieces at base, index and power level. */
export function pieces(label: string): Piece[] {
	const out: { text: string; level: Piece['level'] }[] = [];
	const add = (text: string, level: Piece['level']) => {
		const last = out.at(-1);
		if (last?.level === level) last.text += text;
		else out.push({ text, level });
	};
	const chars = [...label];
	for (let i = 0; i < chars.length; i++) {
		const c = chars[i];
		if (c in sub) add(sub[c], 'sub');
		else if (c in sup) add(sup[c], 'sup');
		else if (c === '_' && i > 0 && /\p{L}/u.test(chars[i + 1] ?? '')) {
			while (/[\p{L}\d]/u.test(chars[i + 1] ?? '') && !(chars[i + 1] in sub)) add(chars[++i], 'sub');
		} else add(c, 'base');
	}
	return out;
}
