// Zephyr [m, t]: qubit (u, w, k, j, z) has number (((u(2m+1) + w)t + k)2 + j)m + z. It lies on line w, track k, and covers
// the lines 2z+j and 2z+j+1 across. Crossing qubits are coupled (internal), z~z+1 (external), (0,z)~(1,z) and (0,z)~(1,z−1)
// of one track (odd) (dwave-networkx).
import { sortedCouplers, type Segment, type Topology } from './graph';

export type ZephyrCoordinates = readonly [u: number, w: number, k: number, j: number, z: number];

/** Number of a qubit. */
export function zephyrNumber(m: number, t: number, [u, w, k, j, z]: ZephyrCoordinates): number {
	return (((u * (2 * m + 1) + w) * t + k) * 2 + j) * m + z;
}

/** Coordinates of a qubit. */
export function zephyrCoordinates(m: number, t: number, qubit: number): ZephyrCoordinates {
	const z = qubit % m;
	const j = Math.floor(qubit / m) % 2;
	const k = Math.floor(qubit / (2 * m)) % t;
	const line = Math.floor(qubit / (2 * m * t));
	return [Math.floor(line / (2 * m + 1)), line % (2 * m + 1), k, j, z];
}

export function zephyr(m: number, t = 4): Topology {
	const lines = 2 * m + 1;
	const segments: Segment[] = [];
	const pairs: [number, number][] = [];
	for (const u of [0, 1] as const)
		for (let w = 0; w < lines; w++)
			for (let k = 0; k < t; k++)
				for (let j = 0; j < 2; j++)
					for (let z = 0; z < m; z++) {
						const qubit = zephyrNumber(m, t, [u, w, k, j, z]);
						segments.push({
							qubit,
							side: u,
							across: w * t + k,
							from: (2 * z + j) * t,
							to: (2 * z + j + 2) * t,
							wire: ((u * lines + w) * t + k) * 2 + j
						});
						if (z + 1 < m) pairs.push([qubit, qubit + 1]);
						if (j === 0) {
							pairs.push([qubit, zephyrNumber(m, t, [u, w, k, 1, z])]);
							if (z > 0) pairs.push([qubit, zephyrNumber(m, t, [u, w, k, 1, z - 1])]);
						}
						if (u === 0) pairs.push(...crossings(m, t, [u, w, k, j, z], qubit));
					}
	return { kind: 'zephyr', shape: [m, t], segments, couplers: sortedCouplers(pairs), tracks: lines * t };
}

/** Horizontal qubits that a vertical one crosses: on the two lines it covers, those whose own stretch covers line w. */
function* crossings(
	m: number,
	t: number,
	[, w, , j, z]: ZephyrCoordinates,
	qubit: number
): Generator<[number, number]> {
	for (const line of [2 * z + j, 2 * z + j + 1])
		for (let k = 0; k < t; k++)
			for (let other = 0; other < 2; other++) {
				const at = Math.floor((w - other) / 2);
				if (w - other < 0 || at >= m) continue;
				yield [qubit, zephyrNumber(m, t, [1, line, k, other, at])];
			}
}
