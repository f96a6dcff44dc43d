// The particles' picture, pixel by pixel and bin by bin: drawn from tfjs's buffers on tfjs's device, in a real browser.
import { memory, tensor2d } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forceBackendLoss, onBackendLost, recoverBackend, settle } from '../../src/lib/engine/backend';
import {
	disposeLangevin,
	disposeMachine,
	initLangevin,
	langevinStep,
	makeMachine
} from '../../src/lib/engine/langevin';
import {
	canDrawPicture,
	ParticlePicture,
	type PictureFrame,
	type Projection
} from '../../src/lib/engine/particlePicture';
import { lookOf } from '../../src/lib/engine/pictureLook';
import { keyFromSeed } from '../../src/lib/random/key';
import { gpuCounts, installGpuCounter, resetGpuCounts } from '../bench/gpuCounter';
import { gaussians, use, withoutLeak } from './onBackends';

const frame: PictureFrame = {
	width: 200,
	height: 100,
	scale: 1,
	x: [-2, 2],
	y: [-1, 1],
	particles: [1, 0.5, 0],
	marks: [0, 0, 1]
};

/** The first two of three coordinates, turned and moved a little: (x, y) = (a, b + c) + (0.1, −0.2). */
const onto: Projection = { x: [1, 0, 0], y: [0, 1, 1], offset: [0.1, -0.2] };
/** Coordinates that `onto` takes to a point. */
const at = (x: number, y: number): number[] => [x - 0.1, y + 0.2 - 0.75, 0.75];

/** What is on a canvas, four bytes a pixel, alpha not multiplied in. */
function pixels(canvas: OffscreenCanvas): ImageData {
	const copy = new OffscreenCanvas(canvas.width, canvas.height);
	const context = copy.getContext('2d')!;
	context.drawImage(canvas, 0, 0);
	return context.getImageData(0, 0, canvas.width, canvas.height);
}

const pixel = ({ data, width }: ImageData, x: number, y: number): number[] => [
	...data.slice(4 * (y * width + x), 4 * (y * width + x) + 4)
];

/** Where a point of the plane lies, in pixels from the left upper corner. */
const place = (x: number, y: number, { width, height, ...f }: PictureFrame = frame): [number, number] => [
	Math.floor(((x - f.x[0]) / (f.x[1] - f.x[0])) * width),
	Math.floor((1 - (y - f.y[0]) / (f.y[1] - f.y[0])) * height)
];

/** Points of the middles of pixels, so that a disc lies on whole pixels. */
const middles: readonly (readonly [number, number])[] = [
	[-1.49, 0.51],
	[0.01, 0.01],
	[1.51, -0.49],
	[-0.99, -0.79]
];

const refusals: string[] = [];
let canvas: OffscreenCanvas;
let picture: ParticlePicture;

beforeAll(async () => {
	installGpuCounter();
	await use('webgpu');
});
beforeEach(() => {
	refusals.length = 0;
	canvas = new OffscreenCanvas(300, 150);
	picture = new ParticlePicture(canvas, (reason) => refusals.push(reason));
});
afterEach(async () => {
	picture.dispose();
	await settle();
	expect(refusals).toEqual([]);
});

function drawAt(points: readonly (readonly [number, number])[], how: PictureFrame = frame): ImageData {
	const rows = tensor2d(points.map(([x, y]) => at(x, y)));
	picture.draw(how, { rows, onto }, null);
	rows.dispose();
	return pixels(canvas);
}

describe('discs', () => {
	it('lie where theory puts the particles, in the colour asked for, and nowhere else', () =>
		withoutLeak(() => {
			const image = drawAt(middles);
			expect([image.width, image.height]).toEqual([200, 100]);
			const { radius, alpha } = lookOf(middles.length);
			for (let y = 0; y < 100; y++) {
				for (let x = 0; x < 200; x++) {
					const distance = Math.min(
						...middles.map(([a, b]) => Math.hypot(...place(a, b).map((p, i) => p - [x, y][i])))
					);
					const found = pixel(image, x, y);
					if (distance < radius - 0.6) {
						expect(Math.abs(found[3] - 255 * alpha)).toBeLessThan(3);
						expect(Math.abs(found[0] - 255)).toBeLessThan(4);
						expect(Math.abs(found[1] - 127)).toBeLessThan(4);
						expect(found[2]).toBeLessThan(4);
					} else if (distance > radius + 0.6) expect(found[3]).toBe(0);
				}
			}
		}));

	it('take another theme’s colour, and marks lie over them in theirs', () =>
		withoutLeak(() => {
			const rows = tensor2d([at(...middles[1]), at(...middles[2])]);
			const marks = tensor2d([[...middles[2]]]);
			const identity: Projection = { x: [1, 0], y: [0, 1], offset: [0, 0] };
			const themed: PictureFrame = { ...frame, particles: [0, 1, 0], marks: [1, 0, 1] };
			picture.draw(themed, { rows, onto }, { rows: marks, onto: identity });
			const image = pixels(canvas);
			const [alone, marked] = [middles[1], middles[2]].map(([x, y]) => pixel(image, ...place(x, y)));
			expect(alone[1]).toBeGreaterThan(250);
			expect(alone[0] + alone[2]).toBeLessThan(8);
			// ¾ of the mark's colour over the particle's
			expect(marked[0]).toBeGreaterThan(180);
			expect(marked[2]).toBeGreaterThan(180);
			expect(marked[1]).toBeLessThan(75);
			rows.dispose();
			marks.dispose();
		}));

	it('follow the canvas through changes of size and of edges', () =>
		withoutLeak(() => {
			for (const [width, height] of [
				[200, 100],
				[90, 60],
				[400, 200]
			]) {
				const how: PictureFrame = { ...frame, width, height, x: [-4, 4] };
				const image = drawAt([[1.02, 0.4]], how);
				expect([canvas.width, canvas.height]).toEqual([width, height]);
				expect(pixel(image, ...place(1.02, 0.4, how))[3]).toBeGreaterThan(150);
				expect(pixel(image, ...place(-1.02, 0.4, how))[3]).toBe(0);
				expect(pixel(image, ...place(1.02, -0.4, how))[3]).toBe(0);
			}
		}));
});

describe('the histogram', () => {
	it.each([
		['as a density alone', 25_013, 37],
		['under discs', 4001, 3]
	])('counts as plain code does, %s', (_, count, units) =>
		withoutLeak(async () => {
			const { bin } = lookOf(count);
			const columns = Math.ceil(frame.width / bin);
			const rowsOf = Math.ceil(frame.height / bin);
			const values = new Float32Array(count * units);
			const normal = gaussians(count * units, 21);
			const expected = new Uint32Array(columns * rowsOf);
			const axes = [gaussians(units, 22), gaussians(units, 23)].map((a) =>
				a.map((c) => c / Math.sqrt(units))
			);
			for (let p = 0; p < count; p++) {
				const row = normal.subarray(p * units, (p + 1) * units);
				const bins = axes.map((axis, i) => {
					const size = [frame.width, frame.height][i];
					const [low, high] = i === 0 ? frame.x : frame.y;
					const value = axis.reduce((sum, c, k) => sum + c * row[k], 0);
					const part = (value - low) / (high - low);
					return ((i === 0 ? part : 1 - part) * size) / bin;
				});
				// Next to an edge float32 decides: those are put far outside.
				const near = bins.some((b) => Math.abs(b - Math.round(b)) < 1e-3);
				if (near) row.fill(1e4);
				values.set(row, p * units);
				const [x, y] = bins.map(Math.floor);
				if (!near && x >= 0 && y >= 0 && x < columns && y < rowsOf) expected[y * columns + x]++;
			}
			const rows = tensor2d(values, [count, units]);
			picture.draw(frame, { rows, onto: { x: axes[0], y: axes[1], offset: [0, 0] } }, null);
			const image = pixels(canvas);
			const found = await picture.counts();
			expect(found.columns).toBe(columns);
			expect(expected.reduce((sum, c) => sum + c)).toBeGreaterThan(count / 3);
			expect([...found.counts]).toEqual([...expected]);
			// Opacity grows with the count, and empty bins without a disc are clear.
			if (lookOf(count).radius === 0) {
				const alphas = new Map<number, number>();
				expected.forEach((c, at) => {
					const alpha = pixel(image, (at % columns) * bin, Math.floor(at / columns) * bin)[3];
					expect(alpha > 0).toBe(c > 0);
					expect(alphas.get(c) ?? alpha).toBe(alpha);
					alphas.set(c, alpha);
				});
				const seen = [...alphas].sort(([a], [b]) => a - b).map(([, alpha]) => alpha);
				expect(seen).toEqual([...seen].sort((a, b) => a - b));
				expect(seen.at(-1)).toBe(255);
			}
			rows.dispose();
		})
	);
});

describe('many frames', () => {
	it('read nothing back, make no buffer and leave no tensor', async () => {
		const N = 5;
		const machine = makeMachine({
			N,
			M: N,
			modes: 1,
			u: new Float64Array(N).fill(1 / Math.sqrt(N)),
			v: new Float64Array(N).fill(1 / Math.sqrt(N)),
			singularValues: new Float64Array([1]),
			visibleBias: new Float64Array(N),
			hiddenBias: new Float64Array(N),
			beta: 1,
			sigma2: 0.2
		});
		let state = initLangevin(machine, { particles: 21_000, from: 'vertices' }, keyFromSeed(4));
		const axis = (first: number) =>
			Array.from({ length: 2 * N }, (_, k) => (k < N === (first === 0) ? 0.4 : 0));
		const draw = () => {
			[state] = langevinStep(state, machine, 1);
			picture.draw(frame, { rows: state.z, onto: { x: axis(0), y: axis(1), offset: [-1, -1] } }, null);
		};
		for (let i = 0; i < 3; i++) draw();
		await settle();
		const prototype = GPUDevice.prototype;
		const create = prototype.createBuffer;
		let made = 0;
		prototype.createBuffer = function (this: GPUDevice, descriptor: GPUBufferDescriptor) {
			made++;
			return create.call(this, descriptor);
		};
		const tensors = memory().numTensors;
		resetGpuCounts();
		try {
			for (let i = 0; i < 40; i++) draw();
			await settle();
		} finally {
			prototype.createBuffer = create;
		}
		expect(gpuCounts().bytesRead).toBe(0);
		// one step and one projection a frame
		expect(gpuCounts().dispatches).toBe(80);
		expect(made).toBe(0);
		expect(memory().numTensors).toBe(tensors);
		disposeLangevin(state);
		disposeMachine(machine);
	});
});

describe('a device that is lost', () => {
	it('ends the picture until there is another, on which the same canvas is drawn again', async () => {
		drawAt(middles);
		const lost = new Promise((resolve) => onBackendLost(resolve));
		forceBackendLoss();
		await lost;
		await recoverBackend({ order: ['cpu'] });
		expect(canDrawPicture()).toBe(false);
		expect(() => drawAt(middles)).toThrow('WebGPU');
		await use('webgpu');
		const image = drawAt([[1.51, 0.51]]);
		expect(pixel(image, ...place(1.51, 0.51))[3]).toBeGreaterThan(150);
		expect(pixel(image, ...place(...middles[0]))[3]).toBe(0);
	});
});
