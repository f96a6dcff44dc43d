// Numbers as the interface writes them: significant digits, a true minus sign, thin spaces, powers as superscripts.

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function superscript(n: number): string {
	const digits = [...String(Math.abs(n))].map((d) => superscripts[Number(d)]).join('');
	return n < 0 ? `⁻${digits}` : digits;
}

/**
 * A number for reading, with `digits` significant digits; 1e5 and above or below 1e-3 as m·10ⁿ, thousands parted
 * by thin spaces, U+2212 as the minus sign, trailing zeros kept so that a changing number keeps its width.
 */
export function formatNumber(value: number, digits = 3): string {
	if (Number.isNaN(value)) return '–';
	if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
	if (value === 0) return '0';
	const size = Math.abs(value);
	const sign = value < 0 ? '−' : '';
	if (size >= 1e6 || size < 1e-3) {
		const [m, e] = size.toExponential(digits - 1).split('e');
		return `${sign}${m}·10${superscript(Number(e))}`;
	}
	if (Number.isInteger(value) && size >= 10 ** digits) return sign + group(String(size));
	const fixed = size.toPrecision(digits);
	return sign + (fixed.includes('e') ? group(String(Math.round(size))) : fixed);
}

/** Thousands parted by a thin space, from five digits on. */
function group(digits: string): string {
	return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, '\u2009');
}
