// UnitFlow: the part of a splitting that acts on each unit alone, dz/dt = −g′(z)/β over a time, by the midpoint rule
// (its error, third order in the time, is below that of the splitting itself). A second kernel adds up what the
// splitting's linear part left behind its two products before it flows.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { register, run, type Kernel } from './kernel';
import { unitFunctions, unitUniforms, unitWgsl, type UnitPotential } from './unitPotential';

export interface UnitFlow {
	readonly unit: UnitPotential;
	/** τ = time/β */
	readonly tau: number;
	/** how often it is applied: 2 joins the end of one step to the start of the next */
	readonly repeats: 1 | 2;
}

/** The flow in plain code, and its uniforms, functions and call in WGSL. */
export function flowOf({ unit, tau, repeats }: UnitFlow): (z: number) => number {
	if (unit.kind === 'none') return (z) => z;
	const { slope } = unitFunctions(unit);
	const once = (z: number): number => z - tau * slope(z - 0.5 * tau * slope(z));
	return repeats === 1 ? once : (z) => once(once(z));
}

const flowWgsl = `
fn flow(z : f32) -> f32 { return z - uniforms.tau * unitSlope(z - 0.5 * uniforms.tau * unitSlope(z)); }
`;

export const flowUniforms = ({ unit, tau }: UnitFlow) =>
	unit.kind === 'none' ? [] : [{ name: 'tau', type: 'float32', value: tau } as const, ...unitUniforms(unit)];

export const flowPrelude = ({ unit }: UnitFlow): string =>
	unit.kind === 'none' ? '' : unitWgsl(unit) + flowWgsl;

export const flowed = ({ unit, repeats }: UnitFlow, z: string): string =>
	unit.kind === 'none' ? z : repeats === 1 ? `flow(${z})` : `flow(flow(${z}))`;

export const unitFlowKernel: Kernel<UnitFlow> = {
	name: 'UnitFlow',
	output: ([z]) => ({ shape: z.shape, dtype: 'float32' }),
	host(out, [z], _infos, attributes) {
		const flow = flowOf(attributes);
		for (let at = 0; at < out.length; at++) out[at] = flow(z[at]);
	},
	shader([z], attributes) {
		return {
			variables: ['Z'],
			uniforms: flowUniforms(attributes),
			invocations: z.shape.reduce((product, n) => product * n, 1),
			key: `UnitFlow ${attributes.unit.kind} ${attributes.repeats}`,
			prelude: flowPrelude(attributes),
			body: `result[index] = ${flowed(attributes, 'Z[index]')};`
		};
	}
};

export const unitFlowAfterKernel: Kernel<UnitFlow> = {
	name: 'UnitFlowAfter',
	output: ([moved]) => ({ shape: moved.shape, dtype: 'float32' }),
	host(out, [moved, noise, shift], _infos, attributes) {
		const flow = flowOf(attributes);
		const columns = shift.length;
		for (let at = 0; at < out.length; at++) out[at] = flow(moved[at] + noise[at] + shift[at % columns]);
	},
	shader([moved, , shift], attributes) {
		return {
			variables: ['Moved', 'Noise', 'Shift'],
			uniforms: [{ name: 'columns', type: 'int32', value: shift.shape[0] }, ...flowUniforms(attributes)],
			invocations: moved.shape.reduce((product, n) => product * n, 1),
			key: `UnitFlowAfter ${attributes.unit.kind} ${attributes.repeats}`,
			prelude: flowPrelude(attributes),
			body: `
				let z = Moved[index] + Noise[index] + Shift[index % uniforms.columns];
				result[index] = ${flowed(attributes, 'z')};`
		};
	}
};

export function registerUnitFlow(): void {
	register(unitFlowKernel);
	register(unitFlowAfterKernel);
}

/** The units of z [P, K] after their flow. Caller disposes. */
export function unitFlow(z: Tensor2D, flow: UnitFlow): Tensor2D {
	return run(unitFlowKernel, { z }, flow) as Tensor2D;
}

/** The units of moved + noise [P, K] + shift [K] after their flow. Caller disposes. */
export function unitFlowAfter(moved: Tensor2D, noise: Tensor2D, shift: Tensor1D, flow: UnitFlow): Tensor2D {
	return run(unitFlowAfterKernel, { moved, noise, shift }, flow) as Tensor2D;
}
