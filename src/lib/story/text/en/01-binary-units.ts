// Chapter 1 in English.
import type { ChapterText } from '../../chapter';

export default {
	title: 'Binary units',
	summary: 'A machine of switches, the energy of each setting, and why nobody can list them all.',
	steps: {
		units: {
			title: 'A machine of switches',
			body: [
				'Here are seven *units*. Each is either on, 1, or off, 0. Press them.',
				'The four in the upper row are [visible units]{visible-unit}: data will be written there. The three below are [hidden units]{hidden-unit}: the machine may use them as it likes. Each visible unit is tied to each hidden one by a [weight]{weight}, and no two units of one row are tied. Such a machine is a [Restricted Boltzmann Machine]{rbm}, an RBM for short.',
				'One setting of all units is a *state*. Seven switches have $2^7 = 128$ states.'
			],
			see: 'Press a unit: it changes between 0 and 1, and the lines between units that are both on become strong.'
		},
		energy: {
			title: 'Every state has an energy',
			body: [
				'The [energy]{energy} adds up three things: the [biases]{bias} $a_0$ of the visible units that are on, the biases $b_0$ of the hidden units that are on, and the weight $W_{ij}$ of each line whose two ends are both on. The minus signs make large positive numbers cheap: a positive weight asks its two units to be on together.',
				'Point at a term of the equation to see which part of the machine it is.'
			],
			see: 'The bars are the three terms of the energy, laid end to end; the last one is their sum. One press changes only the terms that the unit is part of.'
		},
		weights: {
			title: 'Low energy, high weight',
			body: [
				'The machine prefers low energies, but not absolutely. A state of energy $E$ counts with its [Boltzmann weight]{boltzmann-weight} $e^{-\\beta E}$. The [inverse temperature]{beta} $\\beta$ says how strict it is.',
				'The figure shows all 128 states, from the lowest energy at the left to the highest at the right, each with its share of the total weight. The marked bar is the state that the units are in.'
			],
			see: 'Each bar is one state. Press a bar to put the units into that state.',
			ask: {
				question: 'Turn $\\beta$ down to 0. What will the 128 bars do?',
				options: {
					equal: 'They all become equally high.',
					lowest: 'Only the state of lowest energy is left.',
					same: 'They keep their shape; only the scale changes.'
				},
				answer:
					'At $\\beta = 0$ every weight is $e^0 = 1$: no state is preferred. As $\\beta$ grows, the lowest energies take everything. The slider is yours now.'
			}
		},
		partition: {
			title: 'One number divides them all',
			body: [
				'To make a probability of a weight, divide by the sum of all weights. That sum is the [partition function]{partition-function} $Z$. For seven units it has 128 terms, and this page adds them up each time you move a slider.',
				'Nearly everything one would like to know about a machine sits in $Z$: its logarithm is a free energy, and its derivatives are averages. Training an RBM needs those averages.'
			],
			see: 'The numbers under the units are exact: every state was counted. Raise $\\beta$ and watch a few states take all the probability.'
		},
		hopeless: {
			title: 'Seven units, fine. Fifty?',
			body: [
				'Each further unit doubles the number of terms. The points in the figure are not from a book: your machine has just computed $Z$ for larger and larger RBMs and timed itself.',
				'One trick helps. Given one layer, the units of the other are independent, so their sum can be done in closed form; only the smaller layer must be listed, $2^{\\min(N,M)}$ states instead of $2^{N+M}$. That halves the slope and does not change the story. An RBM for handwritten digits has 784 visible and 500 hidden units.'
			],
			see: 'Filled points were measured just now on your machine. The dashed lines are extrapolated: they are the fit to those points, carried on.',
			ask: {
				question:
					'At how many units $N+M$ would listing all states take your machine the age of the universe?',
				options: {
					forty: 'about 40',
					ninety: 'between 70 and 100',
					thousand: 'about 1000'
				},
				answer:
					'Doubling is quick: the figure gives the number for your machine. At 50 units one waits for days or for years, as the machine is; the slides call everything beyond that intractable. The chapters that follow look for another way in.'
			}
		}
	},
	figure: {
		graph: 'The units of the machine',
		visibleUnit: 'visible unit {number}',
		hiddenUnit: 'hidden unit {number}',
		biasVisible: 'visible biases',
		biasHidden: 'hidden biases',
		pairs: 'pairs',
		total: 'energy E',
		machineTitle: 'A machine of 4 visible and 3 hidden units',
		machineText: 'Small numbers are biases; thick lines are large weights, dashed lines negative ones.',
		energyTable: 'term',
		energyValue: 'value',
		statesTitle: 'All states',
		statesText: 'The {count} states by rising energy; the height is the probability.',
		rank: 'rank by energy',
		probability: 'probability',
		stateColumn: 'state v h',
		energyColumn: 'energy',
		exactNote: 'Exact, by enumeration of all states.',
		betaLabel: 'Inverse temperature β',
		couplingLabel: 'Strength λ₁ of the weights',
		sizeLabel: 'Number of units N+M',
		lnZ: 'ln Z',
		ofState: 'p of this state',
		entropy: 'entropy, nats',
		costTitle: 'Time to compute Z exactly',
		costText: 'On this machine: measured, and where the line through the measurements leads.',
		costUnits: 'N+M, units',
		costSeconds: 'time, s',
		costStates: 'all states',
		costLayer: 'smaller layer',
		costMeasured: 'measured, s',
		costLine: 'fitted line, s',
		costUniverse: 'age of the universe',
		costDay: 'a day',
		costSlope: 'Doublings for each unit: {slope} ± {error} (fitted).',
		costAt: '{way}, {units} units: {time}, to a factor of {factor}; extrapolated.',
		costLimit: 'Age of the universe at about {units} units.',
		costMeasuring: 'Computing Z for larger and larger machines…',
		costNote:
			'N = M in every machine. Points are the shortest of up to five runs; times under 1 ms are left out of the fit.',
		costFailed: 'The measurement stopped: {problem}',
		seconds: 's',
		minutes: 'minutes',
		hours: 'hours',
		days: 'days',
		years: 'years'
	},
	terms: {
		E: 'energy of the state',
		a0: 'biases of the visible units that are on',
		b0: 'biases of the hidden units that are on',
		W: 'weights between units that are both on',
		beta: 'inverse temperature',
		Z: 'partition function',
		p: 'probability of the state',
		n: 'number of units'
	},
	glossary: {
		'visible-unit': {
			term: 'visible unit',
			text: 'A unit that carries data: a pixel, or one cell of a measured pattern. There are $N$ of them; together they are $v$.'
		},
		'hidden-unit': {
			term: 'hidden unit',
			text: 'A unit that no data are written to. There are $M$ of them; together they are $h$. They let the visible units depend on each other.'
		},
		weight: {
			term: 'weight',
			text: 'The number $W_{ij}$ on the line between visible unit $i$ and hidden unit $j$. It counts only while both are on.'
		},
		bias: {
			term: 'bias',
			text: 'A number that a unit contributes to minus the energy whenever it is on: $a_0$ for visible units, $b_0$ for hidden ones.'
		},
		rbm: {
			term: 'Restricted Boltzmann Machine',
			text: 'A network of binary units in two layers, with weights between the layers and none within, and probabilities $e^{-\\beta E}/Z$.'
		},
		energy: {
			term: 'energy',
			text: 'The number $E(v,h) = -a_0\\cdot v - b_0\\cdot h - v^{\\top}Wh$ of a state. Low energies are likely ones.'
		},
		'boltzmann-weight': {
			term: 'Boltzmann weight',
			text: '$e^{-\\beta E}$: how much a state of energy $E$ counts, before the weights are divided by their sum.'
		},
		beta: {
			term: 'inverse temperature β',
			text: 'How strictly low energies are preferred: not at all at $\\beta = 0$, absolutely as $\\beta\\to\\infty$.'
		},
		'partition-function': {
			term: 'partition function Z',
			text: 'The sum of the Boltzmann weights of all states. Probabilities are weights divided by it.'
		}
	}
} satisfies ChapterText;
