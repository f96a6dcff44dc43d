// Metropolis: whether each particle takes its Langevin proposal (MALA: Roberts, Tweedie, Bernoulli 2 (1996) 341), and
// the rows after it. With F = f − zL − g′(z) and F′ the same at z′, everything quadratic cancels between the potential
// and the proposal densities, exactly:
//   ln α = Σₖ [½(z′−z)(g′(z)+g′(z′)) − g(z′) + g(z)] + ¼τ(|F|² − |F′|²),
// so that float32 sums no large numbers that nearly cancel. A unit outside the domain of g refuses.
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { philoxInto, uniformOf } from '$lib/random/philox';
import { drawUniforms, drawWgsl, type Draw } from './draw';
import { register, run, type Kernel } from './kernel';
import { unitFunctions, unitUniforms, unitWgsl, type UnitPotential } from './unitPotential';

interface Attributes extends Draw {
	readonly unit: UnitPotential;
	readonly tau: number;
}

export const metropolisDecisionKernel: Kernel<Attributes> = {
	name: 'MetropolisDecision',
	output: ([z]) => ({ shape: [z.shape[0]], dtype: 'float32' }),
	host(out, inputs, [{ shape }], { unit, tau, key, counter }) {
		const [z, proposed, linear, linearProposed, field] = inputs;
		const [rows, columns] = shape;
		const { value, slope } = unitFunctions(unit);
		const bounded = unit.kind === 'entropic';
		const word = new Uint32Array(4);
		for (let row = 0, at = 0; row < rows; row++) {
			let log = 0;
			let inside = true;
			for (let j = 0; j < columns; j++, at++) {
				if (bounded && !(proposed[at] > 0 && proposed[at] < 1)) {
					inside = false;
					continue;
				}
				const here = slope(z[at]);
				const there = slope(proposed[at]);
				const force = field[j] - linear[at] - here;
				const forceThere = field[j] - linearProposed[at] - there;
				log += 0.5 * (proposed[at] - z[at]) * (here + there) - (value(proposed[at]) - value(z[at]));
				log += 0.25 * tau * (force - forceThere) * (force + forceThere);
			}
			philoxInto(word, 0, 0, row, counter >>> 0, Math.floor(counter / 4294967296), key[0], key[1]);
			out[row] = inside && uniformOf(word[0]) < Math.exp(Math.min(0, log)) ? 1 : 0;
		}
	},
	shader([z], { unit, tau, key, counter }) {
		const [rows, columns] = z.shape;
		const guard =
			unit.kind === 'entropic' ? 'if (!(there > 0.0 && there < 1.0)) { inside = false; continue; }' : '';
		return {
			variables: ['Z', 'Proposed', 'Linear', 'LinearProposed', 'Field'],
			uniforms: [
				{ name: 'columns', type: 'int32', value: columns },
				{ name: 'tau', type: 'float32', value: tau },
				...unitUniforms(unit),
				...drawUniforms({ key, counter })
			],
			invocations: rows,
			key: `MetropolisDecision ${unit.kind}`,
			prelude: drawWgsl + unitWgsl(unit),
			body: `
				var total = 0.0;
				var inside = true;
				for (var j = 0; j < uniforms.columns; j = j + 1) {
					let at = index * uniforms.columns + j;
					let here = Z[at];
					let there = Proposed[at];
					${guard}
					let slope = unitSlope(here);
					let slopeThere = unitSlope(there);
					let force = Field[j] - Linear[at] - slope;
					let forceThere = Field[j] - LinearProposed[at] - slopeThere;
					total = total + 0.5 * (there - here) * (slope + slopeThere) - (unitValue(there) - unitValue(here))
						+ 0.25 * uniforms.tau * (force - forceThere) * (force + forceThere);
				}
				let taken = inside && uniformOf(drawWords(index, 0).x) < exp(clamp(total, -80.0, 0.0));
				result[index] = select(0.0, 1.0, taken);`
		};
	}
};

export const selectRowsKernel: Kernel<object> = {
	name: 'SelectRows',
	output: ([, kept]) => ({ shape: kept.shape, dtype: 'float32' }),
	host(out, [taken, kept, proposed], [, { shape }]) {
		const columns = shape[1];
		for (let row = 0; row < taken.length; row++) {
			const source = taken[row] ? proposed : kept;
			for (let at = row * columns; at < (row + 1) * columns; at++) out[at] = source[at];
		}
	},
	shader([, kept]) {
		const [rows, columns] = kept.shape;
		return {
			variables: ['Taken', 'Kept', 'Proposed'],
			uniforms: [{ name: 'columns', type: 'int32', value: columns }],
			invocations: rows * columns,
			key: 'SelectRows',
			body: `result[index] = select(Kept[index], Proposed[index], Taken[index / uniforms.columns] == 1.0);`
		};
	}
};

export function registerMetropolis(): void {
	register(metropolisDecisionKernel);
	register(selectRowsKernel);
}

/** A particle's position and its linear force there. */
export interface Place {
	/** [P, K] */
	readonly z: Tensor2D;
	/** z·L, [P, K] */
	readonly linear: Tensor2D;
}

/**
 * 1 where a particle takes its Euler–Maruyama proposal, 0 where it stays: float32 [P]. The uniform is that of
 * (row, column 0) of the draw. Caller disposes.
 */
export function metropolisDecision(
	here: Place,
	there: Place,
	field: Tensor1D,
	dynamics: { readonly unit: UnitPotential; readonly tau: number },
	draw: Draw
): Tensor1D {
	const { unit, tau } = dynamics;
	const inputs = {
		z: here.z,
		proposed: there.z,
		linear: here.linear,
		linearProposed: there.linear,
		field
	};
	return run(metropolisDecisionKernel, inputs, {
		unit,
		tau,
		key: draw.key,
		counter: draw.counter
	}) as Tensor1D;
}

/** `proposed` in the rows where taken [P] is 1, else `kept`, [P, K]. Caller disposes. */
export function selectRows(taken: Tensor1D, kept: Tensor2D, proposed: Tensor2D): Tensor2D {
	return run(selectRowsKernel, { taken, kept, proposed }, {}) as Tensor2D;
}
