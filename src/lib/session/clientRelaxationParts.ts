// Parts of the relaxation page's client that hold no state: its worker, and where it asks for predictions.
import { strengths, type Study } from '../scene/study';
import type { Row, Skipped } from './protocolRelaxation';

/** Predictions between two measured strengths, so that curves are smooth: so many in all, at least. */
const CURVE_POINTS = 28;

/** A new worker that measures; `failed` hears when it could not start or died. */
export function startRelaxationWorker(failed: (message: string) => void): Worker {
	const worker = new Worker(new URL('./relaxationWorker.ts', import.meta.url), { type: 'module' });
	worker.onerror = (e) => {
		e.preventDefault();
		worker.terminate();
		failed(e.message || 'The computing worker could not be started.');
	};
	return worker;
}

/** Ids of the points that are done with, each once. */
export function doneIds(rows: readonly Row[], skipped: readonly Skipped[]): string[] {
	return [...new Set([...rows.map((row) => row.id), ...skipped.map((s) => s.id)])];
}

/** Where curves are worked out: the measured strengths first, then between them. */
export function curveStrengths(study: Study): number[] {
	const measured = strengths(study);
	const between = study.count < 2 ? 0 : Math.ceil(CURVE_POINTS / (study.count - 1)) - 1;
	const out = [...measured];
	for (let k = 0; k + 1 < measured.length; k++)
		for (let b = 1; b <= between; b++)
			out.push(Number((measured[k] + ((measured[k + 1] - measured[k]) * b) / (between + 1)).toFixed(6)));
	return out;
}
