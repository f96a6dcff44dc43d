// Set-up on a fresh clone: when packages must be installed, and which browser is taken.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findChromium } from '../../scripts/chromium.js';
import { installKey, isInstalled } from '../../scripts/ensure.js';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'ensure-'));
	mkdirSync(join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('packages', () => {
	const lock = {
		packages: {
			'': { version: '1.0.0' },
			'node_modules/a': { version: '1.2.3' },
			'node_modules/b': { version: '2.0.0', optional: true }
		}
	};
	const write = (name: string, content: unknown) =>
		writeFileSync(join(folder, name), JSON.stringify(content));
	const stamp = () => writeFileSync(join(folder, 'node_modules/.reciprocal-installed'), installKey(folder));
	beforeEach(() => write('package-lock.json', lock));

	test('a fresh clone is not installed', () => {
		rmSync(join(folder, 'node_modules'), { recursive: true });
		expect(isInstalled(folder)).toBe(false);
	});

	test('a stamp of the present lock file is enough, one of another is not', () => {
		stamp();
		expect(isInstalled(folder)).toBe(true);
		write('package-lock.json', { packages: { ...lock.packages, 'node_modules/c': { version: '3.0.0' } } });
		expect(isInstalled(folder)).toBe(false);
	});

	test('what npm itself installed counts when every needed package has its version', () => {
		write('node_modules/.package-lock.json', { packages: { 'node_modules/a': { version: '1.2.3' } } });
		expect(isInstalled(folder)).toBe(true);
		write('node_modules/.package-lock.json', { packages: { 'node_modules/a': { version: '1.2.4' } } });
		expect(isInstalled(folder)).toBe(false);
		write('node_modules/.package-lock.json', { packages: { 'node_modules/b': { version: '2.0.0' } } });
		expect(isInstalled(folder)).toBe(false);
	});
});

describe.skipIf(process.platform === 'win32')('browser', () => {
	function program(path: string, exitCode: number): string {
		const file = join(folder, path);
		mkdirSync(join(file, '..'), { recursive: true });
		writeFileSync(file, `#!/bin/sh\nexit ${exitCode}\n`);
		chmodSync(file, 0o755);
		return file;
	}

	test('CHROMIUM_PATH goes first, and must start', () => {
		const good = program('own/chrome', 0);
		const other = program('bin/chromium', 0);
		const bad = program('own/broken', 127);
		const PATH = join(folder, 'bin');
		expect(findChromium({ CHROMIUM_PATH: good, PATH }, [])).toBe(good);
		expect(findChromium({ PATH }, [])).toBe(other);
		expect(() => findChromium({ CHROMIUM_PATH: bad, PATH }, [])).toThrow('no browser starts');
		expect(() => findChromium({ CHROMIUM_PATH: join(folder, 'none'), PATH }, [])).toThrow(
			'no browser starts'
		);
	});

	test('PATH goes before the usual places, and what does not start is passed over', () => {
		const usual = program('usual/chrome', 0);
		program('bin1/chromium', 1);
		const second = program('bin2/google-chrome', 0);
		expect(findChromium({ PATH: join(folder, 'bin1') }, [usual])).toBe(usual);
		expect(
			findChromium({ PATH: ['bin1', 'bin2'].map((d) => join(folder, d)).join(delimiter) }, [usual])
		).toBe(second);
		expect(findChromium({ PATH: join(folder, 'bin1') }, [])).toBeUndefined();
		expect(findChromium({}, [])).toBeUndefined();
	});
});
