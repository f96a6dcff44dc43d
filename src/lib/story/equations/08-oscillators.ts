// Equations of chapter 8: one oscillator, normal modes, K, the levels, the soft spring, Landau's well.
import type { Equation } from '../chapter';

const omega = { id: 'omega', tex: '\\omega_i', quantity: null } as const;
const zeta = { id: 'zeta', tex: '\\zeta_i', quantity: null } as const;
const kappa = { id: 'kappa', tex: '\\kappa', quantity: 'soft' } as const;

const equations: Readonly<Record<string, Equation>> = {
	oscillator: {
		tex: 'V_Q = \\tfrac12\\term{omega}{\\omega_i}^2\\term{zeta}{\\zeta_i}^2 - \\tfrac12\\term{omega}{\\omega_i},\\qquad \\term{zeta}{\\zeta_i} = z_i - \\term{z0}{z_{i0}}',
		terms: [omega, zeta, { id: 'z0', tex: 'z_{i0}', quantity: null }]
	},
	normal: {
		tex: '\\beta U \\approx \\sum_i \\term{omega}{\\omega_i}\\,\\term{zeta}{\\zeta_i}^2,\\qquad \\operatorname{Var}\\term{zeta}{\\zeta_i} = \\frac1{2\\term{omega}{\\omega_i}}',
		terms: [omega, zeta]
	},
	matrix: {
		tex: '\\beta U \\approx \\tfrac12\\sum_{ij} \\term{kij}{k_{ij}}\\,(z_i-z_{i0})(z_j-z_{j0})',
		terms: [{ id: 'kij', tex: 'k_{ij}', quantity: null }]
	},
	levels: {
		tex: '\\term{energy}{E(n)} = \\sum_i \\term{omega}{\\omega_i}\\, n_i,\\qquad \\term{gamma}{\\Gamma} = 2D\\,\\term{energy}{E(n)}',
		terms: [
			{ id: 'energy', tex: 'E(n)', quantity: null },
			omega,
			{ id: 'gamma', tex: '\\Gamma', quantity: null }
		]
	},
	soft: {
		tex: '\\term{omega}{\\omega_{\\text{soft}}} = \\tfrac12(4-\\beta\\lambda),\\qquad \\operatorname{Var} w = \\frac1{\\term{kappa}{4-\\beta\\lambda}}',
		terms: [{ id: 'omega', tex: '\\omega_{\\text{soft}}', quantity: 'soft' }, kappa]
	},
	landau: {
		tex: '\\beta U(w) \\approx \\tfrac12\\,\\term{kappa}{(4-\\beta\\lambda)}\\,w^2 + \\term{quartic}{\\frac{2}{3n}\\,w^4}',
		terms: [kappa, { id: 'quartic', tex: '\\tfrac{2}{3n}w^4', quantity: 'model' }]
	}
};

export default equations;
