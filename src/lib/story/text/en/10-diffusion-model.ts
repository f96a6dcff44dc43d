// Chapter 10 in English.
import type { ChapterText } from '../../chapter';

export default {
	title: 'The RBM as a diffusion model',
	summary: 'Add noise to digits, take it away with the machine’s own magnetisation, and run time backwards.',
	steps: {
		forward: {
			title: 'Drown the data in noise',
			body: [
				'A *diffusion model* learns by destroying: take an image $s$, add Gaussian noise of spread $\\sigma$ to every pixel, and you have $z$. For small $\\sigma$ the image is still there. For large $\\sigma$ nothing is left of it.',
				'The way there is the diffusion of chapter 6 with no potential at all. The question is the way back.'
			],
			see: 'Eight digits of the training data, and the same ones through noise. Grey values are cut off at black and white.'
		},
		denoise: {
			title: 'The machine takes the noise away',
			body: [
				'Given $z$, which $s$ was it? The best guess in the mean is $\\mathbb{E}[s\\mid z]$, the [denoiser]{denoiser}. Diffusion models train a neural network for it. An RBM has it already: the noise only shifts every bias by $(z_k-\\tfrac12)/\\beta\\sigma^2$, so the guess is the *magnetisation of the same RBM* with other biases.',
				'For the small machine of the next step it is computed exactly. For 784×500 units it is estimated by Gibbs sweeps, and the slider says by how many.'
			],
			see: 'Third row: the guess. Raise σ until the digit is gone for you, and see what the machine still finds.',
			ask: {
				question:
					'If $\\sigma$ is huge, $z$ says nothing. What does the exact guess $\\mathbb{E}[s\\mid z]$ become?',
				options: {
					mean: 'The average image of the machine.',
					noise: 'The noise itself.',
					digit: 'Some clear digit.'
				},
				answer:
					'Shifts of the biases go to zero, and what is left is the mean of the machine as it is: grey, no digit. With few Gibbs sweeps the estimate shows more contrast than that, since the chains have not forgotten where they began.'
			}
		},
		score: {
			title: 'Guess and slope are one thing',
			body: [
				'The law of $z$ is a smooth density $p_\\sigma$: every binary state smeared out. Its slope $\\nabla\\ln p_\\sigma$ is the [score]{score}, the force that leads back to the data. It equals the guess minus the place, over $\\sigma^2$.',
				'The machine here has 3+2 units, so both sides can be computed to the last digit along a line through the centre: the slope from sums over all states, the guess from the shifted machine.'
			],
			see: 'Line: from the guess. Dots: slope of ln p, by differences. Lower λ₁ or raise σ until the force at the centre points back to it: the two wells have become one.'
		},
		backward: {
			title: 'Run time backwards',
			body: [
				'Start with pure noise and lower $\\sigma$ in small steps. At each step move along the score, and add a little fresh noise. What comes out at the end has, for an exact denoiser and small steps, exactly the law of the machine. Nothing was trained for this: the weights are those of an RBM.',
				'So the RBM is a diffusion model, in the strict sense of the word: its own conditional means are the denoiser. The denoiser here is estimated by Gibbs chains, and those mix slowly at small $\\sigma$: some digits come out frayed, and some modes too often.'
			],
			see: 'Upper row: the diffusing particle. Middle: what the machine thinks it will be. Lower: the guess, rounded by coins. Drag the level back and forth.'
		}
	},
	figure: {
		noiseTitle: 'Digits through noise',
		noiseText: 'Rows of the training data, the same with noise, and the guess of what they were.',
		noiseNote: 'Denoiser: {denoiser}',
		reverseTitle: 'From noise to digits',
		reverseText: 'Reverse diffusion with the trained 784×500 machine as its denoiser.',
		levelNote: 'Level {level} of {levels}, σ = {sigma}.',
		scoreTitle: 'The score of a 3+2 machine, two ways',
		scoreText: 'Along the first soft direction, through the centre of the cube.',
		scoreAxis: 'score',
		lineAxis: 'distance from the centre',
		slopeName: 'slope of ln p',
		denoiserName: '(guess − z)/σ²',
		scoreNote: 'Largest difference along the line: {gap}, the rounding of the differences.',
		densityColumn: 'ln p, from its maximum',
		clean: 'data s',
		noisy: 'with noise, z',
		denoised: 'guess E[s|z]',
		particle: 'particle z',
		bits: 'rounded',
		rowColumn: 'row',
		greyColumn: 'mean grey',
		brightColumn: 'share of bright pixels',
		notLoaded: 'Load the trained machine to begin.',
		loading: 'Loading…',
		failed: 'The machine could not be loaded.',
		load: 'Load the trained machine',
		loadSize: '2.7 MB from this site: digits and weights.',
		cancel: 'Cancel',
		pressBackwards: 'Press “Run backwards”.',
		backwards: 'Run backwards',
		hold: 'Pause',
		goOn: 'Go on',
		levelLabel: 'Level',
		sigmaLabel: 'Noise σ',
		couplingLabel: 'λ₁ of the small machine',
		sweepsLabel: 'Gibbs sweeps a guess',
		levelsLabel: 'Levels of the way back',
		seedLabel: 'Which noise'
	},
	terms: {
		z: 'image with noise',
		s: 'image',
		sigma: 'spread of the noise',
		denoised: 'guess: mean of s given z',
		shift: 'what the noise adds to a bias',
		score: 'score: slope of ln p'
	},
	glossary: {
		denoiser: {
			term: 'denoiser',
			text: 'The mean $\\mathbb{E}[s\\mid z]$ of what an image was, given what noise has made of it.'
		},
		score: {
			term: 'score',
			text: 'The gradient $\\nabla\\ln p$ of a log-density. A force along it leads to where the density is high.'
		}
	}
} satisfies ChapterText;
