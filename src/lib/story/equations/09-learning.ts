// Equations of chapter 9.
import type { Equation, EquationTerm } from '../chapter';

const lambda: EquationTerm = { id: 'lambda', tex: '\\lambda_i', quantity: 'model' };

export default {
	edges: {
		tex: '\\term{edges}{\\lambda_{\\pm}} = \\term{s}{s}\\,\\bigl|\\sqrt{N} \\pm \\sqrt{M}\\bigr|',
		terms: [
			{ id: 'edges', tex: '\\lambda_{\\pm}', quantity: 'exact' },
			{ id: 's', tex: 's', quantity: null }
		]
	},
	critical: {
		tex: '\\term{lambda}{\\lambda_i} > \\term{critical}{\\frac{4}{\\beta}}',
		terms: [lambda, { id: 'critical', tex: '4/\\beta', quantity: 'exact' }]
	},
	frequencies: {
		tex: '\\term{stiff}{\\omega_{u,i}} = \\frac{4 + \\beta\\term{lambda}{\\lambda_i}}{2}, \\qquad \\term{soft}{\\omega_{w,i}} = \\frac{4 - \\beta\\term{lambda}{\\lambda_i}}{2}',
		terms: [
			{ id: 'stiff', tex: '\\omega_{u,i}', quantity: 'stiff' },
			{ id: 'soft', tex: '\\omega_{w,i}', quantity: 'soft' },
			lambda
		]
	}
} satisfies Record<string, Equation>;
