// Chapter 11 in English.
import type { ChapterText } from '../../chapter';

export default {
	title: 'What did not work, and the slides’ slips',
	summary:
		'A method that was tried and failed, with the reason; and ten places where the slides need mending.',
	steps: {
		'tensor-cross': {
			title: 'Tensor cross interpolation',
			body: [
				'The slides end with a list of things tried. One of them reads: estimating $Z$ by [tensor cross interpolation]{tensor-cross}, “but it did not work”. Here is what was tried, and why it fails.',
				'With the hidden layer summed in closed form, $Z$ is a sum over $2^N$ weights $e^{-\\beta F(v)}$. The method looks at few of them and guesses the rest, by writing the weight as a chain of small tables, one for each unit. How large the tables must be is the [bond rank]{bond-rank}. For 12 units the rank cannot exceed $2^6 = 64$; a chain of full rank is no shorter than the list itself.'
			],
			see: 'Each point is one machine of 12 by 12 units: the rank that it takes to get every weight right to a millionth of the largest.',
			ask: {
				question:
					'Without coupling, $\\lambda_1 = 0$, rank 1 is enough. How much of the full rank 64 is needed at $\\lambda_1 = 2$, half way to where the soft mode goes slack?',
				options: {
					few: 'fewer than 10',
					half: 'about 30',
					all: 'all 64'
				},
				answer:
					'All of it. The rank jumps as soon as there is a coupling, and from $\\lambda_1 = 1$ on the method evaluates every single weight: enumeration in disguise. All units of a layer depend on each other through the other layer, and no order of them along a chain makes that dependence short.'
			}
		},
		'rank-held': {
			title: 'Hold the rank, lose the accuracy',
			body: [
				'One can forbid large ranks and take what comes. With small machines the loss can be borne: $\\ln Z$ is a sum, and errors in single weights average out.',
				'But the rank that a given accuracy needs grows like $2^{N/2}$, and what is small here is not small at 784 units. The method pays for itself where weights have structure along a chain; an RBM has none to offer.'
			],
			see: 'The error of $\\ln Z$ against the largest rank allowed, for the machine that the slider picks. At rank 64 only rounding is left.'
		},
		'transposed-maps': {
			title: 'Slip 1: the maps are transposed',
			body: [
				'From here on the chapter goes through the slides once more, and politely. None of the slips harms the idea; each would harm a program that follows the letter.',
				'The slides write $x = Uv$, $y = Vh$ in places. With $W = U\\Sigma V^{\\top}$ it must be $x = U^{\\top}v$, $y = V^{\\top}h$. With the other pair the energy of a state is no longer its energy.'
			],
			see: 'All 128 states of the small machine by rising energy. Exact and corrected values lie on one line; the printed formula scatters.'
		},
		'free-directions': {
			title: 'Slip 2: how many directions are free',
			body: [
				'$W$ ties at most $\\min(N,M)$ pairs. Every further coordinate is free: $|N-M|$ of them, more if some $\\lambda$ vanish. The slides number their modes from 1 to $N$ and count $N - 2M$ free ones, though there are $N+M$ coordinates.'
			],
			see: 'Free directions of a machine with 3 hidden units as the visible layer grows: counted from the matrix, and as printed. A negative number of directions cannot be.'
		},
		'saddle-height': {
			title: 'Slip 3: the saddle has a height',
			body: [
				'Shift the origin of a mode to its saddle and the linear terms vanish. What is left is not only $\\tfrac{\\lambda}{2}(u^2-w^2)$ but also the height of the saddle, $ab/\\lambda$. It moves no minimum and no rate, but it belongs to $\\ln Z$.'
			],
			see: 'The energy along a line through the saddle. The printed curve has the right shape at the wrong height.'
		},
		'stiff-and-soft': {
			title: 'Slip 4: stiff and soft are exchanged',
			body: [
				'The slides list the frequencies $(k-\\lambda\\beta)/2$ first and $(k+\\lambda\\beta)/2$ second, in the order of their coordinates $u$ and $w$. With their own $u = (x-y)/\\sqrt2$ it is the other way round: along $u$ the energy curves upwards. So $u$ is the stiff one, and $w$ the soft one.'
			],
			see: 'The frequency along $u$, measured by second differences of the energy, as $\\beta$ grows.'
		},
		entropy: {
			title: 'Slip 5: an entropy is a logarithm',
			body: [
				'$S_c$ should be the logarithm of the number of states, $(N+M)\\ln 2$. The slides print the number itself, $2^{N+M}$. The proof takes one line: at $\\beta = 0$ every state counts 1, and $\\ln Z$ is what it is. Since $S_c$ is constant, no force and no rate ever sees it.'
			],
			see: 'The entropy against the number of units: exact by enumeration, corrected, and as printed, which leaves the picture at once.'
		},
		'no-taylor': {
			title: 'Slip 6: deltas have no Taylor expansion',
			body: [
				'The slides expand $-\\ln\\rho$ to second order. But $\\rho$ is a sum of points. Smear the points a little, so that the curvature between them exists, and then smear less and less: the curvature settles nowhere, it runs off to $-\\infty$.',
				'Every expansion therefore chooses a [closure]{closure}. The plainest keeps the mean and the variance of the points, and gives $k = 4$.'
			],
			see: 'The curvature half way between two points, at width $\\sigma^2$ and at half of it. If there were an expansion, the two curves would meet at the left.'
		},
		'equal-stiffness': {
			title: 'Slip 7: a turn by π/4 needs equal stiffness',
			body: [
				'Turning by 45° separates $u$ from $w$ only if both layers are equally stiff, $k_x = k_y$. If one layer is larger than the other and the weights have a random bulk, they are not, and a coupling $(k_x-k_y)/2$ stays behind.'
			],
			see: 'The smaller curvature of one pair of coordinates with $k_y = 4$ and $\\beta\\lambda = 2$, as $k_x$ moves away from $k_y$.'
		},
		'rate-and-energy': {
			title: 'Slip 8: a rate is 2D times an energy',
			body: [
				'The Fokker–Planck equation turns into a Schrödinger equation, and decay rates into energies. A factor gets lost on the way: $\\Gamma = 2D\\,E$. With $D = 1/\\beta$ the printed version is right at $\\beta = 2$ alone.'
			],
			see: 'The decay rate of a spring’s first transient, taken from how fast its mean dies, against the diffusion constant.'
		},
		'coupled-modes': {
			title: 'Slip 9: coupled springs need normal modes',
			body: [
				'The slides keep couplings $k_{ij}$ between the modes in $V_Q$ and then add up levels as if they were zero. With couplings the levels are those of the normal modes of the whole matrix $K$.'
			],
			see: 'The first excited level of two springs of stiffness 4 and 5 as a coupling ties them.'
		},
		confined: {
			title: 'Slip 10: no mode runs away',
			body: [
				'Past $\\beta\\lambda = 4$ the quadratic picture has no minimum, and the paper speaks of modes whose diffusion does not converge. Cut at second order, the pull $\\beta\\lambda\\delta$ beats the restoring force $4\\delta$ at every distance $\\delta$.'
			],
			see: 'The two forces of the quadratic picture, at a distance $\\delta$ that depends on $\\beta\\lambda$: for every value beyond 4 the restoring force is too weak.',
			ask: {
				question: 'What does the mode of the actual machine do past $\\beta\\lambda = 4$?',
				options: {
					runaway: 'It runs away: nothing stops it.',
					wells: 'It settles at a finite distance, to one side or the other.',
					stops: 'It stays in the middle but stops moving.'
				},
				answer:
					'Units live between 0 and 1. Their full restoring force, $\\ln\\frac{1/2+\\delta}{1/2-\\delta}$, grows without bound towards the ends and balances the pull at a finite $\\delta$: two wells, one at each side. The divergence belongs to the truncation, not to the machine.'
			}
		}
	},
	figure: {
		rankTitle: 'Rank that the method needs',
		rankText: 'Twelve bits, 12 hidden units, balanced; all other singular values are 0.6 λ₁.',
		couplingAxis: 'λ₁ (β = 1)',
		rankAxis: 'bond rank',
		rankLine: 'needed',
		fullRank: 'full rank, 64',
		shareColumn: 'share of weights evaluated',
		errorTitle: 'Error of ln Z with the rank held',
		errorText: 'Against the exact ln Z by enumeration. Errors below 10⁻¹⁴ are drawn there.',
		maxRankAxis: 'largest rank allowed',
		errorAxis: 'error of ln Z',
		tensorRunning: 'Interpolating, one machine after the other…',
		tensorHidden: 'The rest comes after your guess.',
		tensorNote: 'Computed now, on your machine; the seed is fixed, so the numbers repeat.',
		couplingLabel: 'First singular value λ₁',
		errataText: 'Both sides of the equation, worked out at every place of the slider.',
		printedName: 'as printed',
		holdsName: 'as it holds',
		leftSide: 'left',
		rightSide: 'right',
		errataNote:
			'Exact: closed form or enumeration. Open circles are the left side, worked out independently.',
		title1: 'Energy of a state',
		x1: 'state, by energy',
		y1: 'energy',
		title2: 'Free directions',
		x2: 'visible units N (M = 3)',
		y2: 'free directions',
		title3: 'Energy about the saddle',
		x3: 'distance from the saddle',
		y3: 'energy of mode 1',
		title4: 'Frequency along u',
		x4: 'inverse temperature β',
		y4: 'ω_u',
		title5: 'Entropy of all states',
		x5: 'units N+M',
		y5: 'S_c, nats',
		title6: 'Curvature between two points',
		x6: 'smearing σ²',
		y6: 'curvature k',
		title7: 'The smaller curvature',
		x7: 'k_x (k_y = 4, βλ = 2)',
		y7: 'κ₋',
		title8: 'A decay rate',
		x8: 'diffusion constant D',
		y8: 'Γ₁',
		title9: 'First excited level',
		x9: 'coupling k₁₂',
		y9: 'E₁',
		title10: 'Pull and restoring force',
		x10: 'βλ',
		y10: 'force'
	},
	terms: {
		printed: 'as the slides print it',
		holds: 'as it holds'
	},
	glossary: {
		'tensor-cross': {
			term: 'tensor cross interpolation',
			text: 'Writing a function of many bits as a chain of small tables, built from few of its values. It pays when the function needs only small tables.'
		},
		'bond-rank': {
			term: 'bond rank',
			text: 'The size of the tables of such a chain where it is cut: how much the two parts must know of each other.'
		}
	}
} satisfies ChapterText;
