// StepParameters on WebGPU in four dispatches: the gradient of W as one product over the rows of data and model, centred
// at its end; the step of W; the steps of the two biases, which wait for the whole gradient. Definition: gradient.ts and
// step.ts.
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { StepAttributes, StepInputs } from './stepParameters';
import { dispatch, type Uniform } from './webgpuDispatch';
import { tiledProductWgsl, tilingOf } from './tiledProduct';

const int = (name: string, value: number): Uniform => ({ name, type: 'int32', value });
const float = (name: string, value: number): Uniform => ({ name, type: 'float32', value });

/** ∇W [N, M], and the differences of the means, [N+M], visible units first; both times `factor`. */
function gradient(backend: WebGPUBackend, t: StepInputs, factor: number): TensorInfo[] {
	const [N, M] = t.weights.shape;
	const [dataRows, modelRows] = [t.dataVisible.shape[0], t.modelVisible.shape[0]];
	const centred = t.mu !== undefined;
	const tiling = tilingOf(N, M);
	const either = (data: string, model: string, at: string): string =>
		`select(${model}[max(0, inner - uniforms.dataRows) * ${at}], ${data}[min(inner, uniforms.dataRows - 1) * ${at}], ` +
		'inner < uniforms.dataRows)';
	return dispatch(backend, {
		key: `Gradient ${tiling.quads} ${tiling.each} ${centred}`,
		inputs: [
			{ name: 'DataVisible', tensor: t.dataVisible },
			{ name: 'DataHidden', tensor: t.dataHidden },
			{ name: 'ModelVisible', tensor: t.modelVisible },
			{ name: 'ModelHidden', tensor: t.modelHidden },
			...(centred
				? [
						{ name: 'Mu', tensor: t.mu },
						{ name: 'Lambda', tensor: t.lambda }
					]
				: [])
		],
		outputs: [
			{ name: 'Gradient', shape: [N, M] },
			{ name: 'Means', shape: [N + M] }
		],
		uniforms: [
			int('N', N),
			int('M', M),
			int('dataRows', dataRows),
			int('rows', dataRows + modelRows),
			float('ofData', factor / dataRows),
			float('ofModel', -factor / modelRows)
		],
		workgroups: tiling.workgroups,
		code: () =>
			tiledProductWgsl({
				tiling,
				rows: 'uniforms.N',
				columns: 'uniforms.M',
				inner: 'uniforms.rows',
				left: { element: either('DataVisible', 'ModelVisible', 'uniforms.N + outer'), innerFirst: false },
				right: {
					element: `weightAt(inner) * ${either('DataHidden', 'ModelHidden', 'uniforms.M + outer')}`,
					innerFirst: false
				},
				weight: 'select(uniforms.ofModel, uniforms.ofData, inner < uniforms.dataRows)',
				ending: `
					for (var k = 0; k < count; k = k + 1) {
						${
							centred
								? `Gradient[row * uniforms.M + column + k] =
									sums[k] - Mu[row] * rightSums[k] - leftSum * Lambda[column + k];`
								: 'Gradient[row * uniforms.M + column + k] = sums[k];'
						}
						if (row == 0) { Means[uniforms.N + column + k] = rightSums[k]; }
					}
					if (block == 0) { Means[row] = leftSum; }`,
				prelude: ''
			})
	});
}

/** New W and its velocity. */
function moveWeights(
	backend: WebGPUBackend,
	t: StepInputs,
	slope: TensorInfo,
	{ momentum, decay }: StepAttributes
): TensorInfo[] {
	const [N, M] = t.weights.shape;
	const groups = Math.ceil((N * M) / 64);
	const across = Math.min(groups, 32_768);
	return dispatch(backend, {
		key: 'MoveWeights',
		inputs: [
			{ name: 'Gradient', tensor: slope },
			{ name: 'Weights', tensor: t.weights },
			{ name: 'Velocity', tensor: t.weightsVelocity }
		],
		outputs: [
			{ name: 'NewWeights', shape: [N, M] },
			{ name: 'NewVelocity', shape: [N, M] }
		],
		uniforms: [
			int('size', N * M),
			int('across', across * 64),
			float('momentum', momentum),
			float('decay', decay)
		],
		workgroups: [across, Math.ceil(groups / across)],
		code: () => `
			@compute @workgroup_size(64, 1, 1)
			fn main(@builtin(global_invocation_id) place : vec3<u32>) {
				let at = i32(place.y) * uniforms.across + i32(place.x);
				if (at >= uniforms.size) { return; }
				let weight = Weights[at];
				let velocity = uniforms.momentum * Velocity[at] + Gradient[at] - uniforms.decay * weight;
				NewVelocity[at] = velocity;
				NewWeights[at] = weight + velocity;
			}`
	});
}

/** Invocations that share a unit's sum over the other layer, and the units of a workgroup. */
const SHARE = 16;

/**
 * New biases of a layer and their velocities: momentum·velocity + the difference of the means − ∇W·(the other layer's
 * offsets).
 */
function moveBias(
	backend: WebGPUBackend,
	[slope, means, bias, velocity, offsets]: readonly (TensorInfo | undefined)[],
	side: 'visible' | 'hidden',
	momentum: number
): TensorInfo[] {
	const [N, M] = slope!.shape;
	const [units, others] = side === 'visible' ? [N, M] : [M, N];
	const centred = offsets !== undefined;
	// Neighbouring invocations read neighbouring numbers of a row of ∇W.
	const at = side === 'visible' ? 'unit * uniforms.M + other' : 'other * uniforms.M + unit';
	const [unitPlace, sharePlace] = side === 'visible' ? ['y', 'x'] : ['x', 'y'];
	return dispatch(backend, {
		key: `MoveBias ${side} ${centred}`,
		inputs: [
			...(centred
				? [
						{ name: 'Gradient', tensor: slope! },
						{ name: 'Offsets', tensor: offsets }
					]
				: []),
			{ name: 'Means', tensor: means! },
			{ name: 'Bias', tensor: bias! },
			{ name: 'Velocity', tensor: velocity! }
		],
		outputs: [
			{ name: 'NewBias', shape: [units] },
			{ name: 'NewVelocity', shape: [units] }
		],
		uniforms: [
			int('units', units),
			int('others', others),
			int('M', M),
			int('first', side === 'visible' ? 0 : N),
			float('momentum', momentum)
		],
		workgroups: [Math.ceil(units / SHARE), 1],
		code: () => `
			var<workgroup> parts : array<f32, ${SHARE * SHARE}>;
			@compute @workgroup_size(${SHARE}, ${SHARE}, 1)
			fn main(
				@builtin(workgroup_id) group : vec3<u32>,
				@builtin(local_invocation_id) place : vec3<u32>
			) {
				let share = i32(place.${sharePlace});
				let mine = i32(place.${unitPlace});
				let unit = i32(group.x) * ${SHARE} + mine;
				var part = 0.0;
				if (unit < uniforms.units) {
					for (var other = share; other < uniforms.others; other = other + ${SHARE}) {
						part = part + ${centred ? `Gradient[${at}] * Offsets[other]` : '0.0'};
					}
				}
				parts[share * ${SHARE} + mine] = part;
				workgroupBarrier();
				if (share != 0 || unit >= uniforms.units) { return; }
				var total = 0.0;
				for (var s = 0; s < ${SHARE}; s = s + 1) { total = total + parts[s * ${SHARE} + mine]; }
				let velocity = uniforms.momentum * Velocity[unit] + Means[uniforms.first + unit] - total;
				NewVelocity[unit] = velocity;
				NewBias[unit] = Bias[unit] + velocity;
			}`
	});
}

function step(backend: WebGPUBackend, t: StepInputs, attributes: StepAttributes): TensorInfo[] {
	const { factor, momentum } = attributes;
	const [slope, means] = gradient(backend, t, factor);
	const [weights, velocity] = moveWeights(backend, t, slope, attributes);
	const visible = [slope, means, t.visibleBias, t.visibleVelocity, t.lambda];
	const [a, visibleVelocity] = moveBias(backend, visible, 'visible', momentum);
	const hidden = [slope, means, t.hiddenBias, t.hiddenVelocity, t.mu];
	const [b, hiddenVelocity] = moveBias(backend, hidden, 'hidden', momentum);
	for (const { dataId } of [slope, means]) backend.disposeData(dataId);
	return [weights, a, b, velocity, visibleVelocity, hiddenVelocity];
}

export function registerStepParametersWebgpu(): void {
	registerKernel({
		kernelName: 'StepParameters',
		backendName: 'webgpu',
		kernelFunc: ({ inputs, attrs, backend }) =>
			step(backend as WebGPUBackend, inputs as unknown as StepInputs, attrs as unknown as StepAttributes)
	});
}
