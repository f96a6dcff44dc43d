// The part of βU_eff that is a sum over units, g(z₁) + g(z₂) + …, in plain code and in WGSL: what the kernels of the
// Langevin schemes share. What is quadratic is not in it (langevinPotential.ts).
import { softplus, softplusWgsl } from './freeEnergy';
import type { Shader } from './kernel';

/**
 * none: g = 0. smoothed: g = −ln(1+e^{(z−½)/σ²}), the vertices smeared by σ without their quadratic part.
 * entropic: g = z ln z + (1−z) ln(1−z), on (0,1) alone.
 */
export interface UnitPotential {
	readonly kind: 'none' | 'smoothed' | 'entropic';
	/** σ², read by `smoothed` alone */
	readonly sigma2: number;
}

/** The kind as the SIMD module's functions number it (wasm/langevin.as). */
export const unitKind = ({ kind }: UnitPotential): number => ['none', 'smoothed', 'entropic'].indexOf(kind);

/** g as functions of one unit. `entropic` is defined on (0,1) alone; outside, `value` is NaN. */
export interface UnitFunctions {
	readonly value: (z: number) => number;
	readonly slope: (z: number) => number;
}

export function unitFunctions({ kind, sigma2 }: UnitPotential): UnitFunctions {
	if (kind === 'none') return { value: () => 0, slope: () => 0 };
	if (kind === 'smoothed') {
		return {
			value: (z) => -softplus((z - 0.5) / sigma2),
			slope: (z) => -1 / (sigma2 * (1 + Math.exp((0.5 - z) / sigma2)))
		};
	}
	return {
		value: (z) => z * Math.log(z) + (1 - z) * Math.log(1 - z),
		slope: (z) => Math.log(z / (1 - z))
	};
}

const wgslOf = {
	none: `
fn unitValue(z : f32) -> f32 { return 0.0; }
fn unitSlope(z : f32) -> f32 { return 0.0; }
`,
	smoothed: `${softplusWgsl}
fn unitValue(z : f32) -> f32 { return -softplus((z - 0.5) * uniforms.inverseSigma2); }
fn unitSlope(z : f32) -> f32 {
	return -uniforms.inverseSigma2 / (1.0 + exp(clamp((0.5 - z) * uniforms.inverseSigma2, -80.0, 80.0)));
}
`,
	entropic: `
fn unitValue(z : f32) -> f32 { return z * log(z) + (1.0 - z) * log(1.0 - z); }
fn unitSlope(z : f32) -> f32 { return log(z / (1.0 - z)); }
`
};

/** `unitValue(z)` and `unitSlope(z)` in WGSL; they read the uniforms of `unitUniforms`. */
export const unitWgsl = (unit: UnitPotential): string => wgslOf[unit.kind];

/** Declared only where the shader's text uses them. */
export function unitUniforms(unit: UnitPotential): Shader['uniforms'] {
	return unit.kind === 'smoothed' ? [{ name: 'inverseSigma2', type: 'float32', value: 1 / unit.sigma2 }] : [];
}
