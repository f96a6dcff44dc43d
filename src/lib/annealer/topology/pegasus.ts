// Pegasus [m]: qubit (u, w, k, z) has number ((u·m + w)·12 + k)(m−1) + z. Vertical (u = 0) qubits lie at column 12w + k
// over the rows from 12z + S₀[k] on, twelve of them; horizontal ones at row 12w + k over the columns from 12z + S₁[k].
// Crossing qubits are coupled (internal), z~z+1 (external), 2k~2k+1 (odd). Qubits at the rim that cross too little are
// not made: w = 0 needs k ≥ 2, w = m−1 needs k < 10 ("fabric only", dwave-networkx).
import { sortedCouplers, type Segment, type Topology } from './graph';

const OFFSETS = [
	[2, 2, 2, 2, 10, 10, 10, 10, 6, 6, 6, 6],
	[6, 6, 6, 6, 2, 2, 2, 2, 10, 10, 10, 10]
] as const;

export type PegasusCoordinates = readonly [u: number, w: number, k: number, z: number];

/** Number of a qubit. */
export function pegasusNumber(m: number, [u, w, k, z]: PegasusCoordinates): number {
	return ((u * m + w) * 12 + k) * (m - 1) + z;
}

/** Coordinates of a qubit. */
export function pegasusCoordinates(m: number, qubit: number): PegasusCoordinates {
	const z = qubit % (m - 1);
	const line = Math.floor(qubit / (m - 1));
	const k = line % 12;
	const w = Math.floor(line / 12) % m;
	return [Math.floor(line / (12 * m)), w, k, z];
}

export function pegasus(m: number): Topology {
	const exists = (w: number, k: number) => !(w === 0 && k < 2) && !(w === m - 1 && k >= 10);
	const segments: Segment[] = [];
	const pairs: [number, number][] = [];
	for (const u of [0, 1] as const)
		for (let w = 0; w < m; w++)
			for (let k = 0; k < 12; k++) {
				if (!exists(w, k)) continue;
				for (let z = 0; z < m - 1; z++) {
					const qubit = pegasusNumber(m, [u, w, k, z]);
					const from = 12 * z + OFFSETS[u][k];
					segments.push({
						qubit,
						side: u,
						across: 12 * w + k,
						from,
						to: from + 12,
						wire: (u * m + w) * 12 + k
					});
					if (z + 1 < m - 1) pairs.push([qubit, qubit + 1]);
					if (k % 2 === 0 && exists(w, k + 1)) pairs.push([qubit, pegasusNumber(m, [u, w, k + 1, z])]);
				}
			}
	for (let w = 0; w < m; w++)
		for (let k = 0; k < 12; k++) {
			if (!exists(w, k)) continue;
			for (let z = 0; z < m - 1; z++)
				for (let k1 = 0; k1 < 12; k1++) {
					const w1 = z + (k1 < OFFSETS[0][k] ? 1 : 0);
					const z1 = w - (k < OFFSETS[1][k1] ? 1 : 0);
					if (!exists(w1, k1) || z1 < 0 || z1 >= m - 1) continue;
					pairs.push([pegasusNumber(m, [0, w, k, z]), pegasusNumber(m, [1, w1, k1, z1])]);
				}
		}
	return { kind: 'pegasus', shape: [m], segments, couplers: sortedCouplers(pairs), tracks: 12 * m };
}
