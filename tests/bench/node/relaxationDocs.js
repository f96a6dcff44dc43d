// Writes the generated parts of docs/relaxation.md: figures as SVG files beside it, tables and the record of the run
// between its markers. The words around them are not touched.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdown, writeBlocks } from './report.js';
import { svgPlot } from './svgPlot.js';

/**
 * @typedef {object} Compared
 * @property {string} method
 * @property {number | null} wish
 * @property {number | null} sigma2
 * @property {string} size
 * @property {number} strength
 * @property {string} unit
 * @property {number} tau
 * @property {number} low
 * @property {number} high
 * @property {number} error
 * @property {boolean} decayed
 * @property {number} common
 * @property {number | null} boundRate
 * @property {number | null} predicted
 * @property {string | null} by
 */

/** @type {Record<string, string>} */
const names = {
	gibbs: 'Gibbs',
	glauber: 'Glauber',
	smoothed: 'Langevin, lift',
	gaussian: 'Langevin, gaussian',
	entropic: 'Langevin, entropic',
	tap: 'Langevin, TAP',
	fitted: 'Langevin, fitted'
};
const say = (/** @type {number} */ value, digits = 3) =>
	Number.isFinite(value) ? String(Number(value.toPrecision(digits))).replace('-', '−') : '–';
const percent = (/** @type {number} */ share) =>
	`${share > 0 ? '+' : '−'}${Math.abs(100 * share).toFixed(1)} %`;
const dynamics = (/** @type {Compared} */ row) =>
	names[row.method] + (row.wish === null ? '' : `, σ² = ${row.wish}`);

/** One row a point. @param {Compared[]} rows */
function points(rows) {
	return markdown([
		['dynamics', 'N×M', 'βλ₁', 'τ', '95 % interval', 'unit', 'predicted', 'by', 'off by'],
		...rows.map((r) => [
			dynamics(r),
			r.size,
			say(r.strength),
			say(r.tau, 4) + (r.decayed ? '' : ' *'),
			`${say(r.low, 4)} … ${say(r.high, 4)}`,
			r.unit,
			r.predicted === null ? '–' : say(r.predicted, 4),
			r.by ?? '–',
			r.predicted === null ? '–' : percent(r.tau / r.predicted - 1)
		])
	]);
}

/** One row a dynamics and prediction: how far off over a sweep. @param {{ name: string, compared: Compared[] }[]} parts */
function summary(parts) {
	/** @type {string[][]} */
	const lines = [
		['study', 'dynamics', 'held against', 'points', 'off by, from … to', 'inside the 95 % interval']
	];
	for (const { name, compared } of parts) {
		/** @type {Map<string, Compared[]>} */
		const groups = new Map();
		for (const row of compared) {
			if (row.predicted === null) continue;
			const key = `${dynamics(row)}|${row.by}`;
			groups.set(key, [...(groups.get(key) ?? []), row]);
		}
		for (const [key, rows] of groups) {
			const [what, by] = key.split('|');
			const off = rows.map((r) => r.tau / (r.predicted ?? NaN) - 1);
			const inside = rows.filter(
				(r) => r.low <= (r.predicted ?? NaN) && (r.predicted ?? NaN) <= r.high
			).length;
			lines.push([
				name,
				what,
				by,
				String(rows.length),
				`${percent(Math.min(...off))} … ${percent(Math.max(...off))}`,
				`${inside} of ${rows.length}`
			]);
		}
	}
	return markdown(lines);
}

/** @param {any[]} rows */
function partition(rows) {
	return markdown([
		[
			'βλ₁',
			'exact',
			'AIS',
			'reverse AIS',
			'gaussian',
			'Laplace',
			'TAP',
			'tensor cross',
			'its rank',
			'weights evaluated'
		],
		...rows.map((r) => [
			say(r.strength),
			say(r.exact, 6),
			`${say(r.forward, 6)} ± ${say(r.forwardError, 1)}`,
			`${say(r.reverse, 6)} ± ${say(r.reverseError, 1)}`,
			say(r.gaussian ?? NaN, 6),
			say(r.laplace ?? NaN, 6),
			say(r.tap ?? NaN, 6),
			say(r.tensor ?? NaN, 6),
			String(r.tensorRank),
			`${r.tensorEvaluations} of ${r.states}`
		])
	]);
}

/** @param {any[]} records */
function learning(records) {
	return markdown([
		[
			'step',
			'λ₁',
			'ω gaussian',
			'ω entropic',
			'ω TAP',
			'ω fitted',
			'τ Gibbs, sweeps',
			'τ PCD chains, updates',
			'ln p, nats'
		],
		...records.map((r) => [
			String(r.step),
			say(r.singularValues[0]),
			...[r.gaussian, r.entropic, r.tap, r.fitted].map((w) => say(w)),
			`${say(r.gibbs.tau)} (${say(r.gibbs.low)} … ${say(r.gibbs.high)})`,
			r.chains ? `${say(r.chains.tau)} (${say(r.chains.low)} … ${say(r.chains.high)})` : '–',
			say(r.logLikelihood, 4)
		])
	]);
}

/**
 * @param {any} report of scripts/reproduce.js
 * @param {string} docs the folder of relaxation.md
 */
export async function writeRelaxationDocs(report, docs) {
	const { detail, machine, versions, date, command, seed, backend, seconds } = report;
	const folder = join(docs, 'relaxation');
	mkdirSync(folder, { recursive: true });
	for (const old of readdirSync(folder)) if (old.endsWith('.svg')) rmSync(join(folder, old));
	for (const figure of detail.figures) writeFileSync(join(folder, `${figure.file}.svg`), svgPlot(figure));
	const of = (/** @type {string} */ name) =>
		detail.parts.find((/** @type {{ name: string }} */ part) => part.name === name).compared;
	const origin =
		`\`${command}\`, ${date.slice(0, 10)}; seed ${seed}; ${backend.name}; ${Math.round(seconds)} s in all; ` +
		`${machine.processor}, ${machine.cores} cores; ${versions.chromium}; commit ${versions.commit ?? 'unknown'}.`;
	await writeBlocks(join(docs, 'relaxation.md'), {
		'relaxation:run': origin,
		'relaxation:summary': summary(detail.parts),
		'relaxation:10x8': points(of('10×8')),
		'relaxation:1x1': points(of('1×1')),
		'relaxation:48x32': points([...of('48×32'), ...of('48×32 near the threshold')]),
		'relaxation:others': points([...of('6×5'), ...of('16×12 random'), ...of('10×8 with biases')]),
		'relaxation:learning': learning(detail.learning),
		'relaxation:partition': partition(detail.partition)
	});
}
