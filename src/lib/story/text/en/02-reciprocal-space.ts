// Chapter 2 in English.
import type { ChapterText } from '../../chapter';

export default {
	title: 'Reciprocal space',
	summary: 'The weights taken apart into modes, and the coordinates in which modes do not see each other.',
	steps: {
		modes: {
			title: 'Weights are a sum of modes',
			body: [
				'The weights of an RBM form a table $W$, a row for each visible unit and a column for each hidden one. Every such table is a sum of simple ones, each the product of one pattern on the visible side and one on the hidden side. This is the [singular value decomposition]{svd}, SVD.',
				'Each term of the sum is a [mode]{mode}: a visible pattern $u_k$, a hidden pattern $v_k$, and a [singular value]{singular-value} $\\lambda_k\\ge 0$ that says how strongly the two are tied. The patterns of different modes are at right angles to each other.'
			],
			see: 'Left, the weights of a machine of 12 by 9 units. Below, its nine modes, strongest first, with their singular values. Point at $u_k$ or $v_k$ in the equation to see the patterns alone.'
		},
		truncation: {
			title: 'A few modes may do',
			body: [
				'Keep the first $r$ modes and drop the others: no other table of [rank]{rank} $r$ comes closer to $W$. What is lost follows from the singular values alone.',
				'This is why learning can be watched mode by mode later on: a trained machine has a few large singular values over many small ones, as this one has.'
			],
			see: 'The first $r$ modes added up, and what is left of $W$. Press a mode, or move $r$, to keep more or fewer.',
			ask: {
				question:
					'This machine has three strong modes over six weak, equal ones. Draw how much of $W$ is lost, from all of it at $r = 0$ to nothing at $r = 9$.',
				answer:
					'It falls fast over the three strong modes and slowly after. The six weak modes are equal, yet their steps are not: lengths add as squares, so the last step down is the largest of the six.',
				x: 'modes kept, r',
				y: 'share lost'
			}
		},
		coordinates: {
			title: 'New coordinates for old states',
			body: [
				'Measure a state along the modes instead of along the units: $x_k$ is how much of pattern $u_k$ the visible layer shows, $y_k$ how much of $v_k$ the hidden layer shows. These are the [reciprocal coordinates]{reciprocal} of the state.',
				'In them the energy has no table left, only a sum over modes: mode $k$ ties $x_k$ to $y_k$ and to nothing else. Four visible units and three hidden ones make three pairs; the fourth $x$ is free, no weight acts on it.',
				'The slides write $x = Uv$ in places. It has to be the transpose, $x = U^{\\top}v$; the last chapter shows the difference.'
			],
			see: 'Switch units: every coordinate moves at once. The energy, worked out from the units and from the modes, is the same number twice; the last line is their difference, rounding alone.'
		},
		turn: {
			title: 'It is only a turn of the axes',
			body: [
				'All states of seven units are the corners of a cube in seven dimensions. Going to $x$ and $y$ turns the cube and nothing else: lengths and angles stay, corners stay corners, and each keeps its energy.',
				'Move the time line, or press Play, and follow one corner on its way. The number beside the picture is its energy, computed afresh at every angle.'
			],
			see: 'From units to corners of a cube, and then the turn by $U^{\\top}$ and $V^{\\top}$. The energy stays put.'
		},
		'still-discrete': {
			title: 'We don’t get much',
			body: [
				'That is what the slides say at this point, with a sad face, and they are right. The energy is simple now, but the sum for $Z$ is not: it still runs over $2^{N+M}$ points, and in the new coordinates those points lie in odd places.',
				'In the units’ own coordinates a state was a string of noughts and ones. Now $x_1$ is a sum of some entries of $u_1$: a number, but one from a list.'
			],
			see: 'Every state in the plane of one mode, as large as it is probable. Choose another mode; press a point to put the units into that state.',
			ask: {
				question: 'Four visible units. How many different values can $x_1$ take?',
				options: {
					sixteen: '16, one for each setting of the visible units',
					four: '4, one for each visible unit',
					continuum: 'any value in an interval'
				},
				answer:
					'$x_1 = u_1\\cdot v$ and $v$ has $2^4 = 16$ settings, so there are at most 16 values; the figure counts them. The next chapter lets go of this list.'
			}
		}
	},
	figure: {
		language: 'en',
		graph: 'The units of the machine',
		visibleUnit: 'visible unit {number}',
		hiddenUnit: 'hidden unit {number}',
		matrixTitle: 'Weights as a sum of modes',
		matrixText: 'A machine of 12 visible and 9 hidden units; the two colours are the two signs.',
		matrixWhole: 'W',
		matrixKept: 'first {rank} modes',
		matrixLeft: 'left over',
		matrixPicture: '{name}: {rows} rows, {cols} columns, in colour',
		modeColumn: 'mode',
		lambdaColumn: 'λ',
		errorColumn: 'lost without the rest',
		keep: 'mode {mode}, λ = {lambda}',
		errorTitle: 'What is lost',
		errorText: 'The length of the part left over, as a share of the length of W. Exact.',
		errorHidden: 'Your guess comes first.',
		rankAxis: 'modes kept, r',
		errorAxis: 'share lost',
		errorLine: 'exact',
		guessLine: 'your guess',
		couplingLabel: 'First singular value λ₁',
		rankLabel: 'Modes kept, r',
		betaLabel: 'Inverse temperature β',
		modeLabel: 'Mode',
		machineTitle: 'The state, unit by unit',
		machineText: 'Press units to switch them.',
		energyTable: 'term',
		energyValue: 'value',
		biasVisible: 'visible biases',
		biasHidden: 'hidden biases',
		pairs: 'pairs',
		total: 'energy E',
		coordinatesTitle: 'The same state, mode by mode',
		coordinatesText: 'Its coordinates along each mode, and what each mode adds to the energy.',
		xColumn: 'x',
		yColumn: 'y',
		termColumn: 'energy',
		freeMode: 'free',
		energyUnits: 'energy from the units',
		energyModes: 'energy from the modes',
		energyGap: 'difference',
		planeTitle: 'All states in the plane of mode {mode}',
		planeText: '{count} states; the area is the probability.',
		planeCount: 'x takes {x} different values and y takes {y}; {count} states in all. Exact, by enumeration.',
		stateColumn: 'state v h',
		probability: 'probability'
	},
	terms: {
		lambda: 'singular value of mode k',
		U: 'visible pattern of mode k',
		V: 'hidden pattern of mode k',
		r: 'modes kept',
		x: 'visible coordinates',
		y: 'hidden coordinates',
		E: 'energy'
	},
	glossary: {
		svd: {
			term: 'singular value decomposition',
			text: 'Writing a table as $W = U\\Sigma V^{\\top}$: $U$ and $V$ turn axes without stretching, $\\Sigma$ stretches each axis by its singular value.'
		},
		mode: {
			term: 'mode',
			text: 'One term of the decomposition: a pattern $u_k$ of the visible units, a pattern $v_k$ of the hidden units, and the singular value $\\lambda_k$ that ties them.'
		},
		'singular-value': {
			term: 'singular value',
			text: 'The strength $\\lambda_k\\ge 0$ of a mode. They are listed from the largest down.'
		},
		rank: {
			term: 'rank',
			text: 'The number of modes with $\\lambda_k > 0$.'
		},
		reciprocal: {
			term: 'reciprocal coordinates',
			text: '$x = U^{\\top}v$ and $y = V^{\\top}h$: a state measured along the modes instead of along the units.'
		}
	}
} satisfies ChapterText;
