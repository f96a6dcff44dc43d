// `npm start`'s own program: it serves the built site, and gives way when its port is taken.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '../../scripts/process.js';
import { expect, test } from './fixtures';

test('prints the address that it serves, the next port when the wanted one is taken', async ({ page }) => {
	const taken = process.env.E2E_STATIC_PORT;
	const start = spawn(process.execPath, ['scripts/start.js'], {
		cwd: root,
		env: { ...process.env, PORT: taken, HOST: '127.0.0.1' }
	});
	try {
		let said = '';
		start.stdout.on('data', (part) => (said += part));
		await expect.poll(() => /http:\S+/.exec(said)?.[0] ?? '').toMatch(/^http:\/\/localhost:\d+\/$/);
		expect(said).toContain(`Port ${taken} is taken.`);
		const url = /http:\S+/.exec(said)?.[0] ?? '';
		expect(new URL(url).port).not.toBe(taken);
		await page.goto(url);
		expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
		// The page must have come whole before its server goes.
		await page.waitForLoadState('networkidle');
		await page.goto('about:blank');
		start.kill('SIGINT');
		const [code] = await once(start, 'exit');
		expect(code).toBe(0);
	} finally {
		start.kill('SIGKILL');
	}
});
