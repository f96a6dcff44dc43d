// What the annealer's page looks at, as a plain validated record that a link can carry: a machine, the samplers, how much
// they may do, and the chip that the problem would have to fit.
import * as v from 'valibot';

const int = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const real = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));

/** The samplers that need no account. */
export const SAMPLERS = ['annealing', 'freezing', 'gibbs', 'exact'] as const;

export const AnnealerSetup = v.strictObject({
	/** uniform: weights and biases independent in [−spread, spread] (the slides' experiment); spectrum: chosen λ, balanced */
	machine: v.picklist(['uniform', 'spectrum']),
	N: int(1, 64),
	M: int(1, 64),
	/** c of the uniform machine */
	spread: real(0, 8),
	/** λ₁ of the spectrum machine; λ₂ is 0.6 of it, the rest 0.3 */
	strength: real(0, 16),
	/** inverse temperature at which the machine is to be sampled */
	beta: real(0.05, 8),
	/** factor on the problem that the two annealings are given */
	scale: real(0.01, 8),
	/** β at which the freezing annealer stops, as a chip freezes at a temperature of its own */
	freeze: real(0.1, 32),
	samplers: v.pipe(v.array(v.picklist(SAMPLERS)), v.minLength(1), v.maxLength(SAMPLERS.length)),
	reads: int(10, 10_000),
	sweeps: int(1, 10_000),
	seed: int(0, 0xffffffff),
	chip: v.picklist(['pegasus', 'zephyr', 'chimera']),
	/** size m of the chip */
	size: int(1, 16),
	/** share of qubits and of couplers that do not work, in percent */
	defects: real(0, 10)
});

export type AnnealerSetup = v.InferOutput<typeof AnnealerSetup>;
export type SamplerName = (typeof SAMPLERS)[number];

/** The slides' experiment at a size where everything is known exactly. */
export const defaultAnnealing: AnnealerSetup = {
	machine: 'uniform',
	N: 10,
	M: 8,
	spread: 1,
	strength: 3,
	beta: 1,
	scale: 1,
	freeze: 3,
	samplers: ['annealing', 'freezing', 'gibbs', 'exact'],
	reads: 1000,
	sweeps: 1000,
	seed: 1,
	chip: 'pegasus',
	size: 16,
	defects: 0
};

/** The setup as text for after "#": what differs from the default, as JSON. */
export function encodeAnnealing(setup: AnnealerSetup): string {
	const keys = (Object.keys(defaultAnnealing) as (keyof AnnealerSetup)[]).filter(
		(key) => JSON.stringify(setup[key]) !== JSON.stringify(defaultAnnealing[key])
	);
	if (keys.length === 0) return '';
	return encodeURIComponent(JSON.stringify(Object.fromEntries(keys.map((key) => [key, setup[key]]))));
}

/** The setup of a link, whatever it holds; fields that are not valid are the default's and named. Never throws. */
export function decodeAnnealing(text: string): { setup: AnnealerSetup; repaired: readonly string[] } {
	if (text === '') return { setup: defaultAnnealing, repaired: [] };
	let given: unknown;
	try {
		given = JSON.parse(decodeURIComponent(text.slice(0, 4096)));
	} catch {
		return { setup: defaultAnnealing, repaired: ['the whole link'] };
	}
	if (typeof given !== 'object' || given === null || Array.isArray(given))
		return { setup: defaultAnnealing, repaired: ['the whole link'] };
	const setup: Record<string, unknown> = { ...defaultAnnealing };
	const repaired: string[] = [];
	for (const [key, value] of Object.entries(given)) {
		const entry = Object.hasOwn(AnnealerSetup.entries, key)
			? AnnealerSetup.entries[key as keyof AnnealerSetup]
			: null;
		const read = entry && v.safeParse(entry, value);
		if (read?.success) setup[key] = read.output;
		else repaired.push(key.slice(0, 40));
	}
	return { setup: setup as AnnealerSetup, repaired };
}
