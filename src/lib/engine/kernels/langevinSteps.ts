// LangevinSteps on WebGPU (on wasm: langevinStepsWasm.ts): Euler–Maruyama steps under the exact lift with their products inside (theory §5). Few
// units: an invocation carries a particle through all steps of a call in one dispatch. Many: a dispatch a step, with the
// step behind the tiles of a dense product, or with both thin products in one workgroup. The numbers are those of
// LangevinUpdate (langevinUpdate.ts), the definition elsewhere, at the same counters.
import {
	engine,
	registerKernel,
	type Tensor,
	type Tensor1D,
	type Tensor2D,
	type TensorInfo
} from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { drawUniforms, type Draw } from './draw';
import { runNormalsWgsl } from './langevinRun';
import { dispatch, type Dispatch, type Uniform } from './webgpuDispatch';
import { tilesTake } from './tileRun';
import { tiledProductWgsl, tilingOf } from './tiledProduct';

/** Units for which an invocation's two rows still are a small part of its memory. */
const LARGEST_RUN = 64;

interface Attributes extends Draw {
	readonly beta: number;
	readonly sigma2: number;
	readonly dt: number;
	readonly steps: number;
}

const moveWgsl = `${runNormalsWgsl}
fn moved(z : f32, field : f32, linear : f32, normal : f32) -> f32 {
	let m = 1.0 / (1.0 + exp(clamp((0.5 - z) * uniforms.inverseSigma2, -80.0, 80.0)));
	return z + uniforms.dt * (field - linear) - uniforms.pull * (z - m) + uniforms.noise * normal;
}
`;

const uniformsOf = (
	{ beta, sigma2, dt, key, counter }: Attributes,
	P: number,
	K: number,
	modes: number
): Uniform[] => [
	{ name: 'P', type: 'int32', value: P },
	{ name: 'K', type: 'int32', value: K },
	{ name: 'modes', type: 'int32', value: modes },
	{ name: 'dt', type: 'float32', value: dt },
	{ name: 'inverseSigma2', type: 'float32', value: 1 / sigma2 },
	{ name: 'pull', type: 'float32', value: dt / (beta * sigma2) },
	{ name: 'noise', type: 'float32', value: Math.sqrt((2 * dt) / beta) },
	...drawUniforms({ key, counter })
];

const bindings = (names: readonly string[], tensors: readonly TensorInfo[]): Dispatch['inputs'] =>
	tensors.map((tensor, i) => ({ name: names[i], tensor }));

/** All steps in one dispatch, an invocation a particle; `linear` is [G] or [into, out]. */
function run(
	backend: WebGPUBackend,
	[z, field, ...linear]: readonly TensorInfo[],
	attributes: Attributes
): TensorInfo[] {
	const [P, K] = z.shape;
	const thin = linear.length > 1;
	const modes = thin ? linear[0].shape[1] : 0;
	const product = thin
		? `
			for (var m = 0; m < ${modes}; m = m + 1) {
				var total = 0.0;
				for (var i = 0; i < ${K}; i = i + 1) { total = total + at[i] * Into[i * ${modes} + m]; }
				along[m] = total;
			}`
		: '';
	const term = thin
		? `for (var m = 0; m < ${modes}; m = m + 1) { linear = linear + along[m] * Out[m * ${K} + j]; }`
		: `for (var i = 0; i < ${K}; i = i + 1) { linear = linear + at[i] * Dense[i * ${K} + j]; }`;
	return dispatch(backend, {
		key: `LangevinSteps ${K} ${modes}`,
		inputs: bindings(['Z', 'Field', ...(thin ? ['Into', 'Out'] : ['Dense'])], [z, field, ...linear]),
		outputs: [{ name: 'Moved', shape: [P, K] }],
		uniforms: [
			...uniformsOf(attributes, P, K, modes),
			{ name: 'steps', type: 'int32', value: attributes.steps }
		],
		workgroups: [Math.ceil(P / 64), 1],
		code: () => `${moveWgsl}
			@compute @workgroup_size(64, 1, 1)
			fn main(@builtin(global_invocation_id) place : vec3<u32>) {
				let index = i32(place.x);
				if (index >= uniforms.P) { return; }
				var at : array<f32, ${K}>;
				var next : array<f32, ${K}>;
				${thin ? `var along : array<f32, ${modes}>;` : ''}
				for (var j = 0; j < ${K}; j = j + 1) { at[j] = Z[index * ${K} + j]; }
				for (var step = 0; step < uniforms.steps; step = step + 1) {
					${product}
					for (var first = 0; first < ${K}; first = first + 4) {
						let normals = normalsOf(index, first / 4, step);
						for (var k = 0; k < min(4, ${K} - first); k = k + 1) {
							let j = first + k;
							var linear = 0.0;
							${term}
							next[j] = moved(at[j], Field[j], linear, normals[k]);
						}
					}
					at = next;
				}
				for (var j = 0; j < ${K}; j = j + 1) { Moved[index * ${K} + j] = at[j]; }
			}`
	});
}

/** One step behind the tiles of z·G. */
function tiled(backend: WebGPUBackend, inputs: readonly TensorInfo[], attributes: Attributes): TensorInfo[] {
	const [P, K] = inputs[0].shape;
	const tiling = tilingOf(P, K);
	return dispatch(backend, {
		key: `LangevinTiled ${tiling.quads} ${tiling.each}`,
		inputs: bindings(['Z', 'Field', 'Dense'], inputs),
		outputs: [{ name: 'Moved', shape: [P, K] }],
		uniforms: uniformsOf(attributes, P, K, 0),
		workgroups: tiling.workgroups,
		code: () =>
			tiledProductWgsl({
				tiling,
				rows: 'uniforms.P',
				columns: 'uniforms.K',
				inner: 'uniforms.K',
				left: { element: 'Z[outer * uniforms.K + inner]', innerFirst: true },
				right: { element: 'Dense[inner * uniforms.K + outer]', innerFirst: false },
				ending: `
					let normals = normalsOf(row, block, 0);
					for (var k = 0; k < count; k = k + 1) {
						let at = row * uniforms.K + column + k;
						Moved[at] = moved(Z[at], Field[column + k], sums[k], normals[k]);
					}`,
				prelude: moveWgsl
			})
	});
}

/** Mode coordinates that a workgroup holds of its particles, and most particles of a workgroup. */
const HELD = 2048;
const MOST_ROWS = 16;
/** Invocations of a workgroup, and units read at a time. */
const LANES = 128;
const CHUNK = 32;

/** One step with both thin products, a workgroup some particles: first z·into into its memory, then ·out. */
function thinly(backend: WebGPUBackend, inputs: readonly TensorInfo[], attributes: Attributes): TensorInfo[] {
	const [P, K] = inputs[0].shape;
	const modes = inputs[2].shape[1];
	const rows = Math.max(1, Math.min(MOST_ROWS, Math.floor(HELD / modes)));
	const groups = Math.ceil(P / rows);
	const across = Math.min(groups, 32_768);
	return dispatch(backend, {
		key: `LangevinThin ${rows} ${modes}`,
		inputs: bindings(['Z', 'Field', 'Into', 'Out'], inputs),
		outputs: [{ name: 'Moved', shape: [P, K] }],
		uniforms: [...uniformsOf(attributes, P, K, modes), { name: 'across', type: 'int32', value: across }],
		workgroups: [across, Math.ceil(groups / across)],
		code: () => `${moveWgsl}
			var<workgroup> along : array<f32, ${rows * modes}>;
			var<workgroup> chunk : array<f32, ${rows * CHUNK}>;
			@compute @workgroup_size(${LANES}, 1, 1)
			fn main(
				@builtin(workgroup_id) group : vec3<u32>,
				@builtin(local_invocation_index) local : u32
			) {
				let lane = i32(local);
				let firstRow = (i32(group.y) * uniforms.across + i32(group.x)) * ${rows};
				for (var at = lane; at < ${rows} * uniforms.modes; at = at + ${LANES}) { along[at] = 0.0; }
				for (var start = 0; start < uniforms.K; start = start + ${CHUNK}) {
					for (var at = lane; at < ${rows * CHUNK}; at = at + ${LANES}) {
						let row = firstRow + at / ${CHUNK};
						let unit = start + at % ${CHUNK};
						var z = 0.0;
						if (row < uniforms.P && unit < uniforms.K) { z = Z[row * uniforms.K + unit]; }
						chunk[at] = z;
					}
					workgroupBarrier();
					let end = min(${CHUNK}, uniforms.K - start);
					for (var at = lane; at < ${rows} * uniforms.modes; at = at + ${LANES}) {
						let row = at / uniforms.modes;
						let mode = at - row * uniforms.modes;
						var total = along[at];
						for (var i = 0; i < end; i = i + 1) {
							total = total + chunk[row * ${CHUNK} + i] * Into[(start + i) * uniforms.modes + mode];
						}
						along[at] = total;
					}
					workgroupBarrier();
				}
				let blocks = (uniforms.K + 3) / 4;
				for (var at = lane; at < ${rows} * blocks; at = at + ${LANES}) {
					let held = at / blocks;
					let block = at - held * blocks;
					let row = firstRow + held;
					if (row >= uniforms.P) { break; }
					let normals = normalsOf(row, block, 0);
					for (var k = 0; k < min(4, uniforms.K - 4 * block); k = k + 1) {
						let unit = 4 * block + k;
						var linear = 0.0;
						for (var m = 0; m < uniforms.modes; m = m + 1) {
							linear = linear + along[held * uniforms.modes + m] * Out[m * uniforms.K + unit];
						}
						let here = row * uniforms.K + unit;
						Moved[here] = moved(Z[here], Field[unit], linear, normals[k]);
					}
				}
			}`
	});
}

function steps(
	backend: WebGPUBackend,
	[z, ...rest]: readonly TensorInfo[],
	attributes: Attributes
): TensorInfo {
	if (z.shape[1] <= LARGEST_RUN) return run(backend, [z, ...rest], attributes)[0];
	const once = rest.length > 2 ? thinly : tiled;
	let at = z;
	for (let step = 0; step < attributes.steps; step++) {
		const counter = attributes.counter + step;
		const [next] = once(backend, [at, ...rest], { ...attributes, counter });
		if (step > 0) backend.disposeData(at.dataId);
		at = next;
	}
	return at;
}

export function registerLangevinSteps(): void {
	registerKernel({
		kernelName: 'LangevinSteps',
		backendName: 'webgpu',
		kernelFunc: ({ inputs, attrs, backend }) =>
			steps(backend as WebGPUBackend, Object.values(inputs) as TensorInfo[], attrs as unknown as Attributes)
	});
}

/** The linear part of the drift: dense [K, K], or z·into·out with into [K, n], out [n, K]. */
export type LinearPart = { readonly dense: Tensor2D } | { readonly into: Tensor2D; readonly out: Tensor2D };

/** Whether the current backend takes steps with their products inside. */
export const stepsAtOnce = (linear: LinearPart): boolean =>
	engine().backendName === 'webgpu' || ('dense' in linear && tilesTake(linear.dense.shape[0]));

/**
 * `count` ≥ 1 steps from z [P, K] with field [K], where `stepsAtOnce`; σ², β and dt as in theory §5. Caller disposes.
 */
export function langevinSteps(
	z: Tensor2D,
	field: Tensor1D,
	linear: LinearPart,
	dynamics: { readonly beta: number; readonly sigma2: number; readonly dt: number },
	count: number,
	draw: Draw
): Tensor2D {
	const { beta, sigma2, dt } = dynamics;
	const attributes: Attributes = { beta, sigma2, dt, steps: count, key: draw.key, counter: draw.counter };
	const parts: Record<string, Tensor2D> =
		'dense' in linear ? { dense: linear.dense } : { into: linear.into, out: linear.out };
	const inputs = { z, field, ...parts } as Record<string, Tensor>;
	return engine().runKernel('LangevinSteps', inputs, attributes as never) as Tensor as Tensor2D;
}
