// Equations of chapter 10.
import type { Equation, EquationTerm } from '../chapter';

const sigma: EquationTerm = { id: 'sigma', tex: '\\sigma', quantity: null };
const denoised: EquationTerm = { id: 'denoised', tex: '\\mathbb{E}[s\\mid z]', quantity: 'model' };

export default {
	forward: {
		tex: '\\term{z}{z} = \\term{s}{s} + \\term{sigma}{\\sigma}\\,\\xi, \\qquad \\xi \\sim \\mathcal N(0, I)',
		terms: [{ id: 'z', tex: 'z', quantity: null }, { id: 's', tex: 's', quantity: 'data' }, sigma]
	},
	denoiser: {
		tex: '\\term{denoised}{\\mathbb{E}[s\\mid z]} = \\langle s\\rangle_{\\text{RBM with biases } c_k + \\term{shift}{\\frac{z_k - \\frac12}{\\beta\\sigma^2}}}',
		terms: [denoised, { id: 'shift', tex: '(z_k-\\tfrac12)/\\beta\\sigma^2', quantity: null }]
	},
	score: {
		tex: '\\term{score}{\\nabla \\ln p_\\sigma(z)} = \\frac{\\term{denoised}{\\mathbb{E}[s\\mid z]} - z}{\\term{sigma}{\\sigma}^2}',
		terms: [{ id: 'score', tex: '\\nabla\\ln p_\\sigma', quantity: 'exact' }, denoised, sigma]
	},
	reverse: {
		tex: 'dz = -\\term{score}{\\nabla \\ln p_\\sigma(z)}\\,d\\term{sigma}{\\sigma}^2 + \\sqrt{-d\\sigma^2}\\;\\xi',
		terms: [{ id: 'score', tex: '\\nabla\\ln p_\\sigma', quantity: 'exact' }, sigma]
	}
} satisfies Record<string, Equation>;
