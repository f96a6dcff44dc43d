// Langevin dynamics under the exact lift: one go is one Euler–Maruyama step of every particle. With `scheme` in the size,
// by the engine's schemes for any closure, which do all steps of a call in one dispatch on WebGPU.
import {
	add,
	div,
	matMul,
	mul,
	randomNormal,
	sigmoid,
	sub,
	tensor1d,
	tidy,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import { settle } from '../../../src/lib/engine/backend';
import {
	disposeLangevin,
	disposeMachine,
	initLangevin,
	langevinStep,
	makeMachine,
	type LangevinMachine,
	type MachineOptions
} from '../../../src/lib/engine/langevin';
import { disposePotential, smoothedPotential } from '../../../src/lib/engine/langevinPotential';
import {
	disposeDynamics,
	disposeScheme,
	initScheme,
	makeDynamics,
	schemeStep
} from '../../../src/lib/engine/langevinSchemes';
import { normals } from '../../../src/lib/random/draw';
import { foldIn, keyFromSeed } from '../../../src/lib/random/key';
import { thinSvd } from '../../../src/lib/theory/linalg';
import { Unavailable, type Contender, type Workload } from '../contender';

function optionsOf(N: number, M: number): MachineOptions & { sigma2: number } {
	const weights = normals(N * M, keyFromSeed(1)).map((x) => 0.3 * x);
	const { u, v, singularValues } = thinSvd(N, M, weights);
	const biases = normals(N + M, foldIn(keyFromSeed(1), 2));
	return {
		N,
		M,
		modes: Math.min(N, M),
		u,
		v,
		singularValues,
		visibleBias: biases.slice(0, N),
		hiddenBias: biases.slice(N),
		beta: 1,
		sigma2: Math.min(0.25, 0.9 / singularValues[0])
	};
}

function ours(machine: LangevinMachine, particles: number): Contender {
	let state = initLangevin(machine, { particles, from: 'vertices' }, keyFromSeed(2));
	return {
		amount: particles,
		async run(times) {
			[state] = langevinStep(state, machine, times);
			await settle();
		},
		dispose() {
			disposeLangevin(state);
			disposeMachine(machine);
		}
	};
}

function byScheme(options: MachineOptions, particles: number): Contender {
	const potential = smoothedPotential(options, options.sigma2);
	const dynamics = makeDynamics(potential, 'euler');
	let state = initScheme(dynamics, { particles }, keyFromSeed(2));
	return {
		amount: particles,
		async run(times) {
			[state] = schemeStep(state, dynamics, times);
			await settle();
		},
		dispose() {
			disposeScheme(state);
			disposeDynamics(dynamics);
			disposePotential(potential);
		}
	};
}

/** The same step from tfjs operations alone; the dense linear part comes ready made. */
function plain(machine: LangevinMachine, particles: number): Contender {
	if (!('dense' in machine.linear)) throw new Unavailable('The composition takes a dense linear part only.');
	const { dense } = machine.linear;
	const { field, beta, sigma2, dt, N, M } = machine;
	const half = tensor1d(new Float32Array(N + M).fill(0.5)) as Tensor1D;
	const noise = Math.sqrt((2 * dt) / beta);
	let z = randomNormal([particles, N + M]) as Tensor2D;
	return {
		amount: particles,
		async run(times) {
			for (let i = 0; i < times; i++) {
				const next = tidy(() => {
					const pull = div(sub(z, sigmoid(div(sub(z, half), sigma2))), beta * sigma2);
					const drift = sub(sub(field, matMul(z, dense)), pull);
					return add(add(z, mul(drift, dt)), mul(randomNormal(z.shape), noise)) as Tensor2D;
				});
				z.dispose();
				z = next;
			}
			await settle();
		},
		dispose() {
			z.dispose();
			half.dispose();
			disposeMachine(machine);
		}
	};
}

export const workload: Workload = {
	async make(side, { visible, hidden, particles, scheme }) {
		if (side === 'ml-matrix') throw new Unavailable('ml-matrix has no simulation.');
		const options = optionsOf(visible, hidden);
		if (scheme && side === 'ours') return byScheme(options, particles);
		const machine = makeMachine(options);
		return side === 'ours' ? ours(machine, particles) : plain(machine, particles);
	}
};
