// Every kernel on every backend against a float64 twin written here, and the random integers against TypeScript.
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
	drawInvocations,
	drawPlace,
	drawUniforms,
	drawWgsl,
	type Draw
} from '../../src/lib/engine/kernels/draw';
import { logHidden } from '../../src/lib/engine/kernels/freeEnergy';
import { gaussianNoise } from '../../src/lib/engine/kernels/gaussianNoise';
import { register, run, type Kernel } from '../../src/lib/engine/kernels/kernel';
import { langevinUpdate } from '../../src/lib/engine/kernels/langevinUpdate';
import { logConditional } from '../../src/lib/engine/kernels/logConditional';
import { sampleUnits } from '../../src/lib/engine/kernels/sampleUnits';
import { unitProbabilities } from '../../src/lib/engine/kernels/unitProbabilities';
import { unpackBits } from '../../src/lib/engine/kernels/unpackBits';
import { disposeModel, makeModel } from '../../src/lib/engine/model';
import { normals as normalsOfKey } from '../../src/lib/random/draw';
import { keyFromSeed, type Key } from '../../src/lib/random/key';
import { fillRow, paddedLength, uniformOf } from '../../src/lib/random/philox';
import { freeEnergyVisible, hiddenField, sigmoid } from '../../src/lib/theory/rbm';
import {
	arraysOf,
	backends,
	coins,
	gaussians,
	misfit,
	randomRbm,
	shapes,
	take,
	use,
	withoutLeak
} from './onBackends';

const key: Key = keyFromSeed(77);
/** A counter past 2³², so that both words of it are seen. */
const counter = 5 + 3 * 2 ** 32;
const draw: Draw = { key, counter };

/** Words of a draw, row by row without the padding. */
function words(rows: number, columns: number): Uint32Array {
	const out = new Uint32Array(rows * columns);
	const padded = new Uint32Array(paddedLength(columns));
	for (let row = 0; row < rows; row++) {
		fillRow(padded, columns, row, key, counter);
		out.set(padded.subarray(0, columns), row * columns);
	}
	return out;
}

/** The normals of a draw, in float64. */
function noise(rows: number, columns: number): Float64Array {
	const out = new Float64Array(rows * columns);
	const padded = new Uint32Array(paddedLength(columns));
	for (let row = 0; row < rows; row++) {
		fillRow(padded, columns, row, key, counter);
		for (let j = 0; j < columns; j++) {
			const radius = Math.sqrt(-2 * Math.log(uniformOf(padded[j & ~1])));
			const angle = 2 * Math.PI * uniformOf(padded[j | 1]);
			out[row * columns + j] = radius * (j & 1 ? Math.sin(angle) : Math.cos(angle));
		}
	}
	return out;
}

/** The generator alone, as a kernel: what the shader's integers are. */
const wordsKernel: Kernel<Draw & { rows: number; columns: number }> = {
	name: 'TestDrawWords',
	output: (_inputs, { rows, columns }) => ({ shape: [rows, columns], dtype: 'int32' }),
	host(out, _inputs, _infos, { rows, columns }) {
		out.set(new Int32Array(words(rows, columns).buffer));
	},
	shader: (_inputs, { rows, columns, ...which }) => ({
		variables: [],
		uniforms: [{ name: 'columns', type: 'int32', value: columns }, ...drawUniforms(which)],
		invocations: drawInvocations(rows, columns),
		key: 'TestDrawWords',
		prelude: drawWgsl,
		body: `${drawPlace}
			let words = drawWords(row, block);
			for (var j = 0; j < count; j = j + 1) { result[start + j] = bitcast<i32>(words[j]); }`
	})
};

beforeAll(() => register(wordsKernel));

describe.each(backends)('%s', (backend) => {
	beforeAll(() => use(backend));

	it.each(shapes)('draws the integers of TypeScript, %i×%i', async (rows, columns) => {
		const drawn = await take(run(wordsKernel, {}, { rows, columns, ...draw }));
		expect(new Uint32Array(drawn.buffer, drawn.byteOffset, drawn.length)).toEqual(words(rows, columns));
	});

	it.each(shapes)('draws exactly the bits of TypeScript where the probability is ½, %i×%i', (rows, columns) =>
		withoutLeak(async () => {
			const x = tensor2d(gaussians(rows * columns, 1), [rows, columns]);
			const bias = tensor1d(gaussians(columns, 2));
			const states = await take(sampleUnits(x, bias, 0, draw));
			expect(states).toEqual(Float32Array.from(words(rows, columns), (w) => (uniformOf(w) < 0.5 ? 1 : 0)));
			x.dispose();
			bias.dispose();
		})
	);

	it.each(shapes)('draws units with probability sigmoid(β(x+bias)), %i×%i', (rows, columns) =>
		withoutLeak(async () => {
			const beta = 1.7;
			const values = gaussians(rows * columns, 3, 3);
			const biases = gaussians(columns, 4, 2);
			values[0] = 1000;
			const x = tensor2d(values, [rows, columns]);
			const bias = tensor1d(biases);
			const states = await take(sampleUnits(x, bias, beta, draw));
			const p = await take(unitProbabilities(x, bias, beta));
			const exact = Float64Array.from(values, (value, i) => sigmoid(beta * (value + biases[i % columns])));
			expect(misfit(p, exact, 2e-6, 4e-6)).toBeLessThan(1);
			// The uniform decides, except where it is as near to p as float32 can tell.
			words(rows, columns).forEach((word, i) => {
				const distance = uniformOf(word) - exact[i];
				if (Math.abs(distance) > 2e-6) expect(states[i]).toBe(distance < 0 ? 1 : 0);
				else expect([0, 1]).toContain(states[i]);
			});
			x.dispose();
			bias.dispose();
		})
	);

	it.each(shapes)('draws the normals of its integers, %i×%i', async (rows, columns) => {
		const drawn = await take(gaussianNoise(rows, columns, draw));
		// float32 logarithm and cosine; WGSL promises cos to 2⁻¹¹ absolutely, times a radius up to 5.7
		expect(misfit(drawn, noise(rows, columns), backend === 'webgpu' ? 3e-3 : 2e-6)).toBeLessThan(1);
	});

	it('draws in its first row what host code draws', async () => {
		const drawn = await take(gaussianNoise(2, 9, { key, counter: 0 }));
		expect(misfit(drawn.subarray(0, 9), normalsOfKey(9, key), 3e-3)).toBeLessThan(1);
	});

	it.each([
		[1, 1],
		[5, 31],
		[6, 32],
		[9, 33],
		[4, 130]
	])('gathers packed rows, %i rows of %i units', (count, units) =>
		withoutLeak(async () => {
			const bits = coins(count * units, 5);
			const perRow = Math.ceil(units / 32);
			const packed = new Int32Array(count * perRow);
			bits.forEach((bit, at) => {
				const unit = at % units;
				packed[Math.floor(at / units) * perRow + (unit >> 5)] |= bit << (31 - (unit & 31));
			});
			const order = Int32Array.from({ length: 2 * count + 1 }, (_, i) => (i * 7 + 3) % count);
			const table = tensor2d(packed, [count, perRow], 'int32');
			const index = tensor1d(order, 'int32');
			const rows = await take(unpackBits(table, index, units, 1, 2 * count));
			const expected = [...order.slice(1)].flatMap((row) => [...bits.slice(row * units, (row + 1) * units)]);
			expect([...rows]).toEqual(expected);
			table.dispose();
			index.dispose();
		})
	);

	it.each(shapes)('makes a Langevin step, %i×%i', (rows, columns) =>
		withoutLeak(async () => {
			const dynamics = { beta: 1.3, sigma2: 0.2, dt: 0.01 };
			const [z0, linear0] = [gaussians(rows * columns, 6), gaussians(rows * columns, 7)];
			z0[0] = -300;
			const field0 = gaussians(columns, 8);
			const z = tensor2d(z0, [rows, columns]);
			const linear = tensor2d(linear0, [rows, columns]);
			const field = tensor1d(field0);
			const stepped = await take(langevinUpdate(z, linear, field, dynamics, draw));
			const { beta, sigma2, dt } = dynamics;
			const xi = noise(rows, columns);
			const expected = Float64Array.from(z0, (value, i) => {
				const pull = (value - sigmoid((value - 0.5) / sigma2)) / (beta * sigma2);
				return value + dt * (field0[i % columns] - linear0[i] - pull) + Math.sqrt((2 * dt) / beta) * xi[i];
			});
			expect(misfit(stepped, expected, backend === 'webgpu' ? 5e-4 : 2e-6, 1e-6)).toBeLessThan(1);
			[z, linear, field].forEach((tensor) => tensor.dispose());
		})
	);

	it.each([
		[1, 1, 1],
		[5, 3, 4],
		[9, 17, 33]
	])('sums the hidden layer out, %i rows of %i×%i', (rows, N, M) =>
		withoutLeak(async () => {
			const beta = 0.8;
			const rbm = randomRbm(N, M, 9, 1.5);
			const model = makeModel(arraysOf(rbm));
			const bits = coins(rows * N, 10);
			const row = (r: number) => Float64Array.from(bits.subarray(r * N, (r + 1) * N));
			const x0 = Float32Array.from({ length: rows * M }, (_, at) => {
				return hiddenField(rbm, row(Math.floor(at / M)))[at % M] - rbm.hiddenBias[at % M];
			});
			const x = tensor2d(x0, [rows, M]);
			const visible = tensor2d(bits, [rows, N]);
			const minusF = (v: Float64Array) => -freeEnergyVisible(rbm, beta, v);
			const hidden = await take(logHidden(x, model.hiddenBias, beta));
			const expectedHidden = Float64Array.from({ length: rows }, (_, r) => {
				const field = row(r).reduce((sum, bit, i) => sum + bit * rbm.visibleBias[i], 0);
				return minusF(row(r)) / beta - field;
			});
			expect(misfit(hidden, expectedHidden, 1e-5)).toBeLessThan(1);

			const all = Int32Array.from({ length: rows * N }, (_, i) => i % N);
			const units = tensor2d(all, [rows, N], 'int32');
			const conditionals = await take(logConditional(x, model, visible, units, beta));
			const expected = Float64Array.from(all, (unit, at) => {
				const v = row(Math.floor(at / N));
				const flipped = v.map((bit, i) => (i === unit ? 1 - bit : bit));
				return -Math.log1p(Math.exp(minusF(flipped) - minusF(v)));
			});
			expect(misfit(conditionals, expected, 2e-5)).toBeLessThan(1);
			[x, visible, units].forEach((tensor) => tensor.dispose());
			disposeModel(model);
		})
	);
});
