// A study of relaxation times as plain data: which machine, which couplings, which dynamics, how many chains. A link to
// the page, the headless study and an exported table all say it this way; the same study gives the same numbers.
import * as v from 'valibot';

const int = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

/** Block Gibbs, random-scan Glauber, Langevin in the exact lift, and in each other closure. */
export const METHODS = ['gibbs', 'glauber', 'smoothed', 'gaussian', 'entropic', 'tap', 'fitted'] as const;
export type Method = (typeof METHODS)[number];

export const Study = v.strictObject({
	version: v.literal(1),
	/**
	 * spectrum: λ₁ set, λ₂ = second·λ₁, all others `rest`, frames drawn with the seed. random: independent normal weights
	 * scaled to λ₁. given: weights from a file or a training run, not in the study itself; β is scaled to reach βλ₁.
	 */
	machine: v.picklist(['spectrum', 'random', 'given']),
	N: int(1, 2048),
	M: int(1, 2048),
	/** λ₂/λ₁ and the further singular values, of `spectrum` alone */
	second: real(0, 1),
	rest: real(0, 8),
	/** 0: balanced. Else uniform numbers in [−biasScale, biasScale] are added to the balanced biases */
	biasScale: real(0, 8),
	beta: real(0.05, 20),
	seed: int(0, 0xffffffff),
	/** the sweep: `count` values of βλ₁, evenly from `from` to `to` */
	from: real(0.05, 16),
	to: real(0.05, 16),
	count: int(1, 32),
	methods: v.pipe(v.array(v.picklist(METHODS)), v.maxLength(METHODS.length)),
	/** σ² of the lift; each is taken down to 0.9/(βλ₁) where that is less */
	sigma2: v.pipe(v.array(real(0.02, 1)), v.maxLength(4)),
	/** further sizes N×M at which Gibbs alone is measured: finite-size rounding */
	sizes: v.pipe(v.array(v.strictObject({ N: int(1, 128), M: int(1, 128) })), v.maxLength(4)),
	/** chains of each point; particles are fewer where N+M > 40 */
	chains: int(64, 65536)
});
export type Study = v.InferOutput<typeof Study>;

/** What the page opens with: small enough that every exact answer exists, two larger sizes beside it. */
export const defaultStudy: Study = {
	version: 1,
	machine: 'spectrum',
	N: 10,
	M: 8,
	second: 0.6,
	rest: 0.3,
	biasScale: 0,
	beta: 1,
	seed: 1,
	from: 0.5,
	to: 5,
	count: 10,
	methods: [...METHODS],
	sigma2: [0.25, 0.1],
	sizes: [
		{ N: 24, M: 16 },
		{ N: 48, M: 32 }
	],
	chains: 4096
};

/** The values of βλ₁ of a study. */
export function strengths({ from, to, count }: Study): number[] {
	if (count === 1) return [from];
	return Array.from({ length: count }, (_, k) => Number((from + ((to - from) * k) / (count - 1)).toFixed(6)));
}

/** The study as text for after "#": only what differs from the default, as JSON. */
export function encodeStudy(study: Study): string {
	const parts = (Object.keys(defaultStudy) as (keyof Study)[]).filter(
		(key) => JSON.stringify(study[key]) !== JSON.stringify(defaultStudy[key])
	);
	if (parts.length === 0) return '';
	return encodeURIComponent(JSON.stringify(Object.fromEntries(parts.map((key) => [key, study[key]]))));
}

/**
 * The study of a link, whatever the link holds: fields that are not valid are the default's, and `repaired` names them.
 * Never throws.
 */
export function decodeStudy(text: string): { study: Study; repaired: readonly string[] } {
	if (text === '') return { study: defaultStudy, repaired: [] };
	let given: unknown;
	try {
		given = JSON.parse(decodeURIComponent(text.slice(0, 4096)));
	} catch {
		return { study: defaultStudy, repaired: ['the whole link'] };
	}
	if (typeof given !== 'object' || given === null || Array.isArray(given))
		return { study: defaultStudy, repaired: ['the whole link'] };
	return repairStudy(given as Record<string, unknown>);
}

/** The same for a record that came from a file or a control. */
export function repairStudy(given: Record<string, unknown>): { study: Study; repaired: readonly string[] } {
	const study: Record<string, unknown> = { ...defaultStudy };
	const repaired: string[] = [];
	for (const [key, value] of Object.entries(given)) {
		const known = Object.hasOwn(Study.entries, key);
		const parsed = known ? v.safeParse(Study.entries[key as keyof Study], value) : null;
		if (parsed?.success) study[key] = parsed.output;
		else repaired.push(key.slice(0, 40));
	}
	return { study: study as Study, repaired };
}
