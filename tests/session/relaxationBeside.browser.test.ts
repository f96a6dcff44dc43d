// What stands beside the sweep: relaxation during a training run, and ln Z by every method against enumeration.
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultStudy } from '../../src/lib/scene/study';
import { RelaxationStudy } from '../../src/lib/session/relaxationStudy';
import { defaultLearning } from '../../src/lib/scene/learning';
import type { LearningRecord, PartitionRow } from '../../src/lib/session/protocolRelaxation';
import { use } from '../engine/onBackends';

describe('relaxation during learning', () => {
	beforeAll(() => use('wasm'));

	it('slows as the softest mode softens, the same each time, and leaves no tensor behind', async () => {
		const spec = { ...defaultLearning, side: 3, hidden: 6, steps: 1200, records: 5 };
		const before = memory().numTensors;
		const once = async () => {
			const records: LearningRecord[] = [];
			const end = await new RelaxationStudy().learn(spec, 'wasm', (event) => {
				if ('error' in event) throw new Error(event.error);
				records.push(event);
			});
			expect(end).toBe('finished');
			return records;
		};
		const records = await once();
		expect(records.map((r) => r.step)[0]).toBe(0);
		const [first, last] = [records[0], records[records.length - 1]];
		expect(last.singularValues[0]).toBeGreaterThan(2 * first.singularValues[0]);
		expect(last.gibbs.tau).toBeGreaterThan(first.gibbs.tau);
		expect(last.gaussian).toBeLessThan(first.gaussian);
		expect(last.logLikelihood).toBeGreaterThan(first.logLikelihood);
		// fitted: ω = ½/Var is positive always, whatever the truncated gaussian closure says
		expect(last.fitted).toBeGreaterThan(0);
		expect(memory().numTensors).toBe(before);
		expect(await once()).toEqual(records);
	});
});

describe('the partition function beside it', () => {
	beforeAll(() => use('wasm'));

	it('brackets the exact ln Z by AIS, and the oscillators are right at weak coupling and not past it', async () => {
		const study = { ...defaultStudy, from: 0.5, to: 4.5, count: 3 };
		const rows: PartitionRow[] = [];
		const end = await new RelaxationStudy().partition(study, null, 'wasm', (event) => {
			if ('error' in event) throw new Error(event.error);
			rows.push(event);
		});
		expect(end).toBe('finished');
		expect(rows.map((r) => r.strength)).toEqual([0.5, 2.5, 4.5]);
		for (const row of rows) {
			// 6.5 standard errors, and the AIS bias of order of its variance
			for (const [value, error] of [
				[row.forward, row.forwardError],
				[row.reverse, row.reverseError]
			])
				expect(Math.abs(value - row.exact)).toBeLessThan(6.5 * error + 0.01);
			// 2^8 weights: a train of rank 16 is exact
			expect(Math.abs(row.tensor - row.exact)).toBeLessThan(1e-3);
			expect(row.tensorRank).toBeLessThanOrEqual(16);
		}
		expect(Math.abs(rows[0].gaussian - rows[0].exact)).toBeLessThan(0.01);
		expect(Math.abs(rows[0].laplace - rows[0].exact)).toBeLessThan(0.01);
		expect(rows[2].gaussian).toBeNaN();
		expect(Math.abs(rows[2].laplace - rows[2].exact)).toBeGreaterThan(0.01);
	});
});
