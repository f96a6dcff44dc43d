// The worker of the annealer's page: samplers, embeddings and judgements, without tfjs. Long jobs give way to messages
// between reads, so that they can be cancelled.
import * as Comlink from 'comlink';
import { defaultBetaRange, geometricSchedule } from '../annealer/annealingSchedule';
import { scaledBy } from '../annealer/bqm';
import { exactSamples, MAX_EXACT_VARIABLES } from '../annealer/exactSampler';
import { rbmToQubo } from '../annealer/rbmProblem';
import { meanEnergy, type SampleSet } from '../annealer/sampleSet';
import { annealingReads, type AnnealingOptions } from '../annealer/simulatedAnnealing';
import { effectiveBeta, energyMatchingStep, pseudoLikelihoodStep } from '../annealer/temperature';
import type { AnnealerSetup, SamplerName } from '../scene/annealing';
import type { Rbm } from '../theory/rbm';
import { embeddingFacts } from './annealerChip';
import { energyCells, judge } from './annealerJudge';
import { annealerRbm, machineFacts } from './annealerMachine';
import { macrotask } from './clock';
import type { AnnealerApi, AnnealerListener, LoopStep, SpreadPoint } from './protocolAnnealer';

/** Milliseconds of work between two looks at the messages. */
const SLICE = 25;
const LOOP_STEPS = 12;
/** c of the slides' experiment, weights and biases uniform in [−c, c]. */
const SPREADS = [0.1, 0.25, 0.5, 1, 1.5, 2, 3, 4] as const;
/** Lowest rescaling that the loop tries. */
const LEAST_SCALE = 0.02;

class Annealer implements AnnealerApi {
	#ticket = 0;

	async run(setup: AnnealerSetup, listener: AnnealerListener): Promise<'done' | 'cancelled'> {
		const mine = ++this.#ticket;
		const rbm = annealerRbm(setup);
		const facts = machineFacts(rbm, setup.beta);
		const cells = this.#cells(rbm, setup);
		listener.facts(facts, cells);
		for (const sampler of setup.samplers) {
			const began = performance.now();
			const samples = await this.#sample(sampler, rbm, setup, setup.scale, mine, (done) =>
				listener.progress(sampler, done, setup.reads)
			);
			if (!samples || mine !== this.#ticket) return 'cancelled';
			listener.judged(judge(sampler, rbm, facts, cells, samples, performance.now() - began));
			await macrotask();
			if (mine !== this.#ticket) return 'cancelled';
		}
		return 'done';
	}

	async loop(
		setup: AnnealerSetup,
		rule: 'energy' | 'pseudo-likelihood',
		onstep: (step: LoopStep) => void
	): Promise<'done' | 'cancelled'> {
		const mine = ++this.#ticket;
		const rbm = annealerRbm(setup);
		const wanted = machineFacts(rbm, setup.beta).meanEnergy;
		let scale = setup.scale;
		for (let step = 0; step < LOOP_STEPS; step++) {
			const samples = await this.#sample('freezing', rbm, { ...setup, seed: setup.seed + step }, scale, mine);
			if (!samples || mine !== this.#ticket) return 'cancelled';
			const own = { ...samples, energies: samples.energies.map((e) => e / scale) };
			const { mean, error } = meanEnergy(own);
			const { beta } = effectiveBeta(rbmToQubo(rbm), own, 1, 2);
			onstep({ step, scale, energy: mean, energyError: error, wanted, effective: beta });
			if (rule === 'energy') scale = 1 / energyMatchingStep(1 / scale, mean, wanted, 1, 1e-3);
			else if (beta !== null) scale = pseudoLikelihoodStep(scale, beta, setup.beta);
			scale = Math.max(LEAST_SCALE, Math.min(8, scale));
		}
		return 'done';
	}

	async spreads(setup: AnnealerSetup, onpoint: (point: SpreadPoint) => void): Promise<'done' | 'cancelled'> {
		const mine = ++this.#ticket;
		for (const spread of SPREADS) {
			const one: AnnealerSetup = { ...setup, machine: 'uniform', spread, reads: Math.min(setup.reads, 500) };
			const rbm = annealerRbm(one);
			const facts = machineFacts(rbm, one.beta);
			for (const sampler of one.samplers.filter((s) => s !== 'exact')) {
				const samples = await this.#sample(sampler, rbm, one, one.scale, mine);
				if (!samples || mine !== this.#ticket) return 'cancelled';
				const found = judge(sampler, rbm, facts, this.#cells(rbm, one), samples, NaN);
				onpoint({
					spread,
					sampler,
					energyOff: found.energy.mean - facts.meanEnergy,
					energyError: found.energy.error,
					magnetisationError: found.magnetisationError,
					magnetisationNoise: found.magnetisationNoise,
					effective: found.effective.beta
				});
			}
		}
		return 'done';
	}

	embed(setup: AnnealerSetup) {
		return Promise.resolve(embeddingFacts(setup));
	}

	judge(setup: AnnealerSetup, samples: SampleSet) {
		const rbm = annealerRbm(setup);
		if (samples.labels.length !== rbm.N + rbm.M)
			throw new Error(
				`The file has samples of ${samples.labels.length} variables; this machine has ${rbm.N} + ${rbm.M}.`
			);
		const facts = machineFacts(rbm, setup.beta);
		return Promise.resolve(judge('annealing', rbm, facts, this.#cells(rbm, setup), samples, NaN));
	}

	cancel() {
		this.#ticket++;
		return Promise.resolve();
	}

	#cells(rbm: Rbm, { beta }: AnnealerSetup) {
		const facts = machineFacts(rbm, beta);
		const step = 0.01 * beta;
		// Var E = −d⟨E⟩/dβ
		const slope = (machineFacts(rbm, beta + step).meanEnergy - facts.meanEnergy) / step;
		return energyCells(facts, Math.sqrt(Math.max(0, -slope)));
	}

	/** Reads of one sampler, over bits; null when another job took over. */
	async #sample(
		sampler: SamplerName,
		rbm: Rbm,
		setup: AnnealerSetup,
		scale: number,
		mine: number,
		progress: (done: number) => void = () => {}
	): Promise<SampleSet | null> {
		const problem = rbmToQubo(rbm);
		const { reads, sweeps, seed, beta } = setup;
		if (sampler === 'exact') {
			if (problem.labels.length > MAX_EXACT_VARIABLES)
				throw new Error(
					`Exact samples need at most ${MAX_EXACT_VARIABLES} units; this machine has ${problem.labels.length}.`
				);
			return exactSamples(problem, beta, reads, seed);
		}
		// The schedule is the machine's own, whatever the scale: like a chip, it has a temperature, and a weaker problem is
		// sampled hotter. At scale 1 annealing's is Ocean's default.
		const [hot, cold] = defaultBetaRange(problem);
		const options: AnnealingOptions = {
			annealing: { reads, seed, schedule: geometricSchedule([hot, cold], sweeps) },
			freezing: {
				reads,
				seed,
				schedule: geometricSchedule([Math.min(hot, setup.freeze), setup.freeze], sweeps),
				acceptance: 'gibbs' as const
			},
			gibbs: { reads, seed, schedule: new Float64Array(sweeps).fill(beta), acceptance: 'gibbs' as const }
		}[sampler];
		const job = annealingReads(sampler === 'gibbs' ? problem : scaledBy(problem, scale), options);
		let pause = performance.now() + SLICE;
		for (;;) {
			const next = job.next();
			if (next.done) return next.value;
			if (performance.now() < pause) continue;
			progress(next.value);
			await macrotask();
			if (mine !== this.#ticket) return null;
			pause = performance.now() + SLICE;
		}
	}
}

Comlink.expose(new Annealer());
