// Equations of chapter 7: separation, the ansatz and its potential, rates and energies, the sum of all terms.
import type { Equation } from '../chapter';

const P = { id: 'P', tex: 'P', quantity: 'model' } as const;
const U = { id: 'U', tex: 'U', quantity: 'soft' } as const;
const gamma = { id: 'gamma', tex: '\\Gamma_n', quantity: null } as const;
const psi = { id: 'psi', tex: '\\psi_n', quantity: 'model' } as const;
const energy = { id: 'energy', tex: 'E_n', quantity: null } as const;
const vq = { id: 'vq', tex: 'V_Q', quantity: 'soft' } as const;

const equations: Readonly<Record<string, Equation>> = {
	separation: {
		tex: '\\term{P}{P}(w,t) = f(t)\\,\\term{phi}{\\phi(w)} \\;\\Rightarrow\\; \\frac{\\dot f}{f} = -\\term{gamma}{\\Gamma}, \\quad f = e^{-\\term{gamma}{\\Gamma} t}',
		terms: [P, { id: 'phi', tex: '\\phi', quantity: 'soft' }, { ...gamma, tex: '\\Gamma' }]
	},
	ansatz: {
		tex: "\\phi = e^{-\\term{U}{U}/2D}\\,\\term{psi}{\\psi},\\qquad -\\tfrac12\\,\\term{psi}{\\psi}'' + \\term{vq}{V_Q}\\,\\term{psi}{\\psi} = \\term{energy}{E}\\,\\term{psi}{\\psi}",
		terms: [U, { ...psi, tex: '\\psi' }, vq, { ...energy, tex: 'E' }]
	},
	potential: {
		tex: "\\term{vq}{V_Q} = \\term{slope}{\\frac{U'^2}{8D^2}} \\;\\term{bend}{-\\;\\frac{U''}{4D}}",
		terms: [
			vq,
			{ id: 'slope', tex: "U'^2/8D^2", quantity: 'free' },
			{ id: 'bend', tex: "-U''/4D", quantity: 'stiff' }
		]
	},
	rate: {
		tex: '\\term{gamma}{\\Gamma_n} = 2D\\,\\term{energy}{E_n}',
		terms: [gamma, energy]
	},
	sum: {
		tex: '\\term{P}{P}(w,t) = \\term{stationary}{P_{\\text{st}}} + \\sum_{n\\ge1} \\term{c}{c_n}\\,e^{-U/2D}\\,\\term{psi}{\\psi_n}\\,e^{-\\term{gamma}{\\Gamma_n} t}',
		terms: [
			P,
			{ id: 'stationary', tex: 'P_{\\text{st}}', quantity: 'exact' },
			{ id: 'c', tex: 'c_n', quantity: null },
			psi,
			gamma
		]
	}
};

export default equations;
