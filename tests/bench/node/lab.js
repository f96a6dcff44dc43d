// The app itself under observation, the built Lab page in a browser: `soak` leaves it playing and looks for growth;
// `longtasks` watches the main thread while it trains.
import { join } from 'node:path';
import { root } from '../../../scripts/process.js';
import { figureRow } from './figure.js';
import { openLab } from './labPage.js';
import { serveFolder } from './site.js';
import { quantile } from './statistics.js';

/**
 * @typedef {object} LabOptions
 * @property {number} [minutes]
 * @property {string} [preset] id of a preset of src/lib/scene/presets.ts
 * @property {string} [site] address of a running site; default: the static build, made if need be
 * @property {() => void} build brings the static build up to date
 */

const MB = 1e6;
const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Opens the Lab on a preset, presses Play, and hands it to `watch`.
 * @template T
 * @param {import('./site.js').BenchPage} bench
 * @param {LabOptions} options
 * @param {string} preset
 * @param {(lab: import('./labPage.js').LabPage) => Promise<T>} watch
 */
async function playing(bench, { site, build }, preset, watch) {
	if (!site) build();
	const server = site ? null : await serveFolder(join(root, 'build'));
	try {
		const hash = await bench.call('labHash', preset);
		const lab = await openLab(`${site ?? server?.url}`, hash);
		try {
			await lab.play();
			return await watch(lab);
		} finally {
			await lab.close();
		}
	} finally {
		server?.close();
	}
}

/** Slope of y over x by least squares, with its standard error. @param {{ x: number, y: number }[]} points */
function slope(points) {
	const n = points.length;
	const mx = points.reduce((s, p) => s + p.x, 0) / n;
	const my = points.reduce((s, p) => s + p.y, 0) / n;
	const sxx = points.reduce((s, p) => s + (p.x - mx) ** 2, 0);
	const b = points.reduce((s, p) => s + (p.x - mx) * (p.y - my), 0) / sxx;
	const rest = points.reduce((s, p) => s + (p.y - my - b * (p.x - mx)) ** 2, 0);
	return { slope: b, error: Math.sqrt(rest / Math.max(1, n - 2) / sxx) };
}

/**
 * Tensors and heaps at intervals, garbage collected before each look; the first interval is warm-up and left out of
 * the slopes.
 * @param {import('./site.js').BenchPage} bench
 * @param {boolean} smoke
 * @param {LabOptions} options
 * @param {(line: string) => void} say
 */
export async function soak(bench, smoke, options, say) {
	const minutes = options.minutes ?? (smoke ? 0.25 : 5);
	const preset = options.preset ?? 'bars-and-stripes';
	const every = Math.min(20_000, (minutes * 60_000) / 6);
	return playing(bench, options, preset, async (lab) => {
		/** @type {Awaited<ReturnType<typeof lab.look>>[]} */
		const looks = [];
		await pause(every);
		const start = performance.now();
		for (;;) {
			looks.push(await lab.look());
			const { step, tensors, workerHeap, pageHeap, tensorBytes } = looks[looks.length - 1];
			say(
				`  ${((performance.now() - start) / 60_000).toFixed(1)} min, step ${step}: ${tensors} tensors, ${(tensorBytes / MB).toFixed(2)} MB in them; ` +
					`heaps: worker ${(workerHeap / MB).toFixed(2)} MB, page ${(pageHeap / MB).toFixed(2)} MB`
			);
			if (performance.now() - start >= minutes * 60_000) break;
			await pause(every);
		}
		const work = (/** @type {string} */ what) => `${what}, preset “${preset}”, ${minutes} min`;
		const backend = await lab.backend();
		const first = looks[0];
		const last = looks[looks.length - 1];
		const at = (/** @type {string} */ what, /** @type {string} */ unit, /** @type {number} */ ours) =>
			figureRow({ name: 'soak', work: work(what), backend, unit, ours });
		const grows = (
			/** @type {string} */ what,
			/** @type {'workerHeap' | 'pageHeap' | 'tensorBytes'} */ key
		) => {
			const fit = slope(looks.map((l) => ({ x: l.minute, y: l[key] / MB })));
			const row = at(`${what}, growth`, 'MB/min', fit.slope);
			return {
				...row,
				spread: /** @type {[number, number]} */ ([fit.slope - fit.error, fit.slope + fit.error])
			};
		};
		lab.assertHealthy();
		return [
			{
				...at('steps at start', 'steps', first.step),
				series: looks.map((l) => ({
					minute: l.minute,
					step: l.step,
					tensors: l.tensors,
					'worker heap, MB': l.workerHeap / MB,
					'page heap, MB': l.pageHeap / MB
				}))
			},
			at('steps at end', 'steps', last.step),
			at('tensors at start', 'tensors', first.tensors),
			at('tensors at end', 'tensors', last.tensors),
			at('most tensors at a Frame', 'tensors', last.mostTensors),
			at('tensors’ bytes at start', 'MB', first.tensorBytes / MB),
			at('tensors’ bytes at end', 'MB', last.tensorBytes / MB),
			at('worker heap at start', 'MB', first.workerHeap / MB),
			at('worker heap at end', 'MB', last.workerHeap / MB),
			grows('worker heap', 'workerHeap'),
			at('page heap at start', 'MB', first.pageHeap / MB),
			at('page heap at end', 'MB', last.pageHeap / MB),
			grows('page heap', 'pageHeap')
		];
	});
}

/**
 * Tasks over 50 ms of the main thread while the Lab trains, and the rhythm of its frames.
 * @param {import('./site.js').BenchPage} bench
 * @param {boolean} smoke
 * @param {LabOptions} options
 * @param {(line: string) => void} say
 */
export async function longTasks(bench, smoke, options, say) {
	const minutes = options.minutes ?? (smoke ? 0.1 : 1);
	const preset = options.preset ?? 'digits';
	return playing(bench, options, preset, async (lab) => {
		await lab.watchMainThread();
		await pause(minutes * 60_000);
		const { tasks, gaps, seconds, frames, steps } = await lab.mainThread();
		say(`  ${tasks.length} long tasks, ${steps} gradient steps`);
		lab.assertHealthy();
		const backend = await lab.backend();
		const work = (/** @type {string} */ what) => `${what}, preset “${preset}”, ${minutes} min`;
		const at = (/** @type {string} */ what, /** @type {string} */ unit, /** @type {number} */ ours) =>
			figureRow({ name: 'longtasks', work: work(what), backend, unit, ours });
		return [
			at('longest task over 50 ms (0: none)', 'ms', Math.max(0, ...tasks.map((t) => t.duration))),
			at('tasks over 50 ms', 'tasks', tasks.length),
			at('animation frames a second', '1/s', gaps.length / seconds),
			at('longest gap between animation frames', 'ms', Math.max(...gaps)),
			at('99 % of gaps are below', 'ms', quantile(gaps, 0.99)),
			at('Frames of the session a second', '1/s', frames / seconds),
			at('gradient steps a second', '1/s', steps / seconds)
		];
	});
}
