// Pipelines and buffers of the particles' picture on one device, made when they are first needed and kept from frame to
// frame: a buffer is made anew only when its size changes, and the old one is then destroyed.
import { densityWgsl, discsWgsl, projectWgsl, VIEW_BYTES } from './pictureShaders';

/** Buffers of one set of points: its plane, its place in it, its view. */
interface Slot {
	readonly count: number;
	readonly units: number;
	readonly axes: GPUBuffer;
	readonly points: GPUBuffer;
	readonly view: GPUBuffer;
}

/** Colours with alpha multiplied in, as the canvas is configured. */
const over: GPUBlendComponent = { srcFactor: 'one', dstFactor: 'one-minus-src-alpha', operation: 'add' };

export class PictureParts {
	readonly device: GPUDevice;
	readonly context: GPUCanvasContext;
	readonly project: GPUComputePipeline;
	readonly density: GPURenderPipeline;
	readonly discs: GPURenderPipeline;
	readonly #slots: (Slot | undefined)[] = [];
	#bins: GPUBuffer | null = null;

	/** @throws Error when the canvas gives no WebGPU context. */
	constructor(device: GPUDevice, canvas: OffscreenCanvas) {
		const context = canvas.getContext('webgpu') as GPUCanvasContext | null;
		if (!context) throw new Error('The canvas gives no WebGPU context.');
		this.device = device;
		this.context = context;
		const format = navigator.gpu.getPreferredCanvasFormat();
		context.configure({ device, format, alphaMode: 'premultiplied' });
		const module = (code: string) => device.createShaderModule({ code });
		this.project = device.createComputePipeline({ layout: 'auto', compute: { module: module(projectWgsl) } });
		const drawn = (code: string, topology: GPUPrimitiveTopology, buffers: GPUVertexBufferLayout[]) => {
			const shader = module(code);
			return device.createRenderPipeline({
				layout: 'auto',
				vertex: { module: shader, buffers },
				fragment: { module: shader, targets: [{ format, blend: { color: over, alpha: over } }] },
				primitive: { topology }
			});
		};
		this.density = drawn(densityWgsl, 'triangle-list', []);
		this.discs = drawn(discsWgsl, 'triangle-strip', [
			{
				arrayStride: 8,
				stepMode: 'instance',
				attributes: [{ shaderLocation: 0, offset: 0, format: 'float32x2' }]
			}
		]);
	}

	/** The histogram's buffer, for `size` numbers. */
	bins(size: number): GPUBuffer {
		if (this.#bins?.size === 4 * size) return this.#bins;
		this.#bins?.destroy();
		const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
		return (this.#bins = this.device.createBuffer({ size: 4 * size, usage }));
	}

	/** Buffers for `count` points of `units` coordinates. */
	slot(index: number, count: number, units: number): Slot {
		const old = this.#slots[index];
		if (old?.count === count && old.units === units) return old;
		this.#free(index);
		const buffer = (size: number, usage: number) =>
			this.device.createBuffer({ size, usage: usage | GPUBufferUsage.COPY_DST });
		const made = {
			count,
			units,
			axes: buffer(4 * (2 * units + 2), GPUBufferUsage.STORAGE),
			points: buffer(8 * count, GPUBufferUsage.STORAGE | GPUBufferUsage.VERTEX),
			view: buffer(VIEW_BYTES, GPUBufferUsage.UNIFORM)
		};
		this.#slots[index] = made;
		return made;
	}

	points(index: number): GPUBuffer {
		return this.#slots[index]!.points;
	}

	/** What the projection of a slot's points reads and writes; `rows` is the tensor's buffer. */
	projection(index: number, rows: GPUBuffer): GPUBindGroup {
		const { axes, points, view } = this.#slots[index]!;
		return this.#group(this.project, [rows, axes, points, this.#bins!, view]);
	}

	/** What the density of the first slot's points is drawn from. */
	shading(): GPUBindGroup {
		return this.#group(this.density, [this.#bins!, this.#slots[0]!.view]);
	}

	discGroup(index: number): GPUBindGroup {
		return this.#group(this.discs, [this.#slots[index]!.view]);
	}

	/** The first `size` numbers of the histogram. */
	async readBins(size: number): Promise<Uint32Array> {
		const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
		const staging = this.device.createBuffer({ size: 4 * size, usage });
		const encoder = this.device.createCommandEncoder();
		encoder.copyBufferToBuffer(this.#bins!, 0, staging, 0, 4 * size);
		this.device.queue.submit([encoder.finish()]);
		await staging.mapAsync(GPUMapMode.READ);
		const counts = new Uint32Array(staging.getMappedRange().slice(0));
		staging.destroy();
		return counts;
	}

	dispose(): void {
		this.#slots.forEach((_, index) => this.#free(index));
		this.#bins?.destroy();
		this.#bins = null;
	}

	#free(index: number): void {
		const slot = this.#slots[index];
		slot?.axes.destroy();
		slot?.points.destroy();
		slot?.view.destroy();
		this.#slots[index] = undefined;
	}

	#group(pipeline: GPUPipelineBase, buffers: readonly GPUBuffer[]): GPUBindGroup {
		return this.device.createBindGroup({
			layout: pipeline.getBindGroupLayout(0),
			entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } }))
		});
	}
}
