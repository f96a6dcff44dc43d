// Particles drawn on a canvas from the GPU buffer that holds them: tfjs's own, on its own device, never copied to the
// page. A compute pass projects them onto a plane and counts them in bins, a render pass draws density and discs.
import { engine, type Tensor2D } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { bufferOf, flush, folded } from './kernels/svdPasses';
import { PictureParts } from './pictureParts';
import { lookOf, type Look } from './pictureLook';
import { LANES, VIEW_BYTES } from './pictureShaders';

/** Two linear functions of a row's coordinates. */
export interface Projection {
	/** coefficients, [K] */
	readonly x: ArrayLike<number>;
	readonly y: ArrayLike<number>;
	/** what is added to them */
	readonly offset: readonly [number, number];
}

/** Rows [P, K] and the plane that they are seen in. */
export interface Points {
	readonly rows: Tensor2D;
	readonly onto: Projection;
}

/** Red, green, blue, each 0…1. */
export type Color = readonly [number, number, number];

/** What part of the plane is seen, and how. */
export interface PictureFrame {
	/** size in device pixels, whole numbers ≥ 1 */
	readonly width: number;
	readonly height: number;
	/** device pixels a CSS px */
	readonly scale: number;
	/** the plane's edges, left to right and bottom to top */
	readonly x: readonly [number, number];
	readonly y: readonly [number, number];
	readonly particles: Color;
	readonly marks: Color;
}

/** Radius of a mark in CSS px, and its opacity. */
const MARK = { radius: 1.6, alpha: 0.75 };

/** Whether the backend of now can draw. */
export const canDrawPicture = (): boolean => engine().backendName === 'webgpu';

/** A canvas and what is drawn on it. Survives a change of device; draws only while webgpu computes. */
export class ParticlePicture {
	readonly #canvas: OffscreenCanvas;
	readonly #failed: (reason: string) => void;
	#parts: PictureParts | null = null;
	#bins: readonly [number, number] = [0, 0];

	/** @param failed hears, later, that the device refused what was drawn */
	constructor(canvas: OffscreenCanvas, failed: (reason: string) => void) {
		this.#canvas = canvas;
		this.#failed = failed;
	}

	/**
	 * Draws particles and, over them, marks. Nothing is read back and nothing waits.
	 * @throws Error while another backend than webgpu computes, or when the canvas gives no context.
	 */
	draw(frame: PictureFrame, particles: Points, marks: Points | null): void {
		if (!canDrawPicture()) throw new Error('Only WebGPU draws from its own buffers.');
		const backend = engine().backend as WebGPUBackend;
		const { device } = backend;
		const { width, height } = frame;
		if (this.#canvas.width !== width) this.#canvas.width = width;
		if (this.#canvas.height !== height) this.#canvas.height = height;
		const look = lookOf(particles.rows.shape[0]);
		const side = look.bin > 0 ? Math.max(1, Math.round(look.bin * frame.scale)) : Math.max(width, height);
		this.#bins = [Math.ceil(width / side), Math.ceil(height / side)];

		// What goes wrong here is the picture's failure, not the backend's, whose own errors end the run on it.
		device.pushErrorScope('out-of-memory');
		device.pushErrorScope('validation');
		try {
			const parts = this.#partsOn(device);
			const rows = [particles, ...(marks ? [marks] : [])].map((points) => bufferOf(backend, points.rows));
			flush(backend);
			const bins = parts.bins(this.#bins[0] * this.#bins[1] + 1);
			const encoder = device.createCommandEncoder();
			encoder.clearBuffer(bins);
			const cloud = { points: particles, buffer: rows[0], slot: 0, look };
			const layers: PictureLayer[] = [cloud];
			if (marks)
				layers.push({
					points: marks,
					buffer: rows[1],
					slot: 1,
					look: { ...lookOf(1), ...MARK, bin: 0 }
				});
			const pass = encoder.beginComputePass();
			for (const layer of layers) this.#project(pass, parts, frame, side, layer);
			pass.end();
			this.#render(encoder, parts, layers);
			device.queue.submit([encoder.finish()]);
		} finally {
			for (let scope = 0; scope < 2; scope++) {
				void device.popErrorScope().then(
					(error) => error && this.#failed(error.message),
					// The device is gone, which its own event says.
					() => {}
				);
			}
		}
	}

	#partsOn(device: GPUDevice): PictureParts {
		if (this.#parts?.device !== device) {
			this.#parts?.dispose();
			this.#parts = new PictureParts(device, this.#canvas);
		}
		return this.#parts;
	}

	#project(
		pass: GPUComputePassEncoder,
		parts: PictureParts,
		frame: PictureFrame,
		side: number,
		{ points, buffer, slot, look }: PictureLayer
	): void {
		const [count, units] = points.rows.shape;
		const { queue } = parts.device;
		const groups = folded(parts.device, Math.ceil(count / LANES));
		const axes = new Float32Array(2 * units + 2);
		axes.set(points.onto.x);
		axes.set(points.onto.y, units);
		axes.set(points.onto.offset, 2 * units);
		const slots = parts.slot(slot, count, units);
		queue.writeBuffer(slots.axes, 0, axes);
		const values = new ArrayBuffer(VIEW_BYTES);
		const color = slot === 0 ? frame.particles : frame.marks;
		const edges = [frame.x[0], frame.y[0], frame.x[1], frame.y[1]];
		const sizes = [frame.width, frame.height, look.radius * frame.scale, side];
		new Float32Array(values, 0, 12).set([...color, look.alpha || 1, ...edges, ...sizes]);
		const numbers = [...this.#bins, count, units, slot === 0 ? 1 : 0, groups[0]];
		new Int32Array(values, 48, 6).set(numbers);
		new Float32Array(values, 72, 2).set([look.single, look.full]);
		queue.writeBuffer(slots.view, 0, values);
		pass.setPipeline(parts.project);
		pass.setBindGroup(0, parts.projection(slot, buffer));
		pass.dispatchWorkgroups(...groups);
	}

	#render(encoder: GPUCommandEncoder, parts: PictureParts, layers: readonly PictureLayer[]): void {
		const pass = encoder.beginRenderPass({
			colorAttachments: [
				{
					view: parts.context.getCurrentTexture().createView(),
					clearValue: [0, 0, 0, 0],
					loadOp: 'clear',
					storeOp: 'store'
				}
			]
		});
		for (const { points, slot, look } of layers) {
			if (look.bin > 0) {
				pass.setPipeline(parts.density);
				pass.setBindGroup(0, parts.shading());
				pass.draw(3);
			}
			if (look.radius > 0) {
				pass.setPipeline(parts.discs);
				pass.setBindGroup(0, parts.discGroup(slot));
				pass.setVertexBuffer(0, parts.points(slot));
				pass.draw(4, points.rows.shape[0]);
			}
		}
		pass.end();
	}

	/** Counts of the last picture's bins, row by row from the top, and their number a row: read back, for whoever asks. */
	async counts(): Promise<{ readonly columns: number; readonly counts: Uint32Array }> {
		const [columns, rows] = this.#bins;
		if (!this.#parts) throw new Error('Nothing has been drawn.');
		return { columns, counts: await this.#parts.readBins(columns * rows) };
	}

	/** Frees the buffers; the canvas keeps its last picture. */
	dispose(): void {
		this.#parts?.dispose();
		this.#parts = null;
	}
}

interface PictureLayer {
	readonly points: Points;
	/** the tensor's own */
	readonly buffer: GPUBuffer;
	readonly slot: number;
	readonly look: Look;
}
