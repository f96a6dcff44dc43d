// Chapter 9 in English.
import type { ChapterText } from '../../chapter';

export default {
	title: 'Learning bends the springs',
	summary: 'Training lifts one singular value after the other through 4/β, and each one loosens a spring.',
	steps: {
		noise: {
			title: 'Before learning: noise with edges',
			body: [
				'A machine starts with random weights, each drawn alone. Its [singular values]{singular-value} are not scattered just anywhere. For a large matrix they fill a [bulk]{bulk} between two sharp edges, and the shape of the bulk is known: the *Marčenko–Pastur law*. It depends on nothing but the size $N\\times M$ and the spread $s$ of the weights.',
				'Nothing of this has meaning yet. It is the ground that structure will have to rise from.'
			],
			see: 'Bars: singular values of twelve random matrices, counted. Curve: the law for infinitely large ones. Make the weights larger and the upper edge walks towards 4/β.'
		},
		lift: {
			title: 'Press Play',
			body: [
				'Now a machine with 16 visible and 16 hidden units learns the thirty patterns of bars and stripes on a 4×4 grid, in your browser, by [persistent contrastive divergence]{pcd}. Each line is one singular value $\\lambda_i$ of its weights, followed from step to step.',
				'The dashed line is $\\lambda = 4/\\beta$. Chapter 8 showed what happens there: in the second-order picture the soft spring of a mode has lost all its strength.'
			],
			see: 'Each line is a mode. The text below the figure counts those above the dashed line.',
			ask: {
				question: 'How will the singular values reach the dashed line?',
				options: {
					together: 'All together, as one bundle.',
					one: 'One after the other, each in its own time.',
					none: 'They will never reach it.'
				},
				answer:
					'The direction in which the data vary most is learnt first, since its gain is largest, and growth feeds on itself: the larger $\\lambda_i$, the stronger the correlation that the machine already shows along it. The others follow in order. Press Play and watch.'
			}
		},
		springs: {
			title: 'The same run, as springs',
			body: [
				'Read each singular value as two oscillators. The stiff one gets stiffer, $\\omega_u = (4+\\beta\\lambda)/2$. The soft one gets softer, $\\omega_w = (4-\\beta\\lambda)/2$, and at the crossing nothing is left of it. Both frequencies start at 2, the value of a unit that is tied to nothing.',
				'Below zero there is no oscillator. The line is drawn on so that you can see how far the second-order picture has been left behind; the fourth order then holds the mode, in two wells.'
			],
			see: 'Lines above 2 are stiff, lines below it soft. One soft line after the other falls through zero.'
		},
		breaking: {
			title: 'Two wells: the symmetry breaks',
			body: [
				'Look along one soft mode of the machine as it learns. Every bar counts the [Gibbs chains]{gibbs-chain} that stand at that place; there are 256 of them.',
				'[Binder’s cumulant]{binder} under the figure says the same in one number: 0 for a Gaussian heap, ⅔ for two sharp places.'
			],
			see: 'Choose a mode that has crossed and one that has not: two heaps, one heap.',
			ask: {
				question:
					'What will the heap of chains along mode 1 look like once $\\lambda_1$ has passed $4/\\beta$?',
				options: {
					narrow: 'The same heap, narrower.',
					wide: 'One heap, much wider.',
					two: 'Two heaps with a gap between them.'
				},
				answer:
					'With no spring at the centre the chains gather on either side. To cross from one heap to the other a chain has to climb: that is why sampling slows down as a machine learns. Press Play, and compare a high mode with a low one.'
			}
		},
		digits: {
			title: 'Handwritten digits',
			body: [
				'The same with handwritten zeros and ones, 14×14 pixels. The first mode to leave the bulk tells the two digits apart; later ones bend strokes and tilt them.',
				'“Open in the Lab” takes this machine with you: more hidden units, other digits, the samples of both samplers beside exact numbers.'
			],
			see: 'A bulk that stays, and a few modes that leave it. Switch between the four views of the one run.'
		},
		showers: {
			title: 'What the slides do it for: particle showers',
			body: [
				'An electron that hits a block of tungsten starts a *shower* of particles: it grows, spreads and dies out over a few dozen layers. Simulating each in full is slow, so physicists train machines that draw showers quickly. The slides come from such a project, with an RBM as the heart of its generator.',
				'Here is a toy of it: 12 layers of 12 rings, each cell on or off, energies from 1 to 100 GeV, made by the textbook parametrisation of Grindhammer and Peters. The machine learns them in your browser, and its samples are held against the data as the experts do it: by *profiles*, the share of cells that are on in each layer and in each ring.'
			],
			see: 'Line: data. Points: the machine’s samples, with standard errors. Press Play and watch the points climb on to the line.'
		}
	},
	figure: {
		bulkTitle: 'Singular values of random weights',
		bulkText: 'How the singular values of matrices of independent weights are spread.',
		bulkNote:
			'Counted over {matrices} matrices of {visible}×{hidden}; the curve is the limit of large matrices.',
		bulkCounted: 'counted',
		bulkLaw: 'Marčenko–Pastur',
		bulkError: '± standard error, if independent',
		bulkFailed: 'The singular values could not be computed. Move a slider to try again.',
		valueAxis: 'singular value λ',
		densityAxis: 'density',
		critical: '4/β =',
		valuesTitle: 'Singular values while learning',
		valuesText: 'The largest singular values of the weights at each record.',
		springsTitle: 'Oscillator frequencies while learning',
		springsText: 'Stiff and soft frequency of each mode in the gaussian closure.',
		stepAxis: 'gradient step',
		frequencyAxis: 'frequency ω',
		noSpring: 'ω = 0: no spring left',
		press: 'Press Play: the machine starts to learn.',
		exactValues: 'Exact singular values of the weights as they were at that step.',
		crossed: 'Above 4/β at step {step}: {count} modes.',
		wellTitle: 'Chains along the soft coordinate of mode {mode}',
		wellText: 'Where the Gibbs chains stand along this mode.',
		wellAxis: 'soft coordinate w',
		wellCount: 'chains',
		wellNote: 'βλ = {lambda}. Binder’s cumulant of {chains} chains: {binder} ± {error}.',
		wellPress: 'Press Play: the chains appear.',
		imagesTitle: 'Data and samples',
		imagesText: 'Rows of the data beside the machine’s own Gibbs samples.',
		dataRows: 'Data',
		gibbsRows: 'Samples',
		energyOf: 'mean energy of',
		energyValue: 'value',
		energyError: '± standard error',
		gibbs: 'Gibbs samples',
		exact: 'the machine, exactly',
		panelLabel: 'View',
		panelValues: 'values',
		panelSprings: 'springs',
		panelWell: 'wells',
		panelImages: 'samples',
		panelProfiles: 'profiles',
		profilesTitle: 'Shower profiles',
		profilesText: 'Share of cells that are on, layer by layer and ring by ring.',
		layerAxis: 'layer',
		ringAxis: 'ring',
		shareAxis: 'share of cells on',
		errorOf: '± standard error, {what}',
		profilesNote:
			'From {data} showers of the data and {model} samples, those that are shown. One standard error.',
		modeLabel: 'Mode',
		visibleLabel: 'Visible units N',
		hiddenLabel: 'Hidden units M',
		scaleLabel: 'Spread s of the weights',
		status: 'step {step}, {rows} training rows',
		notStarted: 'not started'
	},
	terms: {
		edges: 'edges of the bulk',
		s: 'standard deviation of a weight',
		lambda: 'singular value of the mode looked at',
		critical: 'where the soft spring is gone',
		stiff: 'frequency of its stiff oscillator',
		soft: 'frequency of its soft oscillator'
	},
	glossary: {
		bulk: {
			term: 'bulk',
			text: 'The singular values that random weights have anyway. Structure shows as values that leave it.'
		},
		pcd: {
			term: 'persistent contrastive divergence',
			text: 'Learning by the difference between averages over the data and averages over Markov chains that go on from step to step.'
		},
		'gibbs-chain': {
			term: 'Gibbs chain',
			text: 'A state that is drawn anew again and again, all hidden units given the visible ones and back. In the long run it is a sample of the machine.'
		},
		binder: {
			term: 'Binder’s cumulant',
			text: '$1 - \\langle\\delta^4\\rangle/3\\langle\\delta^2\\rangle^2$ of the deviations $\\delta$ from the mean: 0 for a Gaussian, $\\tfrac23$ for two sharp values.'
		}
	}
} satisfies ChapterText;
