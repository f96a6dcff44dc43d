// LangevinSteps on wasm: all steps of a call with a dense linear part, in the SIMD module's tiles. The step is that of
// LangevinUpdate: z − (dt·G + pull·I)z + dt·field + pull·m(z) + noise·ξ.
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { simdOf } from '../wasm/module';
import { drawNumbers, type Draw } from './draw';
import { runTiles } from './tileRun';

interface Attributes extends Draw {
	readonly beta: number;
	readonly sigma2: number;
	readonly dt: number;
	readonly steps: number;
}

/** The module's number for the smeared vertices' own force (wasm/langevin.as). */
const SMOOTHED = 1;

export function registerLangevinStepsWasm(): void {
	registerKernel({
		kernelName: 'LangevinSteps',
		backendName: 'wasm',
		kernelFunc: ({ inputs, attrs, backend }) => {
			const wasm = backend as BackendWasm;
			const { z, field, dense } = inputs as unknown as Record<'z' | 'field' | 'dense', TensorInfo>;
			const { beta, sigma2, dt, steps, ...draw } = attrs as unknown as Attributes;
			const out = wasm.makeOutput(z.shape, 'float32');
			const pull = dt / (beta * sigma2);
			const parts = [
				{ tensor: dense, factor: -dt, diagonal: -pull },
				{ tensor: field, factor: dt }
			];
			const rest = [SMOOTHED, 1 / sigma2, pull, Math.sqrt((2 * dt) / beta), 0, 0, steps];
			const call = { z, out, parts, tiles: 4, steps, rest: [...rest, ...drawNumbers(draw)] };
			runTiles(simdOf(wasm)!, 'langevinRun', call);
			return out;
		}
	});
}
