// Counts of passed and failed tests, read from the reports that Vitest and Playwright write. A run that broke
// before or outside its tests counts as one failure: no report is never good news.
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** One check without tests of its own: a build, a linter. @param {boolean} ok @returns {Tally} */
export const single = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

/** @param {Tally[]} tallies @returns {Tally} */
export function sum(tallies) {
	const total = { passed: 0, failed: 0, skipped: 0 };
	for (const { passed, failed, skipped } of tallies) {
		total.passed += passed;
		total.failed += failed;
		total.skipped += skipped;
	}
	return total;
}

/** The line that ends a run. @param {Tally} tally */
export const lastLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

/**
 * @typedef {object} VitestReport what we read of Vitest's JSON reporter
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults one entry a file
 */

/** @param {VitestReport} report @returns {Tally} */
export function fromVitest(report) {
	// A file that throws while it loads fails without any failed test in it.
	const broken = report.testResults.filter(
		(file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')
	);
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + broken.length,
		skipped: report.numPendingTests + report.numTodoTests
	};
}

/**
 * @typedef {object} PlaywrightReport what we read of Playwright's JSON reporter
 * @property {{ expected: number, unexpected: number, flaky: number, skipped: number }} stats
 * @property {unknown[]} errors outside of tests
 */

/**
 * A flaky test failed once and passed when it was run again (in CI, once): Playwright lists it by name at the end of its
 * output, and it counts as passed. Why: on two busy cores a browser is now and then stopped for seconds.
 * @param {PlaywrightReport} report
 * @returns {Tally}
 */
export function fromPlaywright({ stats, errors }) {
	return {
		passed: stats.expected + stats.flaky,
		failed: stats.unexpected + errors.length,
		skipped: stats.skipped
	};
}

/**
 * The tally of a finished run. Missing or unreadable reports, no tests at all, and an exit code that says failure
 * where no test failed, each count as one failure.
 * @template Report
 * @param {string} file the report
 * @param {(report: Report) => Tally} read
 * @param {number} exitCode of the run
 * @returns {Tally}
 */
export function readTally(file, read, exitCode) {
	if (!existsSync(file)) return single(false);
	try {
		const tally = read(/** @type {Report} */ (JSON.parse(readFileSync(file, 'utf8'))));
		const silent = tally.failed === 0 && (exitCode !== 0 || tally.passed === 0);
		return silent ? sum([tally, single(false)]) : tally;
	} catch {
		return single(false);
	}
}
