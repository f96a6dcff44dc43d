// The first rates of a well along a row of couplings, asked of the theory worker one after the other.
import { TheoryClient } from '$lib/session/clientTheory';
import { wellAxis, wellShape, type Well } from './softWell';
import { wellGenerator } from './wellGenerator';

export const GAP_COUPLINGS = Float64Array.from({ length: 29 }, (_, k) => k / 4);

export class GapRun {
	first: Float64Array = $state.raw(new Float64Array(GAP_COUPLINGS.length).fill(NaN));
	second: Float64Array = $state.raw(new Float64Array(GAP_COUPLINGS.length).fill(NaN));
	/** couplings answered */
	done = $state(0);
	#client = new TheoryClient();
	#ticket = 0;
	#asked = '';

	/** Asks for all couplings of a well; its own λ does not matter. */
	async ask(well: Well): Promise<void> {
		const text = JSON.stringify({ ...well, lambda: 0 });
		if (text === this.#asked) return;
		this.#asked = text;
		const ticket = ++this.#ticket;
		const [first, second] = [this.first.slice().fill(NaN), this.second.slice().fill(NaN)];
		for (const [k, coupling] of GAP_COUPLINGS.entries()) {
			const one = { ...well, lambda: coupling / well.beta };
			try {
				const { modes } = await this.#client.run('lineModes', {
					axis: wellAxis(one),
					potential: wellGenerator(one, wellShape(one)).potential,
					diffusion: 1 / one.beta,
					count: 3
				});
				if (ticket !== this.#ticket) return;
				[first[k], second[k]] = [modes.rates[1], modes.rates[2]];
			} catch {
				// closed, or no answer for this coupling: it stays open
				if (ticket !== this.#ticket) return;
			}
			if (k % 4 === 0 || k === GAP_COUPLINGS.length - 1) {
				this.first = first.slice();
				this.second = second.slice();
				this.done = k + 1;
			}
		}
	}

	close(): void {
		this.#ticket++;
		this.#client.close();
	}
}
