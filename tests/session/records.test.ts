// The page's copy of the records: columns stay aligned when it is thinned, rewound or a record is made anew.
import { expect, test } from 'vitest';
import { RecordTable } from '../../src/lib/session/clientRecords';
import type { Monitors, RunRecord } from '../../src/lib/session/protocol';

const names: (keyof Monitors)[] = ['logLikelihood', 'lnZ', 'energyExact'];

function record(step: number, mark = 0): RunRecord {
	return {
		step,
		epoch: step / 10,
		singularValues: Float32Array.of(step, step / 2, 7),
		lambdaMax: step,
		monitors: Object.fromEntries(names.map((n, i) => [n, step + i + mark])) as unknown as Monitors,
		lift: { sigma2: 0.25, dt: 0.01, notice: '' },
		closure: null,
		sampler: null,
		acceptance: null
	};
}

test('columns stay aligned while the table thins itself, and its length is bounded', () => {
	const table = new RecordTable();
	for (let step = 0; step < 20_000; step++) table.add(record(step));
	expect(table.length).toBeLessThanOrEqual(4001);
	for (let i = 0; i < table.length; i++) {
		expect(table.singularValues[0][i]).toBe(table.step[i]);
		expect(table.monitor('lnZ')[i]).toBe(table.step[i] + 1);
		if (i > 0) expect(table.step[i]).toBeGreaterThan(table.step[i - 1]);
	}
	expect(table.step.at(-1)).toBe(19_999);
});

test('rewinding drops what came later, and a record at the same step replaces the old one', () => {
	const table = new RecordTable();
	for (let step = 0; step <= 100; step += 10) table.add(record(step));
	table.rewind(55);
	expect(table.step).toEqual([0, 10, 20, 30, 40, 50]);
	table.add(record(50, 1000));
	expect(table.step).toEqual([0, 10, 20, 30, 40, 50]);
	expect(table.monitor('logLikelihood').at(-1)).toBe(1050);
});

test('modes are ranked by their present singular value', () => {
	const table = new RecordTable();
	table.add(record(10));
	expect(table.ranking()).toEqual([0, 2, 1]);
});
