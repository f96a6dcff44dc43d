// What a run came to, said so that it can be compared: a hash of its integers, which every backend computes alike, and
// figures rounded to what is shown. Weights agree to rounding alone, so they are in neither.

/** Results of a run at a step. */
export interface Results {
	readonly step: number;
	/** SHA-256 of the run's integers, its first 32 hexadecimal digits */
	readonly hash: string;
	/** figures by name, as `figure` writes them */
	readonly numbers: Readonly<Record<string, string>>;
	/** what computed them */
	readonly backend: string;
}

/** Significant digits of the figures, as tables show them. */
const DIGITS = 4;

/** A figure to the digits that are shown; "–" when there is none. */
export function figure(value: number): string {
	return Number.isFinite(value) ? value.toPrecision(DIGITS) : '–';
}

/**
 * Hash of lists of integers: of their count, then of each list's length and its numbers as little-endian int32.
 * @param lists any integers of 32 bits; booleans as 0 and 1
 * @returns 32 hexadecimal digits, the first half of SHA-256
 */
export async function integersHash(lists: readonly ArrayLike<number>[]): Promise<string> {
	const count = lists.reduce((sum, list) => sum + 1 + list.length, 1);
	const bytes = new DataView(new ArrayBuffer(4 * count));
	let at = 0;
	const put = (value: number) => {
		bytes.setInt32(at, value, true);
		at += 4;
	};
	put(lists.length);
	for (const list of lists) {
		put(list.length);
		for (let i = 0; i < list.length; i++) put(list[i]);
	}
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.buffer));
	return [...digest.slice(0, 16)].map((b) => b.toString(16).padStart(2, '0')).join('');
}

/** How far two figures may be apart and still say the same: one in the last digit, where rounding may go either way. */
function same(a: string, b: string): boolean {
	if (a === b) return true;
	const [x, y] = [Number(a), Number(b)];
	if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
	const size = Math.max(Math.abs(x), Math.abs(y));
	const unit = 10 ** (Math.floor(Math.log10(size)) + 1 - DIGITS);
	return Math.abs(x - y) <= 1.001 * unit;
}

export interface Comparison {
	/** the integers are the same */
	readonly integers: boolean;
	/** figures that differ: their name, the file's value, and the one found here */
	readonly differ: readonly { readonly name: string; readonly was: string; readonly is: string }[];
}

/** Holds a repeated run against what a file says of it. */
export function compareResults(was: Results, is: Results): Comparison {
	const differ = Object.entries(was.numbers)
		.map(([name, value]) => ({
			name,
			was: value,
			is: Object.hasOwn(is.numbers, name) ? is.numbers[name] : '–'
		}))
		.filter(({ was: a, is: b }) => !same(a, b));
	return { integers: was.hash === is.hash && was.step === is.step, differ };
}

/**
 * What came of the comparison, in a sentence or two, with both numbers where they differ.
 * @param at where the runs were compared
 */
export function comparisonText(
	was: Results,
	is: Results,
	at = `at step ${is.step.toLocaleString('en')}`
): string {
	const { integers, differ } = compareResults(was, is);
	const figures = Object.keys(was.numbers).length;
	const both = differ.map((d) => `${d.name} was ${d.was} and is ${d.is} here`).join('; ');
	const backends =
		was.backend === is.backend ? `on ${is.backend}` : `on ${is.backend}, made on ${was.backend}`;
	const kept = figures - differ.length;
	if (integers && differ.length === 0)
		return `Reproduced ${at}, ${backends}: the same integers (hash ${is.hash.slice(0, 8)}…) and the same ${figures} figures to the digits shown.`;
	if (integers)
		return `Reproduced in its integers ${at}, ${backends} (hash ${is.hash.slice(0, 8)}…), not in every figure: ${both}.`;
	const hashes = `the hash of the integers was ${was.hash.slice(0, 8)}… and is ${is.hash.slice(0, 8)}… here`;
	const agreement = differ.length
		? `Of ${figures} figures ${kept} agree to the digits shown; ${both}.`
		: `All ${figures} figures agree to the digits shown.`;
	// measured: two backends parted within 1000 steps of 256 chains of 32 units in one of two runs
	const why =
		was.backend === is.backend
			? ''
			: ` Backends round differently, and in a long run a rounding decides some bit otherwise; computed by ${was.backend} again, it should not.`;
	return `Not reproduced to the bit ${at}, ${backends}: ${hashes}. ${agreement}${why}`;
}
