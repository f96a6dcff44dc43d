// The page of relaxation times as a visitor uses it, on the built static site: a small sweep, stop and go on, export,
// the link, a machine from a file; accessible in both schemes and at three widths.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, open, test } from './fixtures';

const state = (page: Page) => page.getByTestId('study');
const small = (part: object) =>
	'#' +
	encodeURIComponent(
		JSON.stringify({ N: 4, M: 3, count: 2, from: 2, to: 4, sizes: [], chains: 512, ...part })
	);

async function ready(page: Page, hash: string) {
	await open(page, `/relaxation/${hash}`);
	await page.waitForSelector('[data-ready=true]');
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const finished = (page: Page) =>
	expect(state(page)).toHaveAttribute('data-status', 'finished', { timeout: 30_000 });
async function saved(page: Page, name: string): Promise<string> {
	const download = page.waitForEvent('download');
	await press(page, name);
	return readFileSync(await (await download).path(), 'utf8');
}

test('a small sweep: points come, stopping keeps them, going on completes the same table', async ({
	page
}) => {
	await ready(page, small({ count: 5, methods: ['gibbs', 'glauber', 'smoothed', 'fitted'] }));
	await press(page, 'Measure');
	await expect
		.poll(async () => Number(await state(page).getAttribute('data-done')), { timeout: 30_000 })
		.toBeGreaterThan(3);
	await press(page, 'Stop');
	await expect(state(page)).toHaveAttribute('data-status', 'cancelled');
	const kept = Number(await state(page).getAttribute('data-done'));
	expect(kept).toBeGreaterThan(3);
	await press(page, 'Go on measuring');
	await finished(page);
	const json = JSON.parse(await saved(page, 'Export JSON'));
	const ids = json.rows.map((row: { id: string; mode: number }) => `${row.id} ${row.mode}`);
	expect(new Set(ids).size).toBe(ids.length);

	// a second page that measures in one go has the same numbers
	await press(page, 'Start over');
	await press(page, 'Measure');
	await finished(page);
	const again = JSON.parse(await saved(page, 'Export JSON'));
	const numbers = (rows: { id: string; mode: number; tau: number }[]) =>
		Object.fromEntries(rows.map((row) => [`${row.id} ${row.mode}`, row.tau]));
	expect(numbers(again.rows)).toEqual(numbers(json.rows));
});

test('what is exported says all that is needed to repeat it', async ({ page }) => {
	await ready(page, small({ methods: ['gibbs', 'smoothed', 'gaussian'] }));
	await press(page, 'Measure');
	await finished(page);
	const csv = (await saved(page, 'Export CSV')).trim().split('\n');
	expect(csv[0]).toMatch(/^id,method,N,M,strength/);
	expect(csv.length).toBeGreaterThan(6);
	const json = JSON.parse(await saved(page, 'Export JSON'));
	expect(json.study).toMatchObject({ N: 4, M: 3, seed: 1 });
	expect(json.made.app).not.toBe('');
	expect(json.rows[0].tau).toBeGreaterThan(0);
	expect(json.rows[0].low).toBeLessThan(json.rows[0].tau);
	// the gaussian closure past its threshold has no row but a reason
	expect(json.skipped[0].reason).toMatch(/stationary/);
	expect(json.predictions.length).toBeGreaterThan(1);
	// the memory behind a point, chosen by keyboard
	const point = page.getByRole('combobox', { name: 'Point' });
	await point.selectOption({ index: 0 });
	await expect(page.getByRole('figure', { name: 'The memory behind a point' })).toContainText('95 %');
});

test('the link carries the study; a broken one opens the default; a file gives the weights', async ({
	page
}) => {
	await ready(page, '#%7Bnonsense');
	await expect(page.getByText(/could not be read/)).toBeVisible();
	await page.getByRole('combobox', { name: 'Study' }).selectOption({ label: '6×5: Glauber exact as well' });
	await expect.poll(() => page.evaluate(() => decodeURIComponent(location.hash))).toBe('#{"N":6,"M":5}');
	await ready(page, small({ machine: 'given', methods: ['gibbs'] }));
	await page.getByText('Machine', { exact: true }).click();
	const file = (text: string) => ({
		name: 'w.json',
		mimeType: 'application/json',
		buffer: Buffer.from(text)
	});
	await page.getByLabel('Weights from a JSON file').setInputFiles(file('{"weights":[1]}'));
	await expect(page.getByText(/no list of numbers/)).toBeVisible();
	const machine = {
		weights: [
			[1, 0.5],
			[0.2, 1],
			[0.3, 0.1]
		],
		visibleBias: [0.1, 0, 0],
		hiddenBias: [0, 0.2]
	};
	await page.getByLabel('Weights from a JSON file').setInputFiles(file(JSON.stringify(machine)));
	await expect(page.getByText('w.json: 3×2.')).toBeVisible();
	await press(page, 'Measure');
	await finished(page);
	const json = JSON.parse(await saved(page, 'Export JSON'));
	expect(json.given.visibleBias).toEqual([0.1, 0, 0]);
	expect(json.rows).toHaveLength(4);
});

test('is accessible with points on it, in both schemes and at three widths', async ({ page }) => {
	await ready(page, small({ methods: ['gibbs', 'smoothed'] }));
	await press(page, 'Measure');
	await finished(page);
	await press(page, 'Estimate ln Z');
	await finished(page);
	for (const [width, height, colorScheme] of [
		[1440, 900, 'light'],
		[1024, 768, 'dark'],
		[390, 844, 'dark']
	] as const) {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height });
		const overflow = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(overflow, 'pixels beyond the right edge').toBeLessThanOrEqual(0);
		await expectAccessible(page);
	}
});
