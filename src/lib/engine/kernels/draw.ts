// The part that every drawing kernel shares: which words of the generator belong to which element, on the device and
// in plain code (random/philox.ts, fillRow: rows and blocks of four columns).
import type { Key } from '$lib/random/key';
import { philoxWgsl } from '$lib/random/philox.wgsl';
import { aligned, type Simd, type Work } from '../wasm/module';
import type { Shader } from './kernel';

/** Which numbers: a key and the number of the draw made from it. */
export interface Draw {
	readonly key: Key;
	readonly counter: number;
}

/** Uniforms of a draw: key0, key1, counterLow, counterHigh. */
export function drawUniforms(draw: Draw): Shader['uniforms'] {
	return [
		{ name: 'key0', type: 'uint32', value: draw.key[0] },
		{ name: 'key1', type: 'uint32', value: draw.key[1] },
		{ name: 'counterLow', type: 'uint32', value: draw.counter >>> 0 },
		{ name: 'counterHigh', type: 'uint32', value: Math.floor(draw.counter / 4294967296) }
	];
}

/** One invocation a row and block of four columns. */
export function drawInvocations(rows: number, columns: number): number {
	return rows * Math.ceil(columns / 4);
}

/** `drawWords(row, block)`: the four words of that block. */
export const drawWgsl = `${philoxWgsl}
fn drawWords(row : i32, block : i32) -> vec4<u32> {
	return philox(
		vec4<u32>(u32(block), u32(row), uniforms.counterLow, uniforms.counterHigh),
		vec2<u32>(uniforms.key0, uniforms.key1));
}
`;

/** In a body: row and block of this invocation, its first column, and how many of its columns exist. */
export const drawPlace = `
let blocks = (uniforms.columns + 3) / 4;
let row = index / blocks;
let block = index - row * blocks;
let first = block * 4;
let count = min(4, uniforms.columns - first);
let start = row * uniforms.columns + first;
`;

/** A draw as the SIMD module takes it: low and high word of the counter, two words of the key. */
export function drawNumbers({ key, counter }: Draw): number[] {
	return [counter >>> 0, Math.floor(counter / 4294967296), key[0], key[1]];
}

/** Elements a part should have, so that handing it out costs little. */
const PART = 16_384;

/** Sharing by rows, with room for a row's words, in whole groups of sixteen, for each thread. */
export function rowWork(simd: Simd, rows: number, columns: number): Work {
	const scratchBytes = aligned(Math.ceil(columns / 16) * 64);
	const scratch = simd.scratch(scratchBytes * simd.threads);
	const cost = 4 * rows * columns;
	return { count: rows, grain: Math.max(1, Math.ceil(PART / columns)), scratch, scratchBytes, cost };
}
