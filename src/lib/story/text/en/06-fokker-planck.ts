// Words of chapter 6, the Fokker–Planck equation, in English.
import type { ChapterText } from '../../chapter';

export default {
	title: 'Fokker–Planck: a law that settles',
	summary: 'Let the continuous law move: it drifts downhill, spreads by heat, and forgets where it began.',
	steps: {
		'drift-and-spread': {
			title: 'Drift and spread',
			body: [
				'Once the coordinates are continuous, $e^{-\\beta U_{\\text{eff}}}/Z$ is the [stationary law]{stationary-law} of a process in time: the [Fokker–Planck equation]{fokker-planck}, here overdamped and with friction 1.',
				'Two things happen at once. The force carries probability downhill, and heat spreads it with the [diffusion constant]{diffusion-constant} $D = 1/\\beta$. The line above the potential is $P(w,t)$ along the soft mode $w$; the dashed one is where it must end.'
			],
			see: 'Drag the knob to start elsewhere, then press Play: the bump slides to the middle, widens, and stops at the dashed law.'
		},
		particles: {
			title: 'The same, by particles',
			body: [
				'The equation speaks of probability; a [Langevin]{langevin} particle lives it. Each one feels the slope of $U_{\\text{eff}}$ and is kicked at random, by the same $D$.',
				'The columns count particles. They never follow the line exactly, because there are finitely many, and the line never shakes, because it is their average over all kicks.'
			],
			see: 'Columns and line start together and stay together. With 4000 particles the columns are four times calmer than with 250.'
		},
		draw: {
			title: 'From any start',
			body: [
				'Nothing in the equation asks for a bump. Draw a start with the pointer across the figure, or point by point with the arrow keys.',
				'Here the potential is the exact one: minus the logarithm of the law of $w$ under the exact lift, for a machine with 8 + 8 units that share one singular value. On the line alone the end is exact; the way there leaves out what the other coordinates do meanwhile.'
			],
			see: 'The line is the drawing scaled to area 1. Its sharp corners go first, its broad shape goes last, and the end is the same for every drawing.'
		},
		temperature: {
			title: 'What heat does',
			body: [
				'β enters twice: it scales the potential against heat, and it sets $D = 1/\\beta$. In the gaussian closure a mode’s mean decays at the [rate]{relaxation-rate} $\\Gamma = D\\kappa$ with $\\kappa = 4-\\beta\\lambda$, so $\\Gamma = 4/\\beta - \\lambda$.',
				'Keep the machine as it is, λ = 2, and heat it from β = 1 to β = ½.'
			],
			see: 'On this logarithmic scale a straight line is one rate. The dotted line is β = 1, the solid one the β of the slider.',
			ask: {
				question:
					'At β = 1 the distance shrinks with Γ = 2. Heated to β = ½, how many times as fast does it shrink?',
				answer:
					'Three times, not twice: $\\Gamma = 4/\\beta-\\lambda$ goes from 2 to 6. Heat speeds up diffusion, and it also takes the coupling’s pull from the spring.',
				y: 'times as fast'
			}
		},
		distance: {
			title: 'How far from the end?',
			body: [
				'Measure it by the [total variation]{total-variation} $d$: the share of probability that would have to be moved to make $P$ the stationary law. It starts near 1 and only ever falls.',
				'For the density it is a sum over the grid. For particles it is counted in 16 bins, and finite numbers add noise: even particles drawn from the stationary law itself stand at the dotted floor. Below it, that many particles cannot tell.'
			],
			see: 'Points follow the line down to the floor and stay there; four times the particles halve the floor. Bars are one standard deviation.'
		},
		'two-wells': {
			title: 'Two wells',
			body: [
				'Past βλ = 4 the law has two wells. Two starts are shown: a bump in the left well, and the same bump on top of the barrier, dotted.',
				'The bump in the well already sits where half of all probability belongs. The one on the barrier sits where hardly any does.'
			],
			see: 'Solid: the start in the left well. Dotted: the start on the barrier. Press Play and watch which one meets the dashed law first.',
			ask: {
				question: 'Which start comes first within a tenth of the stationary law?',
				options: {
					top: 'the one on the barrier',
					well: 'the one in the well',
					same: 'both at the same time'
				},
				answer:
					'The one on the barrier: both wells fill evenly at once. From one well half of the probability still has to hop, and hops are rare. A start that is even in $w$ holds none of that slow term; the next chapter makes such terms visible.'
			}
		},
		plane: {
			title: 'Stiff and soft together',
			body: [
				'The smallest machine, one visible and one hidden unit, has two coordinates, so here nothing is left out: the exact lift at σ² = ¼ in the $(u,w)$ plane, stepped on a grid of 49 × 73 cells in a worker.',
				'The stiff coordinate forgets first. What is left crawls along the soft one, and that is the rate that counts.'
			],
			see: 'Drag the knob and play: the cloud drops onto the soft axis, then drifts along it. Rings are the stationary law.'
		}
	},
	figure: {
		densityTitle: 'P(w,t) along the soft mode',
		densityAxis: 'density, per unit of w',
		softAxis: 'soft coordinate w, from m = ½',
		densityName: 'P(w,t)',
		otherName: 'from the top',
		stationaryName: 'stationary',
		particlesName: '{count} Langevin particles: columns, and dots of 400 of them under the axis.',
		drawingName: 'drawing',
		potentialAxis: 'βU, kT',
		gridNote:
			'Density: all modes of a grid of {cells} cells, exact in time on it; the grid changes the slowest rate by about {error} %.',
		startKnob: 'Start',
		heightKnob: 'Height at',
		distanceTitle: 'Distance to the stationary law',
		distanceAxis: 'total variation d',
		timeAxis: 'time t',
		distanceDensity: 'density',
		distanceOther: 'from the top',
		distanceReference: 'β = 1',
		distanceGuess: 'your guess',
		distanceFloor: 'floor',
		distanceParticles: 'particles',
		distanceNote:
			'Particles: {count}, counted in {bins} bins; bars and band are one and two standard deviations of sampling.',
		distanceHidden: 'Guess first: the distance is shown with the answer.',
		sdName: 's.d.',
		planeTitle: 'P(u,w,t) of the smallest machine',
		stiffAxis: 'stiff u',
		planeNote:
			'Slowest rate Γ₁ = {rate}, by the grid of {cells} cells (good to about 1 %); {steps} implicit steps; {count} particles.',
		meanU: '⟨u⟩',
		meanW: '⟨w⟩',
		varU: 'Var u',
		varW: 'Var w',
		ofParticles: 'particles',
		time: 'Time t',
		lambda: 'Singular value λ',
		beta: 'Inverse temperature β',
		betaLambda: 'βλ = {value}',
		well: 'Potential',
		wellGaussian: 'gaussian',
		wellEntropic: 'entropic',
		wellExact: 'exact marginal',
		start: 'Start',
		startPoint: 'point',
		startBump: 'bump',
		startTwo: 'two bumps',
		startDrawn: 'drawn',
		count: 'Particles'
	},
	terms: {
		P: 'probability density of the coordinates at time t',
		D: 'diffusion constant, 1/β',
		drift: 'force: the slope of the potential, downhill',
		gamma: 'relaxation rate of the mode',
		distance: 'total variation: the share of probability still to be moved',
		stationary: 'the stationary law, where P ends'
	},
	glossary: {
		'stationary-law': {
			term: 'stationary law',
			text: 'The distribution that a process keeps once it has it. For Langevin and Fokker–Planck dynamics in $U$ it is $e^{-\\beta U}/Z$.'
		},
		'fokker-planck': {
			term: 'Fokker–Planck equation',
			text: 'The equation of motion of a probability density under a force and thermal noise: drift down the slope of $U$, diffusion with $D = 1/\\beta$.'
		},
		'diffusion-constant': {
			term: 'diffusion constant',
			text: 'How fast heat spreads a density: without a force its variance grows by $2D$ a unit of time. With friction 1, $D = 1/\\beta$.'
		},
		langevin: {
			term: 'Langevin particle',
			text: 'A particle that slides down a potential and is kicked at random; a crowd of them has the density that the Fokker–Planck equation gives.'
		},
		'relaxation-rate': {
			term: 'relaxation rate',
			text: 'The rate Γ of an exponential return to equilibrium: after a time 1/Γ a deviation has shrunk to 37 %.'
		}
	}
} satisfies ChapterText;
