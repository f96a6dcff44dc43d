// The counts that end a run: nothing that went wrong may look like success.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fromPlaywright, fromVitest, lastLine, readTally, single, sum } from '../../scripts/tally.js';

const folder = mkdtempSync(join(tmpdir(), 'tally-'));
afterAll(() => rmSync(folder, { recursive: true }));

const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };

function report(content: unknown): string {
	const file = join(folder, 'report.json');
	writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
	return file;
}

test('Vitest: tests are counted, and files that break before their tests count as failures', () => {
	expect(fromVitest(vitest)).toEqual({ passed: 3, failed: 0, skipped: 2 });
	const testResults = [
		{ status: 'failed', assertionResults: [] },
		{ status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
		{ status: 'passed', assertionResults: [{ status: 'passed' }] }
	];
	expect(fromVitest({ ...vitest, numFailedTests: 1, testResults }).failed).toBe(2);
});

test('Playwright: a test that passed when run again is passed, an error outside of tests a failure', () => {
	const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 };
	expect(fromPlaywright({ stats, errors: ['the server did not start'] })).toEqual({
		passed: 7,
		failed: 2,
		skipped: 3
	});
});

describe('a finished run', () => {
	test('that passed', () => {
		expect(readTally(report(vitest), fromVitest, 0)).toEqual({ passed: 3, failed: 0, skipped: 2 });
	});
	test('without a report', () => {
		expect(readTally(join(folder, 'none.json'), fromVitest, 0)).toEqual(single(false));
	});
	test('with half a report', () => {
		expect(readTally(report('{"numPassed'), fromVitest, 0)).toEqual(single(false));
	});
	test('that says failure though no test failed', () => {
		expect(readTally(report(vitest), fromVitest, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
	});
	test('without any test', () => {
		expect(readTally(report({ ...vitest, numPassedTests: 0 }), fromVitest, 0).failed).toBe(1);
	});
});

test('the last line', () => {
	expect(lastLine(sum([single(true), single(false), fromVitest(vitest)]))).toBe('4 passed, 1 failed');
});
