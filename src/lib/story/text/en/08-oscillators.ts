// Words of chapter 8, coupled oscillators, in English.
import type { ChapterText } from '../../chapter';

export default {
	title: 'Coupled oscillators',
	summary:
		'Every mode is a spring; one of them weakens with the coupling, and what happens then is not what it seems.',
	steps: {
		springs: {
			title: 'Every mode is a spring',
			body: [
				'Near its minimum $\\beta U$ is a parabola, and so is $V_Q$: an oscillator of frequency $\\omega = \\kappa/2$ about $z_{i0}$, with $\\zeta_i$ the distance from there. The machine has 4 visible and 3 hidden units, so there are seven: three [stiff]{stiff-mode}, three [soft]{soft-mode}, one [free]{free-mode}.',
				'Biases pull the rest positions $z_{i0}$ away from ½; in the gaussian closure they leave every ω as it was.'
			],
			see: 'Shaded: how wide heat lets each mass swing. Soft springs, at the left, are thin and swing far; λ makes the softest softer.'
		},
		'one-mode': {
			title: 'One mode alone',
			body: [
				'Point at a spring, or take the row of springs into focus and use the arrow keys: that mode alone moves, at its own ω and with its own thermal width $1/\\sqrt{\\kappa}$, and the others rest.',
				'At the left is the same motion in the units. A soft mode moves $x$ and $y$ together, a stiff one against each other: the visible units keep their pattern and the hidden ones turn theirs over. A free mode leaves the hidden units at rest.'
			],
			see: 'Arrows are each unit’s share in the mode. Soft and stiff of the same λ differ only in the sign of the hidden units.'
		},
		coupling: {
			title: 'When springs pull on each other',
			body: [
				'With biases the closure is no longer as simple: units near 0 or 1 are stiffer than those near ½, and $K$ in the coordinates $u$, $w$, $x$ has numbers off its diagonal, $k_{ij}$.',
				'The slides keep these in $V_Q$ but then add up $\\omega_i = k_{ii}/2$. The frequencies are those of the [normal modes]{normal-mode}, half the eigenvalues of $K$; the lowest is never above the lowest $k_{ii}/2$.'
			],
			see: 'Two numbers for the first excited level. Without biases they agree; the slider parts them.'
		},
		ladder: {
			title: 'The ladder',
			body: [
				'Quanta add up: $E(n) = \\sum\\omega_i n_i$, and each level is a rate, $\\Gamma = 2D\\,E$. The vacuum, $E = 0$, is the stationary law.',
				'Levels that coincide are [degenerate]{degeneracy}. Here λ₁ = λ₂, so the two softest springs agree; and a stiff and a soft quantum of one λ always make 4 together, as two free ones do.'
			],
			see: 'Dots are states that share a rung. Move λ₂ away from λ₁ and rungs split.'
		},
		softening: {
			title: 'The spring that lets go',
			body: [
				'As the coupling grows the soft spring weakens, $\\omega_{\\text{soft}} = (4-\\beta\\lambda)/2$, and at βλ = 4 nothing is left of it. The stiff one gains what it loses.',
				'A weaker spring lets heat push its mass further. Draw how far: the variance of $w$ from βλ = 0 to 4 in a real machine of 8 + 8 units.'
			],
			see: 'Left: the two frequencies; move λ and the marks follow. Right, once you have guessed: the variance.',
			ask: {
				question: 'How does the variance of the soft mode grow up to βλ = 4?',
				answer:
					'The oscillator says $1/(4-\\beta\\lambda)$, without bound. The machine follows it at first and then bends away: there are finitely many units, and each ends at 0 and 1.',
				x: 'βλ',
				y: 'variance of w'
			}
		},
		wells: {
			title: 'Past the threshold',
			body: [
				'The parabola opens downwards now. But it was only ever the second order of an expansion; the fourth order, $\\tfrac{2}{3n}w^4$ for $n + n$ units, turns it up again. Two [wells]{landau-well} appear at $\\pm w^*$, most units on or most units off.',
				'This is Landau’s picture of a phase transition. The whole entropy has its wells a little further in, and walls where all units agree.'
			],
			see: 'At βλ = 4 the single minimum splits. Just past it Landau’s wells (open marks) and the entropy’s (full marks) agree.'
		},
		runaway: {
			title: 'Modes that do not converge',
			body: [
				'The paper reports modes whose diffusion does not converge. Cut at second order they cannot: with $\\kappa < 0$ the variance grows like $e^{2|\\kappa|Dt}$, for ever.',
				'The machine’s own law has no such modes. Started in the same place, its density parts into the two wells and stops. What does not converge is the truncation: a unit cannot go further than 0 or 1, and second order does not know that.'
			],
			see: 'Press Play: the dotted density runs off and flattens, the solid one settles on the dashed law.'
		}
	},
	figure: {
		springsTitle: 'Units and normal modes',
		unitsTitle: 'unit s',
		visibleName: 'visible',
		hiddenName: 'hidden',
		stiffName: 'stiff',
		softName: 'soft',
		freeName: 'free',
		mixedName: 'mixed',
		modesSlider: 'Normal mode that moves alone',
		allModes: 'All modes move. Below each spring: its frequency ω.',
		modeText: '{kind} mode {name}: ω = {omega}, Γ = {rate}, thermal width {width}.',
		noSpring: '{kind} mode {name}: ω = {omega}, no spring to second order.',
		springsNote: 'Exact in the closure; width: standard deviation 1/√κ. Swings are slowed or sped up alike.',
		widthName: 'width 1/√κ',
		rateName: 'Γ = Dκ',
		kindName: 'kind',
		modeName: 'mode',
		matrixTitle: 'K in stiff, soft and free coordinates',
		matrixNote:
			'The largest |k_ij| off the diagonal is {coupling}. Exact in the entropic closure, about its minimum.',
		lowestModes: 'First level by normal modes',
		lowestDiagonal: 'by the diagonal alone',
		byModes: 'ω, normal modes',
		byDiagonal: 'ω, diagonal alone',
		ladderTitle: 'Levels E(n)',
		ladderAxis: 'energy E',
		rateAxis: 'rate Γ',
		ladderSlider: 'Rung of the ladder',
		rungText: 'E = {energy}, Γ = {rate}; states: {count} ({states}).',
		ladderEmpty: 'A mode without a spring has no levels: βλ is past 4.',
		degeneracyName: 'degeneracy',
		statesName: 'quanta',
		frequencyTitle: 'Frequencies',
		frequencyAxis: 'frequency ω',
		couplingAxis: 'coupling βλ',
		varianceTitle: 'Variance of the soft mode',
		varianceAxis: 'Var w',
		oscillatorName: 'oscillator',
		machineName: 'machine',
		guessName: 'your guess',
		softeningNote: 'Machine: exact, by summing over all states of {units} + {units} units.',
		varianceHidden: 'Draw your guess first: the variance is shown with the answer.',
		wellsTitle: 'βU along the soft mode',
		potentialAxis: 'βU, kT, from w = 0',
		softAxis: 'soft coordinate w, from m = ½',
		secondOrder: 'second order',
		landauName: 'Landau',
		entropicName: 'entropy',
		wellsNote:
			'Wells at ±{landau} by Landau, ±{entropic} by the entropy; barriers {landauBarrier} and {entropicBarrier} kT.',
		runawayTitle: 'P(w,t) from the top of the barrier',
		spreadTitle: 'Its variance',
		densityAxis: 'density, per unit of w',
		timeAxis: 'time t',
		exactName: 'exact',
		stationaryName: 'stationary',
		runawayNote:
			'Exact: all modes on the grid, in the marginal of the exact lift (8 + 8 units). Second order: closed form.',
		time: 'Time t',
		lambda: 'First singular value λ₁',
		lambda2: 'Second singular value λ₂',
		betaLambda: 'βλ₁ = {value}',
		bias: 'Biases, drawn from ±',
		biasNone: '0, balanced',
		units: 'Units a layer'
	},
	terms: {
		omega: 'frequency: half the curvature of βU',
		zeta: 'distance from the rest position along the mode',
		z0: 'rest position',
		kij: 'curvatures of βU; off the diagonal, couplings between modes',
		energy: 'energy of a set of quanta',
		gamma: 'rate at which that transient dies',
		kappa: 'curvature of the soft mode',
		quartic: 'what confines the mode past the threshold'
	},
	glossary: {
		'stiff-mode': {
			term: 'stiff mode',
			text: 'The direction $u = (x-y)/\\sqrt2$ of a singular value, in which visible and hidden units move against each other; the coupling adds βλ to its curvature.'
		},
		'soft-mode': {
			term: 'soft mode',
			text: 'The direction $w = (x+y)/\\sqrt2$ of a singular value, in which visible and hidden units move together; the coupling takes βλ from its curvature.'
		},
		'free-mode': {
			term: 'free mode',
			text: 'A direction of the larger layer on which the weights do not act; its curvature is 4 whatever the coupling.'
		},
		'normal-mode': {
			term: 'normal mode',
			text: 'A combination of coordinates that swings by itself: an eigenvector of the matrix of curvatures.'
		},
		degeneracy: {
			term: 'degeneracy',
			text: 'How many different states share one energy, and so one rate.'
		},
		'landau-well': {
			term: 'Landau well',
			text: 'One of the two minima that appear when the quadratic term of an expansion turns negative and the quartic one confines it.'
		}
	}
} satisfies ChapterText;
