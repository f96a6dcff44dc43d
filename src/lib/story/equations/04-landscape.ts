// The equations of chapter 4.
import type { Equation } from '../chapter';

const lambda = { id: 'lambda', tex: '\\lambda_i', quantity: 'model' } as const;
const a = { id: 'a', tex: 'a_i', quantity: 'visible' } as const;
const b = { id: 'b', tex: 'b_i', quantity: 'hidden' } as const;
const u = { id: 'u', tex: 'u_i', quantity: 'stiff' } as const;
const w = { id: 'w', tex: 'w_i', quantity: 'soft' } as const;
const saddle = { id: 'saddle', tex: '(x^*,y^*)', quantity: null } as const;
const energy = { id: 'E', tex: 'E_i', quantity: null } as const;

export default {
	energy: {
		tex: '\\term{E}{E_i} = -\\term{a}{a_i}\\,x_i-\\term{b}{b_i}\\,y_i-\\term{lambda}{\\lambda_i}\\,x_iy_i',
		terms: [energy, a, b, lambda]
	},
	saddle: {
		tex: '\\term{saddle}{x^*_i}=-\\frac{\\term{b}{b_i}}{\\term{lambda}{\\lambda_i}},\\quad \\term{saddle}{y^*_i}=-\\frac{\\term{a}{a_i}}{\\term{lambda}{\\lambda_i}},\\quad E^*_i=\\frac{\\term{a}{a_i}\\term{b}{b_i}}{\\term{lambda}{\\lambda_i}}',
		terms: [saddle, a, b, lambda]
	},
	rotation: {
		tex: '\\term{u}{u_i}=\\tfrac{1}{\\sqrt2}(x_i-y_i),\\quad \\term{w}{w_i}=\\tfrac{1}{\\sqrt2}(x_i+y_i)\\quad\\text{from }\\term{saddle}{(x^*_i,y^*_i)}',
		terms: [u, w, saddle]
	},
	squares: {
		tex: '\\term{E}{E_i}=\\tfrac12\\term{lambda}{\\lambda_i}\\bigl(\\term{u}{u_i}^2-\\term{w}{w_i}^2\\bigr)+\\frac{\\term{a}{a_i}\\term{b}{b_i}}{\\term{lambda}{\\lambda_i}}',
		terms: [energy, lambda, u, w, a, b]
	},
	balanced: {
		tex: '\\begin{aligned}a_0&=-\\tfrac12W\\mathbf 1,\\quad b_0=-\\tfrac12W^{\\mathsf T}\\mathbf 1\\\\ \\Rightarrow\\ \\term{saddle}{(x^*_i,y^*_i)}&=\\tfrac12\\bigl(U^{\\mathsf T}\\mathbf 1,\\,V^{\\mathsf T}\\mathbf 1\\bigr)_i\\end{aligned}',
		terms: [saddle]
	}
} as const satisfies Readonly<Record<string, Equation>>;
