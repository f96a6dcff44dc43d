// Chimera [m, n, t]: an m×n grid of cells K_{t,t}. Qubit (y, x, u, k) has number ((y·n + x)·2 + u)·t + k; u = 0 couples
// to the cells above and below, u = 1 to those left and right (dwave-networkx).
import { sortedCouplers, type Segment, type Topology } from './graph';

export function chimera(m: number, n = m, t = 4): Topology {
	const number = (y: number, x: number, u: number, k: number) => ((y * n + x) * 2 + u) * t + k;
	const segments: Segment[] = [];
	const pairs: [number, number][] = [];
	for (let y = 0; y < m; y++)
		for (let x = 0; x < n; x++)
			for (let k = 0; k < t; k++) {
				const vertical = number(y, x, 0, k);
				const horizontal = number(y, x, 1, k);
				segments.push(
					{ qubit: vertical, side: 0, across: x * t + k, from: y * t, to: (y + 1) * t, wire: x * t + k },
					{
						qubit: horizontal,
						side: 1,
						across: y * t + k,
						from: x * t,
						to: (x + 1) * t,
						wire: n * t + y * t + k
					}
				);
				for (let other = 0; other < t; other++) pairs.push([vertical, number(y, x, 1, other)]);
				if (y + 1 < m) pairs.push([vertical, number(y + 1, x, 0, k)]);
				if (x + 1 < n) pairs.push([horizontal, number(y, x + 1, 1, k)]);
			}
	segments.sort((a, b) => a.qubit - b.qubit);
	return {
		kind: 'chimera',
		shape: [m, n, t],
		segments,
		couplers: sortedCouplers(pairs),
		tracks: Math.max(m, n) * t
	};
}
