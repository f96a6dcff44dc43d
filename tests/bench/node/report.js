// Shows the rows of a run: as a table on the terminal, and as the blocks of docs/performance.md, each of which lies
// between <!-- bench:NAME --> and <!-- /bench:NAME --> and is rewritten whole.
import { readFileSync, writeFileSync } from 'node:fs';
import prettier from 'prettier';

/** @typedef {import('./rows.js').Row} Row */
/**
 * @typedef {object} Report
 * @property {string} date
 * @property {string} command
 * @property {boolean} quick
 * @property {ReturnType<typeof import('./machine.js').machine>} machine
 * @property {{ before: import('./machine.js').Load, after: import('./machine.js').Load }} load
 * @property {ReturnType<typeof import('./machine.js').versions>} versions
 * @property {Row[]} rows
 * @property {Record<string, string>} failures workloads that could not run, and why
 */

const three = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** @param {number | null | undefined} value */
export const short = (value) =>
	value === null || value === undefined || Number.isNaN(value) ? '–' : three.format(value);

/** @param {[number, number] | undefined} range */
const shortRange = (range) => (range ? `${short(range[0])} … ${short(range[1])}` : '–');

/** Lines of cells, padded to columns. @param {string[][]} lines */
function columns(lines) {
	const widths = lines[0].map((_, c) => Math.max(...lines.map((line) => line[c].length)));
	return lines.map((line) =>
		line
			.map((cell, c) => cell.padEnd(widths[c]))
			.join('  ')
			.trimEnd()
	);
}

/** The terminal's table. @param {Row[]} rows */
export function table(rows) {
	const lines = [['work', 'backend', 'ours', 'unit', 'best peer', 'its figure', 'ratio', 'aim']];
	for (const row of rows) {
		lines.push([
			row.work,
			row.backend,
			short(row.ours),
			row.unit,
			row.bestPeer ?? '–',
			row.bestPeer ? short(row.peers[row.bestPeer]) : '–',
			short(row.ratio),
			(row.aims ?? [])
				.map((a) => (row.rounds ? `${short(a.reached)} of ${a.atLeast} (${a.against})` : `≤ ${a.atLeast}`))
				.join(', ') || '–'
		]);
	}
	return columns(lines).join('\n');
}

/** A table in Markdown. @param {string[][]} lines first line: headings */
export function markdown(lines) {
	const widths = lines[0].map((_, c) => Math.max(3, ...lines.map((line) => line[c].length)));
	const show = (/** @type {string[]} */ line) =>
		`| ${line.map((cell, c) => cell.padEnd(widths[c])).join(' | ')} |`;
	return [show(lines[0]), show(widths.map((w) => '-'.repeat(w))), ...lines.slice(1).map(show)].join('\n');
}

/** One contender a line: for workloads with peers. @param {Row[]} rows */
function contenders(rows) {
	const [{ unit, lessIsBetter }] = rows;
	const lines = [['who', 'backend', unit, 'quartiles', 'ours is better by']];
	const shared = new Set();
	for (const row of rows) {
		lines.push(['**ours**', row.backend, `**${short(row.ours)}**`, shortRange(row.spread), '']);
	}
	for (const row of rows) {
		for (const [peer, value] of Object.entries(row.peers)) {
			const numpy = peer.startsWith('numpy');
			if (numpy && shared.has(peer)) continue;
			if (numpy) shared.add(peer);
			// Peers outside the browser are set against our best backend, those inside against the same one.
			const best = rows.reduce((a, b) => ((lessIsBetter ? b.ours < a.ours : b.ours > a.ours) ? b : a));
			const ours = numpy ? best.ours : row.ours;
			const ratio = lessIsBetter ? value / ours : ours / value;
			lines.push([
				peer,
				numpy ? '' : row.backend,
				short(value),
				shortRange(row.peerSpreads[peer]),
				`× ${short(ratio)}`
			]);
		}
	}
	return markdown(lines);
}

/** One figure a line: for counts, exponents and observations. @param {Row[]} rows */
function figures(rows) {
	const peers = [...new Set(rows.flatMap((row) => Object.keys(row.peers)))];
	const withAims = rows.some((row) => row.aims);
	const lines = [['what', 'backend', 'unit', 'ours', ...(withAims ? ['aim'] : []), ...peers]];
	for (const row of rows) {
		const error = row.spread[0] !== row.spread[1] ? ` (${shortRange(row.spread)})` : '';
		lines.push([
			row.work,
			row.backend,
			row.unit,
			short(row.ours) + error,
			...(withAims
				? [row.aims ? `≤ ${row.aims[0].atLeast}${row.aims[0].met ? '' : ', **missed**'}` : '']
				: []),
			...peers.map((p) => short(row.peers[p]))
		]);
	}
	return markdown(lines);
}

/** Says of which run a block is. @param {Report} report @param {string} name */
function origin({ date, machine, load, versions, quick }, name) {
	const busy = load.before.oneMinute > machine.cores / 2;
	const parts = [
		`\`npm run bench -- --only ${name}\`, ${date.slice(0, 10)}`,
		`${machine.processor}, ${machine.cores} cores, ${machine.memoryGB} GB`,
		`load ${load.before.oneMinute} before and ${load.after.oneMinute} after`,
		`${versions.chromium}, numpy ${versions.numpy ?? 'missing'}, commit ${versions.commit ?? 'unknown'}`
	];
	const warning = quick
		? ' **Smoke mode: the figures mean nothing.**'
		: busy
			? ' **Preliminary: other programs were running.**'
			: '';
	return `${parts.join('; ')}.${warning}`;
}

/** A block's text. @param {Report} report @param {string} name @param {Row[]} rows */
function block(report, name, rows) {
	const withPeers = rows[0].rounds > 0;
	const lines = [withPeers ? contenders(rows) : figures(rows), ''];
	for (const { series } of rows) {
		if (!series?.length) continue;
		const names = Object.keys(series[0]);
		lines.push(markdown([names, ...series.map((look) => names.map((n) => short(look[n])))]), '');
	}
	const notes = new Set(rows.flatMap((r) => (r.note ? [r.note] : [])));
	for (const note of notes) lines.push(`Ours: ${note}.`, '');
	const best = rows.reduce((a, b) => ((a.lessIsBetter ? b.ours < a.ours : b.ours > a.ours) ? b : a));
	for (const aim of withPeers ? (best.aims ?? []) : []) {
		lines.push(
			`Aim: × ${aim.atLeast} against ${aim.against}; ${aim.met ? 'met' : '**missed**'}: × ${short(aim.reached)} on ${best.backend}.`,
			''
		);
	}
	const skipped = Object.assign({}, ...rows.map((r) => r.skipped ?? {}));
	for (const [peer, why] of Object.entries(skipped)) lines.push(`Skipped: ${peer} (${why}).`, '');
	lines.push(origin(report, name));
	return lines.join('\n');
}

/**
 * Puts text into the blocks of a file and formats it as the project does. Throws when the file lacks a block.
 * @param {string} file
 * @param {Record<string, string>} blocks text by full name, e.g. "bench:gibbs"
 */
export async function writeBlocks(file, blocks) {
	let text = readFileSync(file, 'utf8');
	for (const [name, content] of Object.entries(blocks)) {
		const open = `<!-- ${name} -->`;
		const close = `<!-- /${name} -->`;
		const from = text.indexOf(open);
		const to = text.indexOf(close);
		if (from < 0 || to < from) throw new Error(`${file} has no block ${open} … ${close}.`);
		text = `${text.slice(0, from + open.length)}\n\n${content}\n\n${text.slice(to)}`;
	}
	const options = await prettier.resolveConfig(file);
	writeFileSync(file, await prettier.format(text, { ...options, filepath: file }));
}

/** The blocks of a run, one a workload. @param {Report} report */
export function benchBlocks(report) {
	return Object.fromEntries(
		[...new Set(report.rows.map((row) => row.name))].map((name) => [
			`bench:${name}`,
			block(
				report,
				name,
				report.rows.filter((row) => row.name === name)
			)
		])
	);
}

/** Figures of nested results, flat: { a: { b: 1 } } gives a.b. @param {unknown} value @param {string} at @returns {[string, number | string][]} */
function flat(value, at = '') {
	if (typeof value === 'number' || typeof value === 'string') return [[at, value]];
	if (!value || typeof value !== 'object') return [];
	return Object.entries(value).flatMap(([key, inner]) => flat(inner, at ? `${at}.${key}` : key));
}

/**
 * The block of a reproduced run: what came out here, and what others report.
 * @param {any} report of scripts/reproduce.js
 * @returns {Record<string, string>}
 */
export function reproduceBlocks(report) {
	const show = (/** @type {[string, number | string][]} */ list, /** @type {string} */ where) =>
		list.map(([name, value]) => [
			where,
			name,
			typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : value
		]);
	const lines = [
		['where', 'figure', 'value'],
		...show(flat(report.result), 'here'),
		...show(flat(report.published), 'published')
	];
	const { machine, versions, date, command, seed, backend, seconds } = report;
	const origin =
		`\`${command}\`, ${date.slice(0, 10)}; seed ${seed}; ${backend.name}; ${Math.round(seconds)} s in all; ` +
		`${machine.processor}, ${machine.cores} cores; commit ${versions.commit ?? 'unknown'}; weights' SHA-256 ` +
		`\`${report.model.sha256.slice(0, 16)}…\`.`;
	return { [`reproduce:${report.name}`]: `${markdown(lines)}\n\n${origin}` };
}
