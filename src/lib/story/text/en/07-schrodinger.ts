// Words of chapter 7, the Schrödinger form, in English.
import type { ChapterText } from '../../chapter';

export default {
	title: 'Schrödinger: one shape, one rate',
	summary: 'Split the motion into terms that keep their shape and die at rates of their own.',
	steps: {
		separate: {
			title: 'A shape that only fades',
			body: [
				'Look for solutions that keep their shape: $P = f(t)\\,\\phi(w)$. Put into the Fokker–Planck equation, all of the time lands on one side, all of the space on the other, so both are a constant, $-\\Gamma$.',
				'A shape with $\\Gamma > 0$ carries no probability of its own: it takes from one place what it gives to another. Added to the stationary law it makes a real density, and it fades as $e^{-\\Gamma t}$. Such a shape is a [transient]{transient}.'
			],
			see: 'Press Play: the shape below keeps its zeros and only shrinks. A higher n has more zeros and fades sooner.'
		},
		ansatz: {
			title: 'The ansatz',
			body: [
				'Write $\\phi = e^{-U/2D}\\psi$. The first derivative drops out, and what is left for $\\psi$ is the Schrödinger equation, with mass 1 and ħ = 1, in another potential, the [Schrödinger potential]{quantum-potential} $V_Q$.',
				'Its first part is large where $U$ is steep, its second is low where $U$ curves upwards. A minimum of $U$ becomes a well of $V_Q$, and so does each of two minima; the barrier between them stays a barrier.'
			],
			see: 'Where βU has a minimum the slope term vanishes and the bend term digs the well. Raise λ past 4/β: one well of $V_Q$ becomes two.'
		},
		levels: {
			title: 'Levels',
			body: [
				'The states $\\psi_n$ stand at their energies $E_n$, and the [rates]{relaxation-rate} follow: $\\Gamma_n = 2D\\,E_n$. The lowest has $E_0 = 0$ exactly, because its term is the stationary law, which does not decay.',
				'In the gaussian closure the well is harmonic, $V_Q = \\tfrac12\\omega^2w^2 - \\tfrac12\\omega$ with $\\omega = \\kappa/2$, and the answer is known: Hermite functions at $E_n = n\\omega$. The zero-point energy is gone; $V_Q$ has already paid it.'
			],
			see: 'Equal steps of ω = (4 − βλ)/2. Moving λ towards 4/β widens the well and pulls all levels down to zero.'
		},
		build: {
			title: 'Build it from its terms',
			body: [
				'Any start is a sum of such terms, $c_n$ of each. Switch them on one by one, with the slider or at the levels themselves, and the bump grows out of the stationary law.',
				'A sharp bump needs high terms: at $t = 0$ eight are not enough, a moment later they are, since the missing ones have died.'
			],
			see: 'Solid: the terms that are switched on. Dotted: all of them. The note says how much probability still lies wrong.'
		},
		dying: {
			title: 'Which dies first?',
			body: [
				'The bars are what is left of each term, $|c_n|\\,e^{-\\Gamma_n t}$; outlines show what the start held. Some bars are tall, because the start looks like them, and some are low.',
				'Press Play when you have guessed.'
			],
			see: 'Outlines: what the start holds of each term. Filled: what is left at time t. A click on a bar takes its term out of the sum.',
			ask: {
				question: 'Which bar of transients has lost half of its height first?',
				options: {
					n1: 'n = 1',
					n2: 'n = 2',
					n3: 'n = 3',
					n4: 'n = 4',
					n5: 'n = 5',
					n6: 'n = 6',
					n7: 'n = 7',
					together: 'all at the same time'
				},
				answer:
					'The highest that the start holds: a half-life is $\\ln 2/\\Gamma_n$, and $\\Gamma_n$ knows nothing of how tall the bar is. The last to stand is n = 1, and it alone decides how long forgetting takes.'
			}
		},
		gap: {
			title: 'Two wells: a level that almost touches zero',
			body: [
				'Past βλ = 4 the first excited state is the ground state with one half turned over. It costs almost no energy, so $E_1$ nearly touches zero: a quantum particle would tunnel, ours [hops]{hopping} over the barrier, and $1/\\Gamma_1$ is how long that takes.',
				'With more units the barrier is higher, and the gap closes faster. The oscillator knows nothing of this: its $\\Gamma_1$ falls to zero at 4 and is gone.'
			],
			see: 'Left: $E_1$ sinks onto $E_0$ as λ grows. Right: the same as a rate, on a logarithmic scale; more units, steeper fall.'
		}
	},
	figure: {
		oneTitle: 'One term by itself',
		oneSum: 'law + term',
		oneShape: 'the term, per unit of w',
		oneStart: 't = 0',
		oneNote:
			'Term {n}: Γ = {rate}, {left} % of it left. It adds no probability: what it lifts here it lowers there.',
		sumTitle: 'P(w,t) from its terms',
		densityAxis: 'density, per unit of w',
		softAxis: 'soft coordinate w, from m = ½',
		sumName: 'terms on',
		allName: 'all terms',
		stationaryName: 'stationary',
		termName: 'term {n}',
		startKnob: 'Start',
		sumNote: 'Terms on and all terms differ by a total variation of {off}.',
		potentialsTitle: 'βU and V_Q along the soft mode',
		potentialAxis: 'βU, kT',
		quantumAxis: 'V_Q and its two parts, per length²',
		slopeName: 'slope term',
		bendName: 'bend term',
		potentialsNote: 'Exact in the closed form of the chosen well; the exact marginal belongs to 8 + 8 units.',
		levelsTitle: 'Levels in V_Q',
		energyAxis: 'E, per length²',
		levelSwitch: 'Term {n}: E = {energy}, rate {rate}',
		levelsNote: 'Γ₁ = {rate}, by all modes of the grid; halving the grid says it is right to {error} %.',
		levelsHarmonic:
			'The grid’s energies differ from nω by at most {percent} %; the table holds its functions against Hermite’s.',
		exactName: 'exact',
		differenceName: 'largest difference from Hermite',
		barsTitle: 'What is left of each term',
		barsAxis: '|cₙ|, outline: at the start; filled: now',
		barSwitch: 'Term {n}: {now} left, rate {rate}',
		coefficientName: '|cₙ|',
		leftName: 'left now',
		halvedName: 'half-life',
		barsNote: 'c₀ = 1: the stationary law carries all of the probability.',
		yourGuess: 'guess',
		gapTitle: 'The first rates against the coupling',
		gapAxis: 'rate Γ',
		couplingAxis: 'coupling βλ',
		gapFirst: 'Γ₁',
		gapSecond: 'Γ₂',
		gapOscillator: 'oscillator, D(4 − βλ)',
		gapNote: 'Each point solved on the grid, 29 couplings; values good to about 1 %.',
		time: 'Time t',
		lambda: 'Singular value λ',
		beta: 'Inverse temperature β',
		betaLambda: 'βλ = {value}',
		units: 'Units a layer',
		well: 'Potential',
		wellGaussian: 'gaussian',
		wellLandau: 'Landau',
		wellExact: 'exact marginal',
		pick: 'Term n',
		upTo: 'Terms up to n',
		upToValue: '{count} on'
	},
	terms: {
		P: 'probability density at time t',
		phi: 'shape of a term: it never changes, it only fades',
		gamma: 'rate at which a term dies',
		U: 'effective potential of the mode',
		psi: 'eigenfunction in the Schrödinger potential',
		vq: 'the Schrödinger potential that the ansatz makes of U',
		energy: 'energy of the eigenfunction',
		slope: 'large where U is steep',
		bend: 'low where U curves upwards',
		stationary: 'the stationary law: term n = 0',
		c: 'how much of term n the start holds'
	},
	glossary: {
		transient: {
			term: 'transient',
			text: 'A part of a density that dies away exponentially; what is left when all transients are gone is the stationary law.'
		},
		'quantum-potential': {
			term: 'Schrödinger potential V_Q',
			text: "The potential $V_Q = U'^2/8D^2 - U''/4D$ in which the eigenfunctions of the Fokker–Planck equation are quantum states. With $D = 1/\\beta$ it is built from $\\beta U$ alone."
		},
		hopping: {
			term: 'hopping',
			text: 'The passage of a thermal particle over a barrier, rare when the barrier is many kT high. In the Schrödinger form it appears as the small gap that tunnelling opens.'
		}
	}
} satisfies ChapterText;
