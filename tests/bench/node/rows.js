// From measured values to the rows of the report: our figure, the peers' figures, ratios and whether aims were met.
import { median, spread } from './statistics.js';

/**
 * @typedef {object} Row
 * @property {string} name the workload, as for --only
 * @property {string} work
 * @property {string} backend
 * @property {string} unit
 * @property {boolean} lessIsBetter
 * @property {number} ours median
 * @property {[number, number]} spread quartiles of ours
 * @property {Record<string, number>} peers medians
 * @property {Record<string, [number, number]>} peerSpreads
 * @property {string | null} bestPeer
 * @property {number | null} ratio our median against the best peer's; above 1 we are better
 * @property {number} rounds
 * @property {Record<string, number>[]} [series] what a figure was made of, in order
 * @property {string} [note]
 * @property {Record<string, string>} [skipped] peers that could not run, and why
 * @property {{ against: string, atLeast: number, reached: number, met: boolean }[]} [aims] of a count: at most
 */

/** Above 1 when `ours` is better. @param {number} ours @param {number} peer @param {boolean} less */
const better = (ours, peer, less) => (less ? peer / ours : ours / peer);

/**
 * @param {import('./plan.js').Plan} plan
 * @param {import('./measure.js').Measured[]} measured
 * @param {Record<string, string>} skipped
 * @returns {Row[]} one a backend
 */
export function rowsOf(plan, measured, skipped) {
	const less = plan.less === true;
	return measured
		.filter((m) => m.peer === '')
		.map((ours) => {
			const against = measured.filter((m) => m.peer && (m.backend === null || m.backend === ours.backend));
			const value = median(ours.values);
			const peers = Object.fromEntries(against.map((m) => [m.peer, median(m.values)]));
			const bestOf = (/** @type {[string, number][]} */ list) =>
				[...list].sort((a, b) => better(b[1], a[1], less) - 1)[0];
			const best = bestOf(Object.entries(peers));
			const aims = plan.aims.flatMap(({ against: wanted, atLeast }) => {
				const rival = bestOf(Object.entries(peers).filter(([name]) => name.startsWith(wanted)));
				if (!rival) return [];
				const reached = better(value, rival[1], less);
				return [{ against: wanted, atLeast, reached, met: reached >= atLeast }];
			});
			return {
				name: plan.name,
				work: plan.work,
				backend: String(ours.backend),
				unit: plan.unit,
				lessIsBetter: less,
				ours: value,
				spread: spread(ours.values),
				peers,
				peerSpreads: Object.fromEntries(against.map((m) => [m.peer, spread(m.values)])),
				bestPeer: best?.[0] ?? null,
				ratio: best ? better(value, best[1], less) : null,
				rounds: ours.values.length,
				...(ours.note ? { note: ours.note } : {}),
				...(Object.keys(skipped).length ? { skipped } : {}),
				...(aims.length ? { aims } : {})
			};
		});
}
