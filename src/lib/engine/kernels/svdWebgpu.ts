// Singular value decompositions on WebGPU: a batch goes to the shader that fits its size. One dispatch while a matrix
// and its V fit workgroup memory (some 60 columns of 32 kB), a dispatch a round of blocks beyond.
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
	blockLayout,
	checkShader,
	fillShader,
	ITEM_BYTES,
	lengthShader,
	loadShader,
	outShader
} from './svdBlocks';
import { bufferOf, flush, folded, newTensor, pipelineFor, submit } from './svdPasses';
import { roundShader } from './svdRound';
import { MAX_SWEEPS, shapeBuffer, type TallBatch } from './svdShape';
import { crewFor, workgroupShader, type Crew } from './svdWorkgroup';

/** Buffers of the longer side's vectors, the values, the shorter side's vectors. */
interface Outputs {
	readonly long: GPUBuffer;
	readonly s: GPUBuffer;
	readonly short: GPUBuffer;
}

/**
 * u, s and v of a batch [count, m, n]; with `blocks` by blocks whatever the size. Throws RangeError for a matrix whose
 * columns and V are more than a buffer may hold.
 */
export function svdWebgpu(backend: WebGPUBackend, a: TensorInfo, blocks: boolean): TensorInfo[] {
	const [count, m, n] = a.shape;
	const r = Math.min(m, n);
	const batch: TallBatch = { count, rows: Math.max(m, n), columns: r, transposed: m < n };
	const { device } = backend;
	const { maxComputeWorkgroupStorageSize, maxComputeInvocationsPerWorkgroup } = device.limits;
	const crew = blocks
		? null
		: crewFor(batch, maxComputeWorkgroupStorageSize, maxComputeInvocationsPerWorkgroup);
	const atOnce = crew ? count : matricesAtOnce(device, batch);
	const input = bufferOf(backend, a);
	const [u, s, v] = [
		[count, m, r],
		[count, r],
		[count, n, r]
	].map((shape) => newTensor(backend, shape));
	const [left, values, right] = [u, s, v].map((tensor) => bufferOf(backend, tensor));
	const out = { long: m < n ? right : left, s: values, short: m < n ? left : right };
	flush(backend);
	if (crew) inWorkgroups(device, crew, batch, input, out);
	else inBlocks(device, atOnce, batch, input, out);
	return [u, s, v];
}

/** How many matrices of a batch a device takes at a time, by blocks. */
function matricesAtOnce({ limits }: GPUDevice, batch: TallBatch): number {
	const { padded, length } = blockLayout(batch);
	const most = Math.floor(limits.maxStorageBufferBindingSize / (padded * length * 4));
	if (most < 1) throw new RangeError(`A ${batch.rows}×${batch.columns} matrix is too large for this device.`);
	return Math.min(batch.count, most, limits.maxComputeWorkgroupsPerDimension);
}

const bind = (device: GPUDevice, pipeline: GPUComputePipeline, buffers: readonly GPUBuffer[]): GPUBindGroup =>
	device.createBindGroup({
		layout: pipeline.getBindGroupLayout(0),
		entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } }))
	});

function inWorkgroups(device: GPUDevice, crew: Crew, batch: TallBatch, input: GPUBuffer, out: Outputs): void {
	const pipeline = pipelineFor(device, workgroupShader(crew));
	const shape = shapeBuffer(device, batch, crew);
	const group = bind(device, pipeline, [input, out.long, out.s, out.short, shape]);
	submit(device, (pass) => {
		pass.setPipeline(pipeline);
		pass.setBindGroup(0, group);
		pass.dispatchWorkgroups(...folded(device, batch.count));
	});
	shape.destroy();
}

/** `some`: how many matrices at a time. */
function inBlocks(device: GPUDevice, some: number, batch: TallBatch, input: GPUBuffer, out: Outputs): void {
	const { blocks, padded, length } = blockLayout(batch);
	const bytes = padded * length * 4;
	const storage = (size: number) => device.createBuffer({ size, usage: GPUBufferUsage.STORAGE });
	const state = storage(bytes * some);
	const items = storage(ITEM_BYTES * some);
	const columns = storage(8 * padded * some);
	const rounds = Array.from({ length: blocks - 1 }, (_, round) => shapeBuffer(device, batch, { round }));

	const load = pipelineFor(device, loadShader());
	const round = pipelineFor(device, roundShader());
	const check = pipelineFor(device, checkShader());
	const lengths = pipelineFor(device, lengthShader());
	const write = pipelineFor(device, outShader());
	const fill = pipelineFor(device, fillShader());
	const roundGroups = rounds.map((shape) => bind(device, round, [state, items, shape]));
	const checkGroup = bind(device, check, [items]);
	const shapes: GPUBuffer[] = [];

	for (let first = 0; first < batch.count; first += some) {
		const now = Math.min(some, batch.count - first);
		const shape = shapeBuffer(device, batch, { first });
		shapes.push(shape);
		submit(device, (pass) => {
			pass.setPipeline(load);
			pass.setBindGroup(0, bind(device, load, [input, state, items, shape]));
			pass.dispatchWorkgroups(now);
		});
		// A submission a sweep: no single one runs long enough for a driver to give the device up.
		for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
			submit(device, (pass) => {
				pass.setPipeline(round);
				for (const group of roundGroups) {
					pass.setBindGroup(0, group);
					pass.dispatchWorkgroups(blocks / 2, now);
				}
				pass.setPipeline(check);
				pass.setBindGroup(0, checkGroup);
				pass.dispatchWorkgroups(now);
			});
		}
		submit(device, (pass) => {
			pass.setPipeline(lengths);
			pass.setBindGroup(0, bind(device, lengths, [state, items, columns, shape]));
			pass.dispatchWorkgroups(padded, now);
			pass.setPipeline(write);
			const buffers = [state, items, columns, out.long, out.s, out.short, shape];
			pass.setBindGroup(0, bind(device, write, buffers));
			pass.dispatchWorkgroups(padded, now);
			pass.setPipeline(fill);
			pass.setBindGroup(0, bind(device, fill, [columns, out.long, out.s, shape]));
			pass.dispatchWorkgroups(now);
		});
	}
	// Freed by the device once the queue is through with them.
	for (const buffer of [state, items, columns, ...rounds, ...shapes]) buffer.destroy();
}
