// Chapter 3 in English.
import type { ChapterText } from '../../chapter';

export default {
	title: 'Letting go of the constraint',
	summary:
		'Bits become points of a density, the points are smeared, and one projection of many bits is a bell.',
	terms: {
		O: 'the observable',
		rho: 'density of the points',
		delta: 'one sharp point',
		sigma: 'width of a smeared point',
		vertex: 'a binary state in reciprocal coordinates',
		c: 'share of unit k in the direction',
		quarter: 'variance of a fair bit',
		D: 'Kolmogorov distance from the Gaussian',
		k: 'curvature of the constraint'
	},
	steps: {
		'four-points': {
			title: 'Four points are a density',
			body: [
				'Averages over a list of points can be written as integrals. Put a [delta]{delta} of weight $\\tfrac14$ on each of four points and call their sum the density $\\rho$. The average of any observable $O$ over the points is then the integral of $\\rho\\,O$ over the plane.',
				'Nothing is approximated: the integral picks up the four values and nothing between them.'
			],
			see: 'Drag the points: the mean of the four rings and the integral never part.'
		},
		smear: {
			title: 'Let the points spread',
			body: [
				'Now widen each delta to a Gaussian of width $\\sigma$. The integral also hears what $O$ is nearby, and its curvature adds $\\tfrac12\\sigma^2\\nabla^2O$. For $x$ and for $xy$ that is zero. For $x^2+y^2$ it is $2\\sigma^2$.',
				'The energy of an RBM is made of $x$, $y$ and $xy$ alone. Its *mean* does not notice the smearing; its exponential does, and chapter 5 pays for that.'
			],
			see: 'The integral leaves the mean for x² + y² only; the table gives six digits.'
		},
		vertices: {
			title: 'The same for a machine',
			body: [
				'An RBM with four visible and three hidden units has $2^7=128$ states, the corners of a cube in seven dimensions. In reciprocal coordinates they are the only places where $\\rho$ is not zero. We keep $x$ and $y$ continuous and let $\\rho$ carry the [constraint]{constraint}.',
				'Here every corner counts once, whatever its energy. Smeared by $\\sigma$, the 128 spikes become one smooth cloud.'
			],
			see: 'Widen σ: the comb along the soft direction turns into a hill, and from about σ = 0.2 nothing of it is left.'
		},
		quarter: {
			title: 'A quarter, whichever way you look',
			body: [
				'One fair bit has mean $\\tfrac12$ and variance $\\tfrac14$. Independent bits have the covariance matrix $\\tfrac14 I$, and a multiple of the identity stays what it is under any rotation. So *every* direction of the cube has variance $\\tfrac14$: every $x_i$, $y_i$, $u_i$, $w_i$.'
			],
			see: 'Turn the axis: the four feet wander, the bracket of ±½ stays.'
		},
		bell: {
			title: 'Many bits make a bell',
			body: [
				'A coordinate $x=\\sum_k c_kv_k$ with many comparable $c_k$ is a sum of many small independent steps, so its law comes close to a Gaussian of variance $\\tfrac14$. How close is measured by $D$, the largest gap between the two distribution functions.',
				'The exact law is computed bit by bit, without sampling. Along a random direction $D$ falls about as $1/N$. Along the even direction the law stays a lattice, and $D$ falls only as $1/\\sqrt N$.'
			],
			see: 'Raise N and watch the bars fill the bell, and the point slide down its curve.',
			ask: {
				question: 'From how many units on is a random projection within $D = 0.01$ of a Gaussian?',
				options: { '4': '4', '8': '8', '16': '16', '32': '32', '64': '64', never: 'none of these' },
				answer:
					'Central limit theorems are usually faster than their bounds: fair bits are symmetric, so there is no skewness to die out first.'
			}
		},
		'k-four': {
			title: 'Hence k = 4',
			body: [
				'Minus the logarithm of a Gaussian of variance $\\tfrac14$ is a parabola of curvature 4. This is the $k_{ii}$ of the slides: put in place of the true constraint, it costs the curvature 4 in every direction.',
				'It is a choice and not an expansion. A sum of deltas has no Taylor series, and the bars show what is left out: beyond the last vertex the true constraint is infinite.'
			],
			see: 'The bars follow the parabola in the middle and end in walls where the bits run out.'
		},
		aligned: {
			title: 'Where the bell fails',
			body: [
				'Lean the direction towards a single unit and the bell splits: one large $c_k$ is one large coin. On the unit’s own axis the law is two spikes for any $N$, though the variance is $\\tfrac14$ all the way.',
				'What counts is how many units the direction lives on, $1/\\sum c_k^4$. Modes of a trained machine that sit on a few units are no oscillators of the Gaussian kind.'
			],
			see: 'Slide from a random direction to one unit: D climbs back to 0.341 and N no longer helps.'
		}
	},
	figure: {
		fourTitle: 'Four points over the levels of O = {observable}',
		fourPoint: 'Point {number}',
		fourMean: '¼ΣO = {value}',
		fourIntegral: '∫ρO = {value}',
		fourAxis: 'O = {observable}',
		fourColumnPoint: 'point',
		fourNote:
			'Mean of the four values {mean}; integral with σ = {sigma}: {integral}, by quadrature, exact to rounding.',
		obs_x: 'x',
		obs_xy: 'xy',
		obs_square: 'x² + y²',
		observable: 'Observable O',
		width: 'Width σ of each point',
		cloudTitle: 'All {count} vertices, each counted once',
		cloudPlane:
			'Vertices of the machine in the plane of its first mode, {count} of them, and their smeared density',
		cloudLine: 'The density along the soft direction',
		cloudSoft: 'soft w₁, from the centre',
		cloudStiff: 'stiff u₁',
		cloudDensity: 'density',
		cloudSmeared: 'ρ_σ',
		cloudGauss: 'Gaussian',
		cloudNote:
			'All {count} vertices, exact. Variance along w₁ without smearing {variance}, with it {total}; the Gaussian has the latter.',
		sigma: 'Width σ',
		gaussian: 'Gaussian of the same variance',
		turnTitle: 'A square of two units, seen along an axis',
		turnHandle: 'Axis',
		turnSquare: 'The four states of two units with an axis through their middle',
		turnLaw: 'Where the four states fall on the axis',
		turnAxis: 'place on the axis, from the middle',
		turnProbability: 'probability',
		turnGauss: 'Gaussian of variance ¼',
		turnCorner: 'state (v₁, v₂)',
		turnNote: 'Axis at {angle}°. Variance {variance}, and one over it {curvature}.',
		turnReading: '±½: variance ¼',
		angle: 'Angle of the axis',
		lawTitle: 'Law of one projection of {N} bits',
		lawPotentialTitle: 'Minus the logarithm of the law, {N} bits',
		lawAxis: 'x from its mean',
		lawDensity: 'density',
		lawPotential: '−ln of the density',
		lawExact: 'exact',
		lawGauss: 'Gaussian',
		lawParabola: 'k = 4',
		lawNote:
			'{N} bits, living on 1/Σc⁴ = {count} of them. Exact law on a lattice, averaged over bins. Distance from the Gaussian {distance} ± {error}.',
		distTitle: 'Distance from the Gaussian',
		distAxis: 'D',
		distN: 'units N',
		distRandom: 'random',
		distEven: 'even',
		distUnit: 'one unit',
		distHere: 'N = {N}: D = {distance}, exact but for a lattice error of at most {error}.',
		distClose: 'D = 0.01',
		distGuess: 'your guess',
		distNote: 'Kolmogorov distances of exact laws; ± bounds the error of the lattice, it is not statistical.',
		distLoading: 'Convolving the laws…',
		N: 'Units N',
		lean: 'Lean towards one unit',
		potential: 'Minus the logarithm',
		another: 'Another direction'
	},
	glossary: {
		delta: {
			term: 'Delta',
			text: 'A unit of probability put on a single point: $\\int\\delta(\\vec r-\\vec r_i)\\,O\\,d^2r=O(\\vec r_i)$.'
		},
		constraint: {
			term: 'Constraint density',
			text: 'The density $\\rho$ of the $2^{N+M}$ binary states among all real $z$. Its minus logarithm, $V_{\\text{const}}$, keeps $z$ near them.'
		}
	}
} satisfies ChapterText;
