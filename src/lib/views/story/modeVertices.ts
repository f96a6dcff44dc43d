// Where the vertices of a machine fall in the plane of one mode's x and y: the only places where the RBM itself has an
// energy.
import { bitsOf } from '$lib/theory/enumerateStates';
import { reciprocalFrame, toReciprocal } from '$lib/theory/reciprocal';
import type { MachineRecipe } from '$lib/scene/machine';
import { rbmOf } from '../machineRbm';

export interface ModeVertices {
	readonly x: Float64Array;
	readonly y: Float64Array;
	/** the middle of the cube, s = ½: the saddle's place for balanced biases */
	readonly centre: { readonly x: number; readonly y: number };
	/** largest distance of a vertex from x = y = 0 */
	readonly farthest: number;
}

/** The vertices in the plane of mode 1; N+M ≤ 12 is meant. Biases and λ do not move them. */
export function modeVertices(machine: MachineRecipe): ModeVertices {
	const frame = reciprocalFrame(rbmOf(machine));
	const { N, M } = frame;
	const at = (s: Float64Array) => {
		const { x, y } = toReciprocal(frame, s.subarray(0, N), s.subarray(N));
		return [x[0], y[0]] as const;
	};
	const places = Array.from({ length: 2 ** (N + M) }, (_, k) => at(bitsOf(k, N + M)));
	const [x, y] = at(new Float64Array(N + M).fill(0.5));
	return {
		x: Float64Array.from(places, (p) => p[0]),
		y: Float64Array.from(places, (p) => p[1]),
		centre: { x, y },
		farthest: places.reduce((far, p) => Math.max(far, Math.hypot(...p)), 0)
	};
}
