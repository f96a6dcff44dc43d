// Rows that are one figure each (a count, an exponent, an observation), not a race with rounds.

/**
 * @param {{ name: string, work: string, backend: string, unit: string, ours: number }} figure
 * @param {Partial<import('./rows.js').Row>} [more]
 * @returns {import('./rows.js').Row}
 */
export function figureRow(figure, more = {}) {
	return {
		...figure,
		lessIsBetter: true,
		spread: [figure.ours, figure.ours],
		peers: {},
		peerSpreads: {},
		bestPeer: null,
		ratio: null,
		rounds: 0,
		...more
	};
}
