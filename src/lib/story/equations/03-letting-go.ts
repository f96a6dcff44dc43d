// The equations of chapter 3.
import type { Equation } from '../chapter';

const rho = { id: 'rho', tex: '\\rho', quantity: 'model' } as const;
const sigma = { id: 'sigma', tex: '\\sigma', quantity: null } as const;
const c = { id: 'c', tex: 'c_k', quantity: 'visible' } as const;
const quarter = { id: 'quarter', tex: '\\tfrac14', quantity: 'free' } as const;

export default {
	mean: {
		tex: '\\langle O\\rangle = \\tfrac14\\sum_{i=1}^4 \\term{O}{O_i} = \\int \\term{rho}{\\rho(\\vec r)}\\,\\term{O}{O(\\vec r)}\\,d^2r',
		terms: [{ id: 'O', tex: 'O', quantity: 'exact' }, rho]
	},
	deltas: {
		tex: '\\term{rho}{\\rho(\\vec r)} = \\tfrac14\\sum_{i=1}^4 \\term{delta}{\\delta(\\vec r-\\vec r_i)}',
		terms: [rho, { id: 'delta', tex: '\\delta', quantity: 'exact' }]
	},
	gain: {
		tex: '\\int \\term{rho}{\\rho_\\sigma}\\,O\\,d^2r = \\tfrac14\\sum_i \\term{O}{O_i} + \\tfrac12\\term{sigma}{\\sigma}^2\\,\\nabla^2 O',
		terms: [{ id: 'O', tex: 'O', quantity: 'exact' }, rho, sigma]
	},
	partition: {
		tex: 'Z = 2^{N+M}\\int e^{-\\beta E(z)}\\,\\term{rho}{\\rho(z)}\\,dz',
		terms: [rho]
	},
	smeared: {
		tex: '\\term{rho}{\\rho_\\sigma(z)} = \\frac{1}{2^{N+M}}\\sum_{s}\\mathcal N\\bigl(z;\\,\\term{vertex}{R^{\\mathsf T}s},\\,\\term{sigma}{\\sigma}^2\\bigr)',
		terms: [rho, { id: 'vertex', tex: 'R^{\\mathsf T}s', quantity: 'exact' }, sigma]
	},
	projection: {
		tex: 'x=\\sum_{k=1}^{N}\\term{c}{c_k}v_k,\\qquad \\operatorname{Var}x=\\term{quarter}{\\tfrac14}\\sum_k \\term{c}{c_k}^2=\\term{quarter}{\\tfrac14}',
		terms: [c, quarter]
	},
	limit: {
		tex: '\\term{D}{D}=\\sup_x\\bigl|P(X\\le x)-\\Phi(2(x-\\bar x))\\bigr|',
		terms: [{ id: 'D', tex: 'D', quantity: 'exact' }]
	},
	curvature: {
		tex: '-\\ln\\rho\\approx\\tfrac12\\,\\term{k}{k}\\,(x-\\bar x)^2+\\text{const},\\qquad \\term{k}{k}=\\frac{1}{\\term{quarter}{1/4}}=4',
		terms: [{ id: 'k', tex: 'k', quantity: 'free' }, quarter]
	},
	count: {
		tex: 'N_{\\text{eff}}=1\\Big/\\sum_k\\term{c}{c_k}^4',
		terms: [c]
	}
} as const satisfies Readonly<Record<string, Equation>>;
