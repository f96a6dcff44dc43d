// One process on the story's line, solved in the theory worker: the modes of its generator, and particles that start
// where the density does. A figure reads `solution` and `cloud`; both lag behind a slider that is dragged, never the page.
import { uniforms } from '$lib/random/draw';
import { foldIn, keyFromSeed } from '$lib/random/key';
import { TheoryClient } from '$lib/session/clientTheory';
import type { LineModes, ParticlesJob } from '$lib/session/protocolStory';
import { nodes, type Generator } from '$lib/theory/fokkerPlanck';
import { FRAMES, type Cloud } from './cloud';
import { drawPositions, startProbabilities, type LineStart } from './lineStart';
import { lineTerms, type LineTerms } from './lineTerms';
import { newest } from './newest';
import { wellShape, type Well, type WellShape } from './softWell';
import { wellGenerator } from './wellGenerator';

/** What is asked: a well, where to start, and particles if any are wanted. */
export interface LineQuestion {
	readonly well: Well;
	readonly start: LineStart;
	/** a second start in the same well, to compare */
	readonly other?: LineStart;
	/** 0: none */
	readonly particles: number;
	/** Langevin time that the particles' frames span */
	readonly horizon: number;
	readonly seed: number;
}

/** A well and its modes. */
export interface SolvedWell {
	readonly well: Well;
	readonly shape: WellShape;
	readonly generator: Generator;
	readonly solved: LineModes;
}

/** The job that lets particles start with the law p. */
export function particlesJob(
	{ well, shape, generator }: Pick<SolvedWell, 'well' | 'shape' | 'generator'>,
	p: Float64Array,
	{ particles, horizon, seed }: Pick<LineQuestion, 'particles' | 'horizon' | 'seed'>
): ParticlesJob {
	const [axis] = generator.axes;
	const key = keyFromSeed(seed);
	return {
		axes: [axis],
		forces: [
			nodes(axis).map((w) => {
				const slope = shape.slope(w);
				return Number.isFinite(slope) ? -slope : NaN;
			})
		],
		diffusion: 1 / well.beta,
		start: drawPositions(generator, p, uniforms(particles, foldIn(key, 0))),
		wall: shape.wall,
		span: horizon / FRAMES,
		frames: FRAMES,
		dt: 0.01 * well.beta,
		seed
	};
}

export class LineRun {
	solution: SolvedWell | null = $state.raw(null);
	cloud: Cloud | null = $state.raw(null);
	error = $state('');

	#client = new TheoryClient();
	#question: LineQuestion | null = $state.raw(null);
	/** the same, unseen by effects: who asks must not ask again because the question was heard */
	#last: LineQuestion | null = null;
	#solve = newest(
		(well: Well) => {
			const shape = wellShape(well);
			const generator = wellGenerator(well, shape);
			return this.#client
				.run('lineModes', {
					axis: generator.axes[0],
					potential: generator.potential,
					diffusion: generator.diffusion
				})
				.then((solved) => ({ well, shape, generator, solved }));
		},
		(solution) => {
			this.solution = solution;
			this.error = '';
		},
		(error) => this.#failed(error)
	);
	#move = newest(
		async (question: LineQuestion) => {
			const shape = wellShape(question.well);
			const generator = wellGenerator(question.well, shape);
			const p = startProbabilities(generator, question.start);
			return this.#client.run(
				'particles',
				particlesJob({ well: question.well, shape, generator }, p, question)
			);
		},
		(positions, { particles, horizon }) => {
			this.cloud = { positions, count: particles, frames: FRAMES, horizon };
		},
		(error) => this.#failed(error)
	);

	/** the start's terms in the modes at hand */
	readonly terms: LineTerms | null = $derived.by(() => this.#termsOf(this.#question?.start));
	/** the same for the other start */
	readonly otherTerms: LineTerms | null = $derived.by(() => this.#termsOf(this.#question?.other));

	/** Solves what is new in a question. */
	ask(question: LineQuestion): void {
		const before = this.#last;
		this.#last = question;
		this.#question = question;
		const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
		if (!before || !same(before.well, question.well)) this.#solve(question.well);
		if (question.particles === 0) this.cloud = null;
		else if (!before || !same({ ...before, other: 0 }, { ...question, other: 0 })) this.#move(question);
	}

	close(): void {
		this.#closed = true;
		this.#client.close();
	}

	#closed = false;
	#termsOf(start: LineStart | undefined): LineTerms | null {
		if (!start || !this.solution) return null;
		const { generator, solved } = this.solution;
		return lineTerms(generator, solved.modes, startProbabilities(generator, start));
	}
	#failed(error: unknown): void {
		if (!this.#closed) this.error = error instanceof Error ? error.message : String(error);
	}
}
