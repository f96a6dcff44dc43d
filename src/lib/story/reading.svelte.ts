// Where a visitor is in a chapter: the step, the state of each step as it was left, what can be undone, the guesses, and
// the term that is lit. The page draws this; the address follows it.
import type { Chapter, Guess, Step, TermId } from './chapter';
import { sameState, stateOf } from './link';

/** Changes of the same fields that follow each other faster than this are undone together, in milliseconds. */
const GESTURE = 1000;
const MOST_UNDO = 100;
/** How long a term stays lit after a control was moved, in milliseconds. */
const GLOW = 1400;

/** What is kept of a prediction: the guess, or null for "show me". */
type Kept = { readonly guess: Guess | null };

interface Past<S> {
	readonly step: number;
	readonly state: S;
}

export class Reading<S> {
	readonly chapter: Chapter<S>;
	index = $state(0);
	state: S = $state.raw() as S;
	hot = $state<TermId | null>(null);
	/** text of the present values of terms, told by the figure */
	values = $state.raw<Readonly<Record<TermId, string>>>({});
	readonly step: Step<S> = $derived.by(() => this.chapter.steps[this.index]);
	readonly kept: Kept | null = $derived.by(() => this.#kept[this.step.id] ?? null);
	/** false while this step's question is open */
	readonly revealed: boolean = $derived.by(() => !this.step.prediction || this.kept !== null);
	readonly changed: boolean = $derived.by(() => !sameState(stateOf(this.chapter, this.step), this.state));

	#kept = $state.raw<Readonly<Record<string, Kept>>>({});
	#past = $state.raw<readonly Past<S>[]>([]);
	/** states of the steps as they were left */
	#left: Record<number, S> = {};
	#gesture = { fields: '', at: -Infinity };
	#glow: ReturnType<typeof setTimeout> | undefined;

	constructor(chapter: Chapter<S>) {
		this.chapter = chapter;
		this.state = stateOf(chapter, chapter.steps[0]);
	}

	get canUndo(): boolean {
		return this.#past.length > 0;
	}

	/** Takes over the guesses of this visit; where storage is forbidden there are none. */
	recall(): void {
		const kept: Record<string, Kept> = {};
		for (const step of this.chapter.steps) {
			try {
				const text = step.prediction && sessionStorage.getItem(this.#key(step.id));
				if (text) kept[step.id] = { guess: fitting(step, (JSON.parse(text) as Kept).guess) };
			} catch {
				// Forbidden or not ours: the question is asked again.
			}
		}
		this.#kept = kept;
	}

	/** Goes to a step: as it was left, or in the state given. */
	go(index: number, state?: S): void {
		if (index < 0 || index >= this.chapter.steps.length) return;
		if (index === this.index && state === undefined) return;
		this.#left[this.index] = this.state;
		this.index = index;
		this.state = state ?? this.#left[index] ?? stateOf(this.chapter, this.chapter.steps[index]);
		this.#gesture = { fields: '', at: -Infinity };
		this.hot = null;
	}

	/** Changes fields of the state, as a step of undo, and lights the term that goes with the first of them. */
	set(patch: Partial<S>): void {
		const next = { ...this.state, ...patch };
		if (sameState(this.state, next)) return;
		const fields = Object.keys(patch).join();
		const now = performance.now();
		if (fields !== this.#gesture.fields || now - this.#gesture.at > GESTURE) this.#remember();
		this.#gesture = { fields, at: now };
		this.state = next;
		const lights: NonNullable<Chapter<S>['lights']> = this.chapter.lights ?? {};
		const term = (Object.keys(patch) as (keyof S & string)[])
			.map((f) => lights[f])
			.find((t) => t !== undefined);
		if (term === undefined) return;
		this.hot = term;
		clearTimeout(this.#glow);
		this.#glow = setTimeout(() => {
			if (this.hot === term) this.hot = null;
		}, GLOW);
	}

	light(term: TermId | null): void {
		clearTimeout(this.#glow);
		this.hot = term;
	}

	reset(): void {
		if (!this.changed) return;
		this.#remember();
		this.state = stateOf(this.chapter, this.step);
		this.#gesture = { fields: '', at: -Infinity };
	}

	/** Takes the last change back, and goes to the step where it was made. */
	undo(): void {
		const last = this.#past.at(-1);
		if (!last) return;
		this.#past = this.#past.slice(0, -1);
		this.#gesture = { fields: '', at: -Infinity };
		if (last.step === this.index) this.state = last.state;
		else this.go(last.step, last.state);
	}

	/** Answers this step's question; null shows the answer without a guess, undefined asks again. */
	answer(guess: Guess | null | undefined): void {
		const { [this.step.id]: _old, ...others } = this.#kept;
		this.#kept = guess === undefined ? others : { ...others, [this.step.id]: { guess } };
		try {
			if (guess === undefined) sessionStorage.removeItem(this.#key(this.step.id));
			else sessionStorage.setItem(this.#key(this.step.id), JSON.stringify({ guess }));
		} catch {
			// Storage may be forbidden: the guess then lasts for this page.
		}
	}

	keptOf(id: string): Kept | null {
		return this.#kept[id] ?? null;
	}

	/** The state of a step as the visitor left it, or as it was written. */
	stateAt(index: number): S {
		return index === this.index
			? this.state
			: (this.#left[index] ?? stateOf(this.chapter, this.chapter.steps[index]));
	}

	close(): void {
		clearTimeout(this.#glow);
	}

	#key(step: string): string {
		return `reciprocal:guess:${this.chapter.id}/${step}`;
	}

	#remember(): void {
		this.#past = [...this.#past, { step: this.index, state: this.state }].slice(-MOST_UNDO);
	}
}

/** A kept guess if it answers the question as it is asked now, else null. */
function fitting<S>({ prediction }: Step<S>, guess: Guess | null): Guess | null {
	if (!prediction || !guess || guess.kind !== prediction.kind) return null;
	if (guess.kind === 'choice' && prediction.kind === 'choice')
		return prediction.options.includes(guess.option) ? guess : null;
	if (guess.kind === 'curve' && prediction.kind === 'curve')
		return guess.y.length === prediction.x.length && guess.y.every(Number.isFinite) ? guess : null;
	if (guess.kind === 'value') return Number.isFinite(guess.value) ? guess : null;
	return null;
}
