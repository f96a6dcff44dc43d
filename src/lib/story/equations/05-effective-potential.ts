// The equations of chapter 5.
import type { Equation } from '../chapter';

const U = { id: 'U', tex: 'U_{\\text{eff}}', quantity: 'model' } as const;
const E = { id: 'E', tex: 'E', quantity: 'soft' } as const;
const S = { id: 'S', tex: 'S_c', quantity: 'exact' } as const;
const V = { id: 'V', tex: 'V_{\\text{const}}', quantity: 'free' } as const;
const lambda = { id: 'lambda', tex: '\\lambda', quantity: null } as const;
const kappa = { id: 'kappa', tex: '\\kappa_w', quantity: 'soft' } as const;
const sigma = { id: 'sigma', tex: '\\sigma', quantity: null } as const;

export default {
	potential: {
		tex: '\\term{U}{U_{\\text{eff}}}(z)=\\term{E}{E}(z)-\\frac{\\term{S}{S_c}}{\\beta}+\\frac{\\term{V}{V_{\\text{const}}}(z)}{\\beta}',
		terms: [U, E, S, V]
	},
	entropy: {
		tex: '\\term{S}{S_c}=(N+M)\\ln 2,\\qquad \\term{V}{V_{\\text{const}}}=-\\ln\\rho',
		terms: [S, V]
	},
	curvatures: {
		tex: '\\term{kappa}{\\kappa_w}=4-\\beta\\term{lambda}{\\lambda},\\qquad \\term{stiff}{\\kappa_u}=4+\\beta\\term{lambda}{\\lambda}\\qquad\\text{(gaussian)}',
		terms: [kappa, { id: 'stiff', tex: '\\kappa_u', quantity: 'stiff' }, lambda]
	},
	variance: {
		tex: '\\term{variance}{\\operatorname{Var}w_1}\\overset{?}{=}\\frac{1}{\\term{kappa}{\\kappa_w}}=\\frac{1}{4-\\beta\\term{lambda}{\\lambda}}',
		terms: [{ id: 'variance', tex: '\\operatorname{Var}w_1', quantity: 'exact' }, kappa, lambda]
	},
	landau: {
		tex: '\\beta\\term{U}{U}(w)\\approx\\tfrac12(4-\\beta\\term{lambda}{\\lambda})\\,w^2+\\tfrac13\\sum_k\\bigl(U_{k1}^4+V_{k1}^4\\bigr)\\,w^4',
		terms: [{ ...U, tex: 'U' }, lambda]
	},
	onsager: {
		tex: '\\beta \\term{U}{U_{\\text{TAP}}}=\\beta \\term{U}{U_{\\text{entropic}}}-\\term{onsager}{\\tfrac12\\beta^2\\sum_{ij} m_i(1-m_i)\\,W_{ij}^2\\,m_j(1-m_j)}',
		terms: [U, { id: 'onsager', tex: '\\tfrac12\\beta^2\\ldots', quantity: 'model' }]
	},
	smoothed: {
		tex: '\\nabla^2(\\beta \\term{U}{U})=\\frac{A}{\\term{sigma}{\\sigma}^2}-\\frac{\\operatorname{diag}\\bigl(m(1-m)\\bigr)}{\\term{sigma}{\\sigma}^4},\\qquad m_k=\\operatorname{sigmoid}\\frac{z_k-\\frac12}{\\term{sigma}{\\sigma}^2}',
		terms: [{ ...U, tex: 'U' }, sigma]
	},
	lifted: {
		tex: "E'(z)=-(Ac)\\cdot z+\\tfrac12\\,z^{\\mathsf T}\\frac{A-I}{\\beta\\term{sigma}{\\sigma}^2}\\,z,\\qquad A=(I-\\beta\\term{sigma}{\\sigma}^2J)^{-1}",
		terms: [sigma]
	},
	exact: {
		tex: "\\int e^{-\\beta E'(z)}\\,\\mathcal N(z;s,\\term{sigma}{\\sigma}^2)\\,dz\\;\\propto\\; e^{-\\beta \\term{E}{E}(s)}",
		terms: [sigma, { ...E, quantity: 'exact' }]
	}
} as const satisfies Readonly<Record<string, Equation>>;
