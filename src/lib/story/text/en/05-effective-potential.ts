// Chapter 5 in English.
import type { ChapterText } from '../../chapter';

export default {
	title: 'The effective potential',
	summary:
		'Energy and constraint add up to one potential. Five ways to make it smooth, what each assumes, and where each fails.',
	terms: {
		U: 'effective potential',
		E: 'energy',
		S: 'entropy of the states, a constant',
		V: 'constraint potential',
		lambda: 'singular value',
		kappa: 'curvature along the soft mode',
		stiff: 'curvature along the stiff mode',
		variance: 'variance of the soft mode',
		onsager: 'Onsager reaction',
		sigma: 'width of the smear',
		tv: 'total variation'
	},
	steps: {
		terms: {
			title: 'Energy, constraint, and a constant',
			body: [
				'Written as one exponential, $\\rho\\,e^{-\\beta E}$ is a Boltzmann law with the [effective potential]{effective-potential} $U_{\\text{eff}}$. Along the soft mode the energy pushes out and the constraint pulls back; here the bell of chapter 3 stands for it.',
				'$S_c$ counts the states. It is $(N+M)\\ln2$, here 9.704 for 14 units; the slides write $2^{N+M}$, which would be 16 384. Either way it is the same everywhere: it shifts the curve and moves nothing.'
			],
			see: 'Count the constant: the violet curve drops by 9.70 and the force on the ball keeps every digit.'
		},
		five: {
			title: 'Five closures',
			body: [
				'A sum of deltas has neither slope nor curvature, so a smooth stand-in for $V_{\\text{const}}$ has to be chosen. A [closure]{closure} is such a choice. *Gaussian*: keep mean and covariance of the vertices. *Entropic*: the entropy of independent units. *TAP*: that, with the reaction of the other units. *Fitted*: whatever Gaussian the samples have. *Smoothed*: the vertices, blurred, with the energy lifted to match.',
				'Each curve follows one mode of an 8×6 machine while the other modes relax. Near the bottom they agree with the exact law. Further out the bell is too wide, and the mean-field walls stand too close because relaxed modes do not fluctuate.'
			],
			see: 'Dashed is the closure, solid the exact law. Raise βλ₁ and compare each κ with the exact 1/Var.'
		},
		softening: {
			title: 'Where does the variance go?',
			body: [
				'The gaussian closure says $\\operatorname{Var}w_1=1/(4-\\beta\\lambda_1)$: a divergence at $\\beta\\lambda_1=4$. The paper speaks of modes whose diffusion does not converge.',
				'An 8×6 machine has 16 384 states, so its variance can be summed exactly at every coupling.'
			],
			see: 'Follow each line past βλ₁ = 4. Beyond it the entropic closure gives the variance inside one well.',
			ask: {
				question:
					'An 8×6 machine starts with $\\operatorname{Var}w_1=\\tfrac14$ uncoupled. Draw the variance of its soft mode as $\\beta\\lambda_1$ grows past 4.',
				answer:
					'It passes 4 without a kink: 14 bits cannot wander further than they reach, and the quartic term confines the mode long before. Fitted and smoothed closures give the exact line, the one because it is handed the covariance, the other because its law is exact.',
				x: 'βλ₁',
				y: 'Var w₁'
			}
		},
		'past-four': {
			title: 'Past βλ = 4',
			body: [
				'At $\\beta\\lambda_1=5$ the gaussian potential is a hilltop: there is no minimum to expand about. The entropic one has a positive quartic term, so the hilltop sits between two wells: Landau’s picture of broken symmetry.',
				'The exact law has two wells too, with a barrier of about one $kT$ between them. TAP, which is second order in $\\beta W$, still sees one. The fitted parabola has the right variance and the wrong shape.'
			],
			see: 'Follow βλ₁ from 3 to 6: one minimum, none, two.'
		},
		bulk: {
			title: 'Many weak modes',
			body: [
				'Now the other singular values are raised as well. Each unit then feels many weak couplings, and pushes back on itself through them. This Onsager reaction stiffens every mode.',
				'The entropic closure leaves it out and is too soft. TAP has it to second order in $\\beta W$, and is good while Plefka’s condition holds.'
			],
			see: 'Raise the other singular values: the exact 1/Var leaves the entropic κ and goes with TAP.'
		},
		field: {
			title: 'A field along the mode',
			body: [
				'Biases that lean along $w_1$ push the law off the centre. The gaussian closure is expanded about $m=\\tfrac12$ and answers with a shift proportional to the force, however large. Real units saturate.',
				'The dot of the fitted closure stands at the exact mean. The entropic and TAP minima follow $m=\\operatorname{sigmoid}(\\ldots)$, and stop where the bits stop.'
			],
			see: 'Push the field: the gaussian dot runs off in proportion, the TAP dot stays beside the fitted one.'
		},
		ripples: {
			title: 'Exact, and still rippled',
			body: [
				'The smoothed closure has the exact law at every $\\sigma^2<1/(\\beta\\lambda_1)$. But its potential is a mixture of $2^{14}$ small wells: with a narrow smear, the straight cut through its lowest minimum sees the walls of a single vertex.',
				'So its stationary law can be trusted and its curvature at a point cannot. For frequencies take the inverse variance of the lifted mode, or the widest $\\sigma^2$ allowed.'
			],
			see: 'Widen σ²: in the smoothed panel the narrow well opens, while the exact law of the lift hardly moves.'
		},
		lift: {
			title: 'Why the energy must be lifted',
			body: [
				'Smear the vertices and leave $E$ as it is, and each state gains weight by the energy it finds nearby. Summed over all 128 states of a 4×3 machine, that [total variation]{total-variation} reaches 0.8.',
				'Lifting undoes it mode by mode: $\\lambda_u\\to\\lambda/(1-\\beta\\sigma^2\\lambda)$, $\\lambda_w\\to\\lambda/(1+\\beta\\sigma^2\\lambda)$. What is left is rounding error. From here on the diffusing particle and the RBM are the same law.'
			],
			see: 'Drag the width: the filled points leave the diagonal, the open ones never do.'
		}
	},
	figure: {
		sumTitle: 'βU_eff along the soft mode',
		sumAxis: 'w₁ from the centre',
		sumPotential: 'in units of kT',
		sumEnergy: 'βE',
		sumConstraint: 'V_const',
		sumEntropy: '−S_c',
		sumWhole: 'βU_eff',
		sumBall: 'Ball',
		sumForce: 'force {force}',
		sumNote:
			'Gaussian closure. S_c = ({N}+{M}) ln 2 = {entropy}; 2 to the {N}+{M} would be {count}. Force on the ball at {ball}: {force}, with or without it. E is measured from the centre.',
		panelsTitle: 'Five closures and the exact law',
		panelsLoading: 'Summing over 16 384 states…',
		panelsSoft: 'soft w₁',
		panelsStiff: 'stiff u₁',
		panelsPotential: 'βU',
		panelsExact: 'exact',
		panelsLifted: 'lifted, at σ²',
		panelsVertices: 'vertices',
		panelsLaw: 'Exact law',
		panelsCurvature: 'κ = {kappa}',
		panelsVariance: '1/Var = {curvature}',
		panelsNoMinimum: 'no minimum',
		panelsDoubt: 'By its own test not to be trusted here.',
		panelsNote:
			'βU from each closure’s lowest minimum with the other modes relaxed (smoothed: a straight cut), −ln P from its lowest value. Curvatures: {curvatures}. Exact variance of the vertices {vertices} (drawn through a blur of σ = 0.15), of the lift at σ² = {sigma2} {lifted}; lifted coordinates are scaled back to the vertices’.',
		gaussian: 'Gaussian',
		entropic: 'Entropic',
		tap: 'TAP',
		fitted: 'Fitted',
		smoothed: 'Smoothed',
		about_gaussian: 'Second moments of the vertices. Fails at βλ = 4 and under strong fields.',
		about_entropic: 'Independent units. Fails near criticality and with a bulk.',
		about_tap: 'With the Onsager term. Fails past Plefka’s condition.',
		about_fitted: 'The exact covariance as a Gaussian. Right width, one well only.',
		about_smoothed: 'Blurred vertices, lifted energy. Exact law; curvature is local.',
		about_law: '−ln P summed over all states. The lift adds its own noise and no more.',
		varTitle: 'Variance of the soft mode',
		varAxis: 'Var w₁',
		varLambda: 'βλ₁',
		varExact: 'exact',
		varGaussian: 'gaussian',
		varEntropic: 'entropic',
		varTap: 'TAP',
		varGuess: 'your guess',
		varFree: 'uncoupled, exact',
		varCritical: 'βλ = 4',
		varNote:
			'{N}×{M} machine, other singular values 0.4. Exact by enumeration; closures at their lowest minimum.',
		varLoading: 'Finding the minima…',
		naiveTitle: 'Each state of the machine',
		naiveLoading: 'Summing over all states…',
		naiveRbm: 'probability in the RBM',
		naiveSmeared: 'probability after smearing',
		naiveKept: 'E as it is',
		naiveLifted: 'E lifted',
		naiveDistance: 'total variation',
		naiveWidth: 'σ²',
		naiveReading: 'At σ² = {sigma2}: {naive} with E as it is, {lifted} with E lifted. Exact sums.',
		naiveNote: 'All {count} states, exact, at σ² = {sigma2}; units in the order v₁ … h₃.',
		naiveState: 'state',
		naiveTwoTitle: 'Distance from the RBM',
		naiveTwoNote: 'Total variation ½Σ|p − q| over all states, exact to rounding.',
		naiveKnob: 'Width σ²',
		counted: 'Count the constant',
		lambda: 'Leading βλ₁',
		critical: '4',
		rest: 'The other singular values',
		field: 'Field along w₁',
		sigma2: 'σ² of the smoothed closure',
		bounded: 'Held at 0.9/(βλ₁), where the lift still exists.',
		share: 'Width σ², share of its bound',
		cut: 'Cut along',
		cutSoft: 'soft w₁',
		cutStiff: 'stiff u₁'
	},
	glossary: {
		'effective-potential': {
			term: 'Effective potential',
			text: 'The $U_{\\text{eff}}$ for which $e^{-\\beta U_{\\text{eff}}}$ is energy and constraint in one: $E-S_c/\\beta+V_{\\text{const}}/\\beta$.'
		},
		closure: {
			term: 'Closure',
			text: 'A smooth stand-in for the constraint potential $-\\ln\\rho$ of the binary states, so that slopes and curvatures exist.'
		},
		'total-variation': {
			term: 'Total variation',
			text: 'Half the sum of $|p-q|$ over all states: the largest difference in probability that any event can show. It lies between 0 and 1.'
		}
	}
} satisfies ChapterText;
