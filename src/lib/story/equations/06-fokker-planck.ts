// Equations of chapter 6: the Fokker–Planck equation, its particles, the rate of one mode and the distance.
import type { Equation } from '../chapter';

const D = { id: 'D', tex: 'D', quantity: null } as const;
const P = { id: 'P', tex: 'P', quantity: 'model' } as const;
const drift = { id: 'drift', tex: '-\\nabla U_{\\text{eff}}', quantity: 'soft' } as const;
const stationary = { id: 'stationary', tex: 'P_{\\text{st}}', quantity: 'exact' } as const;

const equations: Readonly<Record<string, Equation>> = {
	'fokker-planck': {
		tex: '\\frac{\\partial \\term{P}{P}}{\\partial t} = \\term{D}{D}\\sum_i \\frac{\\partial^2 \\term{P}{P}}{\\partial z_i^2} + \\sum_i \\frac{\\partial}{\\partial z_i}\\Bigl(\\term{drift}{\\frac{\\partial U_{\\text{eff}}}{\\partial z_i}}\\,\\term{P}{P}\\Bigr),\\qquad \\term{D}{D} = \\frac1\\beta',
		terms: [P, D, drift]
	},
	langevin: {
		tex: '\\mathrm{d}z = \\term{drift}{-\\nabla U_{\\text{eff}}}\\,\\mathrm{d}t + \\sqrt{2\\term{D}{D}}\\;\\mathrm{d}B',
		terms: [drift, D]
	},
	rate: {
		tex: '\\langle w\\rangle_t = \\langle w\\rangle_0\\, e^{-\\term{gamma}{\\Gamma} t},\\qquad \\term{gamma}{\\Gamma} = \\term{D}{D}\\,(4-\\beta\\lambda)',
		terms: [{ id: 'gamma', tex: '\\Gamma', quantity: 'model' }, D]
	},
	distance: {
		tex: '\\term{distance}{d(t)} = \\tfrac12\\int \\bigl|\\term{P}{P(w,t)} - \\term{stationary}{P_{\\text{st}}(w)}\\bigr|\\,\\mathrm{d}w',
		terms: [{ id: 'distance', tex: 'd(t)', quantity: null }, P, stationary]
	}
};

export default equations;
