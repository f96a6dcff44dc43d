// Runs the chosen workloads one after another and gathers one report; a workload that fails does not end the others.
import { join } from 'node:path';
import { root } from '../../../scripts/process.js';
import { counts } from './counts.js';
import { longTasks, soak } from './lab.js';
import { load, machine, versions } from './machine.js';
import { full, measure, quick, startAll } from './measure.js';
import { memory } from './memory.js';
import { numpyVersion } from './numpy.js';
import { plans } from './plan.js';
import { rowsOf } from './rows.js';
import { scaling } from './scaling.js';
import { buildBench, openBench } from './site.js';

/**
 * @typedef {object} Options
 * @property {string} command
 * @property {boolean} quick
 * @property {import('./lab.js').LabOptions} lab
 * @property {(line: string) => void} say
 */

/**
 * @param {string[]} chosen names of workloads
 * @param {Options} options
 * @returns {Promise<import('./report.js').Report>}
 */
export async function run(chosen, { command, quick: smoke, lab, say }) {
	const effort = smoke ? quick : full;
	const before = load();
	const numpy = await numpyVersion();
	if ('missing' in numpy) say(`numpy is skipped: ${numpy.missing}.`);
	const peers = { data: join(root, 'static/data'), numpy: !('missing' in numpy) };
	say('Building the page of the benchmark …');
	await buildBench();
	const bench = await openBench();

	/** @param {import('./plan.js').Plan} plan */
	async function race(plan) {
		const size = smoke ? { ...plan.size, ...plan.quick } : plan.size;
		const { runners, skipped } = await startAll(plan, size, bench, peers);
		try {
			const rows = rowsOf(plan, await measure(runners, plan, effort, say), skipped);
			return smoke ? rows.map((row) => ({ ...row, work: `${row.work} (smoke size)` })) : rows;
		} finally {
			runners.forEach((runner) => runner.end());
		}
	}

	/** @param {string} name */
	function work(name) {
		const plan = plans.find((p) => p.name === name);
		if (plan) return race(plan);
		switch (name) {
			case 'counts':
				return counts(say);
			case 'scaling':
				return scaling(bench, effort, peers, say);
			case 'memory':
				return memory(bench, smoke, peers, say);
			case 'soak':
				return soak(bench, smoke, lab, say);
			default:
				return longTasks(bench, smoke, lab, say);
		}
	}

	/** @type {import('./rows.js').Row[]} */
	const rows = [];
	/** @type {Record<string, string>} */
	const failures = {};
	try {
		for (const name of chosen) {
			say(name);
			try {
				rows.push(...(await work(name)));
			} catch (error) {
				failures[name] = /** @type {Error} */ (error).message;
				say(`  ${failures[name]}`);
			}
		}
	} finally {
		await bench.close();
	}
	return {
		date: new Date().toISOString(),
		command,
		quick: smoke,
		machine: machine(),
		load: { before, after: load() },
		versions: versions(numpy),
		rows,
		failures
	};
}
