// StepParameters on wasm: gradient and step of all parameters in one pass of the SIMD module (wasm/gradient.as); on
// webgpu in four dispatches (stepParametersWebgpu.ts). Elsewhere the same is `contrast` (gradient.ts) and tensor
// operations (step.ts), its definition and test.
import { engine, registerKernel, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { aligned, simdOf, TILE, type Simd } from '../wasm/module';

export interface StepAttributes {
	/** learning rate times β */
	readonly factor: number;
	readonly momentum: number;
	/** learning rate times weight decay */
	readonly decay: number;
}

/** Inputs in order; offsets are left out for the plain gradient. */
export const STEP_INPUTS = [
	'dataVisible',
	'dataHidden',
	'modelVisible',
	'modelHidden',
	'weights',
	'visibleBias',
	'hiddenBias',
	'weightsVelocity',
	'visibleVelocity',
	'hiddenVelocity',
	'mu',
	'lambda'
] as const;

export type StepInputs = Readonly<Record<(typeof STEP_INPUTS)[number], TensorInfo>>;

/** Where the parts of the scratch lie, in bytes from its start. */
function layout(simd: Simd, N: number, M: number, rows: number) {
	const words = Math.ceil(rows / 64);
	const tiles = Math.ceil(M / TILE);
	const threadBytes = aligned(simd.exports.stepWeightsScratch(N, words));
	const sizes = {
		bits: N * words * 8,
		counts: N * 8,
		stacked: rows * M * 4,
		visibleMeans: N * 4,
		hiddenMeans: M * 4,
		zeros: Math.max(N, M) * 4,
		visibleDots: tiles * N * 4,
		hiddenDots: M * 4,
		threads: threadBytes * simd.threads
	};
	let end = 0;
	const at = {} as Record<keyof typeof sizes, number>;
	for (const [name, bytes] of Object.entries(sizes)) {
		at[name as keyof typeof sizes] = end;
		end += aligned(bytes);
	}
	const base = simd.scratch(end);
	for (const name of Object.keys(at) as (keyof typeof sizes)[]) at[name] += base;
	return { ...at, words, tiles, threadBytes };
}

function step(simd: Simd, t: StepInputs, outs: TensorInfo[], attributes: StepAttributes): void {
	const [N, M] = t.weights.shape;
	const [dataRows, modelRows] = [t.dataVisible.shape[0], t.modelVisible.shape[0]];
	const rows = dataRows + modelRows;
	const p = layout(simd, N, M, rows);
	const { factor, momentum, decay } = attributes;
	const { exports } = simd;
	const at = (tensor: TensorInfo | undefined): number => (tensor ? simd.pointer(tensor) : p.zeros);

	simd.float32(p.zeros, Math.max(N, M)).fill(0);
	simd.float32(p.hiddenMeans, M).fill(0);
	simd.int32(p.bits, N * p.words * 2).fill(0);
	exports.packColumns(at(t.dataVisible), p.bits, dataRows, N, 0, p.words);
	exports.packColumns(at(t.modelVisible), p.bits, modelRows, N, dataRows, p.words);
	exports.countBits(p.bits, p.counts, N, p.words, dataRows);
	const counts = simd.int32(p.counts, 2 * N);
	const visibleMeans = simd.float32(p.visibleMeans, N);
	for (let i = 0; i < N; i++) {
		visibleMeans[i] = factor * (counts[2 * i] / dataRows - counts[2 * i + 1] / modelRows);
	}
	exports.stackRows(at(t.dataHidden), p.stacked, p.hiddenMeans, dataRows, M, factor / dataRows);
	const below = p.stacked + dataRows * M * 4;
	exports.stackRows(at(t.modelHidden), below, p.hiddenMeans, modelRows, M, -factor / modelRows);

	const [weights, visibleBias, hiddenBias, weightsVelocity, visibleVelocity, hiddenVelocity] = outs;
	const numbers = [
		...[p.bits, N, p.words, p.stacked, rows, M, at(t.mu), at(t.lambda), p.visibleMeans, p.hiddenMeans],
		...[at(t.weights), at(t.weightsVelocity), at(weights), at(weightsVelocity), momentum, decay],
		...[p.visibleDots, p.hiddenDots]
	];
	const cost = N * M * (1 + rows / 70);
	const work = { count: p.tiles, grain: 1, scratch: p.threads, scratchBytes: p.threadBytes, cost };
	simd.share('stepWeights', numbers, work);

	const moveBias = (
		old: TensorInfo,
		speed: TensorInfo,
		out: TensorInfo,
		newSpeed: TensorInfo,
		count: number
	) => {
		return (gradient: (index: number) => number): void => {
			const [before, last] = [simd.float32(at(old), count), simd.float32(at(speed), count)];
			const [after, next] = [simd.float32(at(out), count), simd.float32(at(newSpeed), count)];
			for (let i = 0; i < count; i++) {
				next[i] = momentum * last[i] + gradient(i);
				after[i] = before[i] + next[i];
			}
		};
	};
	const visibleDots = simd.float32(p.visibleDots, p.tiles * N);
	moveBias(
		t.visibleBias,
		t.visibleVelocity,
		visibleBias,
		visibleVelocity,
		N
	)((i) => {
		let dot = 0;
		for (let tile = 0; tile < p.tiles; tile++) dot += visibleDots[tile * N + i];
		return visibleMeans[i] - dot;
	});
	const [hiddenMeans, hiddenDots] = [simd.float32(p.hiddenMeans, M), simd.float32(p.hiddenDots, M)];
	moveBias(
		t.hiddenBias,
		t.hiddenVelocity,
		hiddenBias,
		hiddenVelocity,
		M
	)((j) => hiddenMeans[j] - hiddenDots[j]);
}

export function registerStepParameters(): void {
	registerKernel({
		kernelName: 'StepParameters',
		backendName: 'wasm',
		kernelFunc: ({ inputs, attrs, backend }) => {
			const wasm = backend as BackendWasm;
			const tensors = inputs as unknown as StepInputs;
			const shapes = [tensors.weights, tensors.visibleBias, tensors.hiddenBias].map((tensor) => tensor.shape);
			const outs = [...shapes, ...shapes].map((shape) => wasm.makeOutput(shape, 'float32'));
			step(simdOf(wasm)!, tensors, outs, attrs as unknown as StepAttributes);
			return outs;
		}
	});
}

/** New W, a₀, b₀ and their velocities, from BINARY visible rows and hidden probabilities; see gradient.ts, step.ts. */
export function stepAtOnce(inputs: Record<string, Tensor>, attributes: StepAttributes): Tensor[] {
	return engine().runKernel('StepParameters', inputs, attributes as never) as Tensor[];
}
