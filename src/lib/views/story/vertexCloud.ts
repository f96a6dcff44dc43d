// The constraint density ρ of a small machine: its 2^(N+M) vertices, each counted once whatever its energy, seen along one
// soft and one stiff direction, and the same with every vertex smeared to a Gaussian of width σ.
import { reciprocalFrame, unitsToModes } from '$lib/theory/reciprocal';
import { bitsOf } from '$lib/theory/enumerateStates';
import type { Rbm } from '$lib/theory/rbm';
import { normalDensity } from '$lib/theory/normalCdf';

export interface VertexCloud {
	/** w₁ and u₁ of every vertex, from the centre of the cube */
	readonly soft: Float64Array;
	readonly stiff: Float64Array;
}

/** The vertices of a machine in the plane of mode 1. */
export function vertexCloud(rbm: Rbm): VertexCloud {
	const frame = reciprocalFrame(rbm);
	const n = rbm.N + rbm.M;
	const centre = unitsToModes(frame, new Float64Array(n).fill(0.5));
	const soft = new Float64Array(2 ** n);
	const stiff = new Float64Array(2 ** n);
	for (let s = 0; s < soft.length; s++) {
		const z = unitsToModes(frame, bitsOf(s, n));
		soft[s] = z[frame.r] - centre[frame.r];
		stiff[s] = z[0] - centre[0];
	}
	return { soft, stiff };
}

/** ρ_σ along one direction: the mean of N(x; place, σ²) over the places. */
export function smearedLine(places: Float64Array, sigma: number, grid: ArrayLike<number>): Float64Array {
	return Float64Array.from(grid, (x) => {
		let sum = 0;
		for (const at of places) sum += normalDensity((x - at) / sigma);
		return sum / (places.length * sigma);
	});
}

/** ρ_σ in the plane, row by row from the bottom, at cell centres of [−reach, reach] across and [−height, height] up. */
export function smearedPlane(
	{ soft, stiff }: VertexCloud,
	sigma: number,
	reach: number,
	height: number,
	cols: number,
	rows: number
): Float64Array {
	const out = new Float64Array(cols * rows);
	const across = new Float64Array(cols);
	for (let s = 0; s < soft.length; s++) {
		for (let c = 0; c < cols; c++)
			across[c] = normalDensity((-reach + ((c + 0.5) / cols) * 2 * reach - soft[s]) / sigma);
		for (let r = 0; r < rows; r++) {
			const up = normalDensity((-height + ((r + 0.5) / rows) * 2 * height - stiff[s]) / sigma);
			if (up < 1e-12) continue;
			for (let c = 0; c < cols; c++) out[r * cols + c] += up * across[c];
		}
	}
	const scale = 1 / (soft.length * sigma * sigma);
	return out.map((e) => e * scale);
}

/** Mean of the squares: the variance of places counted from the centre. */
export function spreadOf(places: Float64Array): number {
	return places.reduce((sum, e) => sum + e * e, 0) / places.length;
}
