// The default schedule of dwave-samplers' simulated annealing: β rises geometrically from a hot end, where the most
// strongly held variable flips freely, to a cold end, where the smallest excitation is rare.
import { neighboursOf, toSpin, type Bqm } from './bqm';

/**
 * Hot β = ln 2/(2·max(|hᵢ| + Σ|Jᵢⱼ|)); cold β = ln(c/0.01)/(2·smallest nonzero bias), c variables at that minimum;
 * [0.1, 1] for a problem without biases. (leap.md, "Local sampler".)
 * @param countVariables false takes c = 1
 */
export function defaultBetaRange(problem: Bqm, countVariables = true): [hot: number, cold: number] {
	const bqm = toSpin(problem);
	const { start, bias } = neighboursOf(bqm);
	let most = 0;
	let least = Infinity;
	let count = 0;
	bqm.linear.forEach((h, i) => {
		let sum = Math.abs(h);
		let smallest = h === 0 ? Infinity : Math.abs(h);
		for (let k = start[i]; k < start[i + 1]; k++) {
			const j = Math.abs(bias[k]);
			sum += j;
			if (j > 0 && j < smallest) smallest = j;
		}
		if (sum > most) most = sum;
		if (smallest < least) {
			least = smallest;
			count = 1;
		} else if (smallest === least && smallest < Infinity) count++;
	});
	if (most === 0) return [0.1, 1];
	return [Math.LN2 / (2 * most), Math.log((countVariables ? count : 1) / 0.01) / (2 * least)];
}

/** `sweeps` values of β in geometric steps, ends included. */
export function geometricSchedule([hot, cold]: readonly [number, number], sweeps: number): Float64Array {
	if (sweeps === 1) return Float64Array.of(cold);
	return Float64Array.from({ length: sweeps }, (_, k) => hot * (cold / hot) ** (k / (sweeps - 1)));
}
