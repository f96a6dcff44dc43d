// LangevinScheme: an explicit Langevin step behind its matrix product, in one dispatch, for any closure whose U_eff is
// quadratic but for a sum over units: z + τ(f − zL − g′(z)) + √(2τ)·ξ with τ = dt/β.
// Averaged noise, ξ = ½(ξₙ+ξₙ₊₁), is Leimkuhler and Matthews' scheme (Appl. Math. Res. Express 2013, 34): the numbers
// of the next step are drawn from its own counter, so that nothing is carried from step to step.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { fillRow, paddedLength } from '$lib/random/philox';
import { drawInvocations, drawPlace, drawUniforms, drawWgsl, type Draw } from './draw';
import { normalsFromWords } from './gaussianNoise';
import { register, run, type Kernel } from './kernel';
import { unitFunctions, unitUniforms, unitWgsl, type UnitPotential } from './unitPotential';

export interface SchemeStep {
	readonly unit: UnitPotential;
	/** τ = dt/β */
	readonly tau: number;
	/** the mean of this step's noise and the next's instead of this step's alone */
	readonly averaged: boolean;
	/** fold the result into (0,1), as mirrors at 0 and 1 would */
	readonly reflected: boolean;
}

type Attributes = SchemeStep & Draw;

/** Reflected positions keep this distance from 0 and 1, where the entropy's slope is infinite. */
const WALL = 1e-6;

/** Mirrors at 0 and 1. */
export function fold(z: number): number {
	const turned = Math.abs(z) % 2;
	return Math.min(1 - WALL, Math.max(WALL, turned > 1 ? 2 - turned : turned));
}

/** `fold(z)` in WGSL. */
export const foldWgsl = `
fn fold(z : f32) -> f32 {
	let turned = abs(z) - 2.0 * floor(abs(z) * 0.5);
	return clamp(select(turned, 2.0 - turned, turned > 1.0), ${WALL}, 1.0 - ${WALL});
}
`;

export const langevinSchemeKernel: Kernel<Attributes> = {
	name: 'LangevinScheme',
	output: ([z]) => ({ shape: z.shape, dtype: 'float32' }),
	host(out, [z, linear, field], [{ shape }], { unit, tau, averaged, reflected, key, counter }) {
		const [rows, columns] = shape;
		const { slope } = unitFunctions(unit);
		const words = new Uint32Array(paddedLength(columns));
		const normals = new Float64Array(words.length);
		const following = new Float64Array(words.length);
		const noise = Math.sqrt(2 * tau) * (averaged ? 0.5 : 1);
		for (let row = 0, at = 0; row < rows; row++) {
			fillRow(words, columns, row, key, counter);
			normalsFromWords(normals, words, columns);
			if (averaged) {
				fillRow(words, columns, row, key, counter + 1);
				normalsFromWords(following, words, columns);
			}
			for (let j = 0; j < columns; j++, at++) {
				const drift = tau * (field[j] - linear[at] - slope(z[at]));
				const moved = z[at] + drift + noise * (normals[j] + following[j]);
				out[at] = reflected ? fold(moved) : moved;
			}
		}
	},
	shader([z], { unit, tau, averaged, reflected, key, counter }) {
		const [rows, columns] = z.shape;
		const next = counter + 1;
		const following = `
			let more = philox(
				vec4<u32>(u32(block), u32(row), uniforms.nextLow, uniforms.nextHigh),
				vec2<u32>(uniforms.key0, uniforms.key1));
			normals = normals + vec4<f32>(boxMuller(more.x, more.y), boxMuller(more.z, more.w));`;
		return {
			variables: ['Z', 'Linear', 'Field'],
			uniforms: [
				{ name: 'columns', type: 'int32', value: columns },
				{ name: 'tau', type: 'float32', value: tau },
				{ name: 'noise', type: 'float32', value: Math.sqrt(2 * tau) * (averaged ? 0.5 : 1) },
				...unitUniforms(unit),
				...drawUniforms({ key, counter }),
				...(averaged
					? [
							{ name: 'nextLow', type: 'uint32', value: next >>> 0 } as const,
							{ name: 'nextHigh', type: 'uint32', value: Math.floor(next / 4294967296) } as const
						]
					: [])
			],
			invocations: drawInvocations(rows, columns),
			key: `LangevinScheme ${unit.kind} ${averaged} ${reflected}`,
			prelude: drawWgsl + unitWgsl(unit) + foldWgsl,
			body: `${drawPlace}
				let words = drawWords(row, block);
				var normals = vec4<f32>(boxMuller(words.x, words.y), boxMuller(words.z, words.w));
				${averaged ? following : ''}
				for (var j = 0; j < count; j = j + 1) {
					let at = start + j;
					let drift = uniforms.tau * (Field[first + j] - Linear[at] - unitSlope(Z[at]));
					var moved = Z[at] + drift + uniforms.noise * normals[j];
					${reflected ? 'moved = fold(moved);' : ''}
					result[at] = moved;
				}`
		};
	}
};

export function registerLangevinScheme(): void {
	register(langevinSchemeKernel);
}

/** One step from z [P, K], given linear = z·L [P, K] and field f [K]. Caller disposes. */
export function langevinScheme(
	z: Tensor2D,
	linear: Tensor2D,
	field: Tensor1D,
	step: SchemeStep,
	draw: Draw
): Tensor2D {
	const attributes = { ...step, key: draw.key, counter: draw.counter };
	return run(langevinSchemeKernel, { z, linear, field }, attributes) as Tensor2D;
}
