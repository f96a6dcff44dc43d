// Ladders for tempering, on the host: a start, and the change that makes all neighbours exchange equally often.
// The rejection rates add up to the ladder's barrier Λ(β); rungs at equal steps of Λ reject equally (Syed,
// Bouchard-Côté, Deligiannidis, Doucet, JRSS B 84 (2022) 321, section 5.1).

/** `rungs` ≥ 2 inverse temperatures from `first` to `last`, evenly spaced. */
export function evenLadder(rungs: number, first: number, last: number): number[] {
	if (!(rungs >= 2)) throw new RangeError('A ladder has at least two rungs.');
	return Array.from({ length: rungs }, (_, r) => first + ((last - first) * r) / (rungs - 1));
}

/** Λ at every rung, from the acceptance of each neighbouring pair; starts at 0. */
function barrier(acceptance: readonly number[]): number[] {
	const total = [0];
	for (const rate of acceptance) {
		if (!(rate >= 0 && rate <= 1)) throw new RangeError('Acceptance rates lie between 0 and 1.');
		total.push(total[total.length - 1] + 1 - rate);
	}
	return total;
}

/** Where, in rungs (not whole), the barrier reaches `target`. */
function placeOf(total: readonly number[], target: number): number {
	let rung = 0;
	while (rung < total.length - 2 && total[rung + 1] < target) rung++;
	const height = total[rung + 1] - total[rung];
	return rung + (height > 0 ? Math.min(1, Math.max(0, (target - total[rung]) / height)) : 0);
}

/**
 * The ladder with the same ends and `rungs` rungs (as many as before unless given) at equal steps of the barrier,
 * which is taken as linear between the old rungs; repeat it with fresh rates until nothing changes. Where every
 * exchange was accepted there is nothing to go by and the old ladder, or an even one, comes back.
 * @param betas inverse temperatures in order
 * @param acceptance of each neighbouring pair, one fewer
 */
export function equaliseLadder(
	betas: readonly number[],
	acceptance: readonly number[],
	rungs = betas.length
): number[] {
	if (acceptance.length !== betas.length - 1) throw new RangeError('One acceptance rate a pair of rungs.');
	const total = barrier(acceptance);
	const top = total[total.length - 1];
	if (top === 0) {
		return rungs === betas.length ? [...betas] : evenLadder(rungs, betas[0], betas[betas.length - 1]);
	}
	return evenLadder(rungs, 0, top).map((target, r) => {
		if (r === rungs - 1) return betas[betas.length - 1];
		const place = placeOf(total, target);
		const below = Math.min(Math.floor(place), betas.length - 2);
		return betas[below] + (place - below) * (betas[below + 1] - betas[below]);
	});
}

/**
 * Which models of a recorded trajectory to keep as rungs: at most `count` of them, first and last included, at about
 * equal steps of the barrier that the acceptance between neighbours shows.
 */
export function thinTrajectory(acceptance: readonly number[], count: number): number[] {
	const total = barrier(acceptance);
	const targets = evenLadder(Math.max(2, count), 0, total[total.length - 1]);
	const kept = new Set(targets.map((target) => Math.round(placeOf(total, target))));
	return [...kept.add(0).add(acceptance.length)].sort((a, b) => a - b);
}
