// Equations of chapter 1.
import type { Equation, EquationTerm } from '../chapter';

const E: EquationTerm = { id: 'E', tex: 'E', quantity: null };
const beta: EquationTerm = { id: 'beta', tex: '\\beta', quantity: null };

export default {
	energy: {
		tex: '\\term{E}{E(v,h)} = -\\term{a0}{a_0\\cdot v} - \\term{b0}{b_0\\cdot h} - \\term{W}{v^{\\top} W h}',
		terms: [
			E,
			{ id: 'a0', tex: 'a_0\\cdot v', quantity: 'visible' },
			{ id: 'b0', tex: 'b_0\\cdot h', quantity: 'hidden' },
			{ id: 'W', tex: 'v^{\\top}Wh', quantity: null }
		]
	},
	boltzmann: {
		tex: '\\text{weight of }(v,h) = e^{-\\term{beta}{\\beta}\\,\\term{E}{E(v,h)}}',
		terms: [beta, E]
	},
	partition: {
		tex: '\\term{Z}{Z} = \\sum_{v,h} e^{-\\term{beta}{\\beta} E(v,h)}, \\qquad \\term{p}{p(v,h)} = \\frac{e^{-\\beta \\term{E}{E(v,h)}}}{Z}',
		terms: [{ id: 'Z', tex: 'Z', quantity: 'exact' }, { id: 'p', tex: 'p(v,h)', quantity: 'exact' }, beta, E]
	},
	cost: {
		tex: '\\text{terms of } Z = 2^{\\term{n}{N+M}}',
		terms: [{ id: 'n', tex: 'N+M', quantity: null }]
	}
} satisfies Record<string, Equation>;
