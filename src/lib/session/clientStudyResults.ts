// What a study of relaxation times came to, so that a repeated one can be held against it: which points were measured, how
// often and over which lags, as a hash; and relaxation times of the top mode as figures.
import { figure, integersHash, type Results } from '../scene/resultHash';
import type { Row } from './protocolRelaxation';

/** Figures in a file, at most; of more rows, every so many-th is told. */
const MOST = 40;

const codes = (text: string) => Array.from(text, (c) => c.codePointAt(0) ?? 0);
const order = (a: Row, b: Row) => a.mode - b.mode || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The results of all rows; `step` is their number. */
export async function studyResults(rows: readonly Row[], backend: string): Promise<Results> {
	const inOrder = [...rows].sort(order);
	const top = inOrder.filter((row) => row.mode === 0);
	const every = Math.ceil(top.length / MOST);
	const numbers: Record<string, string> = {};
	for (let k = 0; k < top.length; k += every || 1)
		numbers[`τ of ${top[k].id}`.slice(0, 60)] = figure(top[k].tau);
	const integers = inOrder.map(({ id, mode, N, M, chains, records }) => [
		mode,
		N,
		M,
		chains,
		records,
		...codes(id)
	]);
	return { step: rows.length, hash: await integersHash(integers), numbers, backend };
}
