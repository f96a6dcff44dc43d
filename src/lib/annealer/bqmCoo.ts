// COO text, one bias a line: "# vartype=SPIN", then "u v value" with u = v for linear biases. Fixed-point numbers only:
// dimod's reader skips lines with an exponent without a word. Variables are numbered; names and offset have no place in
// the format, so the offset goes into a comment and names are lost.
import { AnnealerError, makeBqm, type Bqm, type Term, type Vartype } from './bqm';

const MAX_VARIABLES = 100_000;

/** As fixed-point text that reads back as the same float64; at least six decimals, as dimod writes. */
function fixed(x: number): string {
	const six = x.toFixed(6);
	if (Number(six) === x) return six;
	const shortest = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(x.toExponential());
	if (!shortest) return six;
	const [, sign, first, rest = '', power] = shortest;
	const digits = first + rest;
	// The decimal point stands after `point` digits.
	const point = 1 + Number(power);
	if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
	if (point >= digits.length) return `${sign}${digits.padEnd(point, '0')}.000000`;
	return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Linear biases that are zero are left out, as dimod does, except for variables without any term. */
export function bqmToCoo(bqm: Bqm): string {
	const coupled = new Set<number>([...bqm.heads, ...bqm.tails]);
	const lines: [number, number, string][] = [];
	bqm.linear.forEach((h, i) => {
		if (h !== 0 || !coupled.has(i)) lines.push([i, i, fixed(h)]);
	});
	bqm.quadratic.forEach((j, k) => {
		const [a, b] = [Math.min(bqm.heads[k], bqm.tails[k]), Math.max(bqm.heads[k], bqm.tails[k])];
		lines.push([a, b, fixed(j)]);
	});
	lines.sort((x, y) => x[0] - y[0] || x[1] - y[1]);
	const head = [`# vartype=${bqm.vartype}`];
	if (bqm.offset !== 0) head.push(`# offset=${bqm.offset}`);
	return [...head, ...lines.map((l) => l.join(' '))].join('\n');
}

/**
 * @param fallback kind of variables when no "# vartype=" line says it
 * @throws AnnealerError naming the line that is none of comment, blank or "u v value"
 */
export function bqmFromCoo(text: string, fallback?: Vartype): Bqm {
	let vartype = fallback;
	let offset = 0;
	const linear = new Map<number, number>();
	const terms: Term[] = [];
	let most = -1;
	text.split(/\r?\n/).forEach((line, index) => {
		const said = /^#\s*vartype\s*=\s*(\w+)\s*$/.exec(line);
		if (said) {
			if (said[1] !== 'SPIN' && said[1] !== 'BINARY')
				throw new AnnealerError(`Line ${index + 1}: vartype is SPIN or BINARY, not ${said[1]}.`);
			vartype = said[1];
			return;
		}
		const constant = /^#\s*offset\s*=\s*(\S+)\s*$/.exec(line);
		if (constant && Number.isFinite(Number(constant[1]))) offset = Number(constant[1]);
		if (line.trim() === '' || line.startsWith('#')) return;
		const term = /^\s*(\d+)\s+(\d+)\s+([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*$/.exec(line);
		if (!term)
			throw new AnnealerError(
				`Line ${index + 1} is no "u v value" with two variable numbers and a bias: "${line.slice(0, 40)}".`
			);
		const [a, b, bias] = [Number(term[1]), Number(term[2]), Number(term[3])];
		if (Math.max(a, b) >= MAX_VARIABLES)
			throw new AnnealerError(`Line ${index + 1}: variable numbers end at ${MAX_VARIABLES - 1}.`);
		most = Math.max(most, a, b);
		if (a === b) linear.set(a, (linear.get(a) ?? 0) + bias);
		else terms.push([a, b, bias]);
	});
	if (!vartype)
		throw new AnnealerError('The file does not say whether it has SPIN or BINARY variables ("# vartype=…").');
	const labels = Array.from({ length: most + 1 }, (_, i) => i);
	return makeBqm(
		vartype,
		labels,
		labels.map((i) => linear.get(i) ?? 0),
		terms,
		offset
	);
}
