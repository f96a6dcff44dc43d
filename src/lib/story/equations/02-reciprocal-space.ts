// Equations of chapter 2.
import type { Equation, EquationTerm } from '../chapter';

const lambda: EquationTerm = { id: 'lambda', tex: '\\lambda_k', quantity: null };
const x: EquationTerm = { id: 'x', tex: 'x', quantity: 'visible' };
const y: EquationTerm = { id: 'y', tex: 'y', quantity: 'hidden' };
const E: EquationTerm = { id: 'E', tex: 'E', quantity: 'exact' };

export default {
	svd: {
		tex: 'W = U\\Sigma V^{\\top} = \\sum_{k} \\term{lambda}{\\lambda_k}\\,\\term{U}{u_k}\\,\\term{V}{v_k^{\\top}}',
		terms: [lambda, { id: 'U', tex: 'u_k', quantity: 'visible' }, { id: 'V', tex: 'v_k', quantity: 'hidden' }]
	},
	truncated: {
		tex: '\\frac{\\lVert W - W_{\\term{r}{r}}\\rVert^2}{\\lVert W\\rVert^2} = \\frac{\\sum_{k>r} \\term{lambda}{\\lambda_k^2}}{\\sum_{k} \\lambda_k^2}',
		terms: [{ id: 'r', tex: 'r', quantity: null }, lambda]
	},
	maps: {
		tex: '\\term{x}{x} = U^{\\top} v, \\qquad \\term{y}{y} = V^{\\top} h',
		terms: [x, y]
	},
	energy: {
		tex: '\\term{E}{E} = -a\\cdot \\term{x}{x} - b\\cdot \\term{y}{y} - \\sum_{k} \\term{lambda}{\\lambda_k}\\, \\term{x}{x_k}\\, \\term{y}{y_k}',
		terms: [E, x, y, lambda]
	},
	sum: {
		tex: 'Z = \\sum_{\\term{x}{x},\\,\\term{y}{y}} e^{-\\beta \\term{E}{E(x,y)}}',
		terms: [x, y, E]
	}
} satisfies Record<string, Equation>;
