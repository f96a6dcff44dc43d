// The Lab as a visitor uses it, on the built static site: play, change, undo, share, open elsewhere, bad links,
// every panel by its table, keyboard, accessibility.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, open, test } from './fixtures';

const status = (page: Page) => page.getByTestId('status');
const step = async (page: Page) => Number(await status(page).getAttribute('data-step'));

async function ready(page: Page, hash = '') {
	await open(page, `/lab/${hash}`);
	await page.waitForSelector('[data-ready=true]');
}
async function playTo(page: Page, at: number) {
	await page.getByRole('button', { name: 'Play', exact: true }).click();
	await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThanOrEqual(at);
	await page.getByRole('button', { name: 'Pause', exact: true }).click();
	await expect(status(page)).toHaveAttribute('data-status', 'paused');
}
/** The rows of the table behind a figure. */
async function table(page: Page, title: string): Promise<string[][]> {
	const figure = page.getByRole('figure', { name: title });
	const details = figure.locator('details').last();
	if (!(await details.evaluate((d) => (d as HTMLDetailsElement).open)))
		await details.locator('summary').click();
	// The rows are built when the table is opened.
	await details.locator('tbody tr').first().waitFor();
	return details
		.locator('tbody tr')
		.evaluateAll((rows) =>
			rows.map((row) => [...row.children].map((cell) => (cell.textContent ?? '').trim()))
		);
}
/** A number as the tables write it: "−0.5312", "1 234.5", "5.31·10⁻⁴". */
function number(text: string): number {
	const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
	const plain = text
		.replaceAll('−', '-')
		.replaceAll('⁻', '-')
		.replaceAll(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (d) => String(digits.indexOf(d)))
		.replace('·10', 'e');
	return Number(plain.replaceAll(/[^\d.e-]/g, ''));
}

test('nothing of tfjs is loaded before Play, and the worker after it', async ({ page }) => {
	const scripts: string[] = [];
	page.on('response', (r) => scripts.push(r.url()));
	await ready(page);
	expect(scripts.filter((s) => /worker|wasm/.test(s))).toEqual([]);
	await playTo(page, 20);
	expect(page.workers().length).toBeGreaterThan(0);
});

test('Play trains: the exact log-likelihood rises, modes appear, particles move, samples are drawn', async ({
	page
}) => {
	await ready(page);
	await playTo(page, 400);
	const learning = (await table(page, 'Learning')).map((row) => row.map(number));
	expect(learning[0][0]).toBe(0);
	expect(learning.at(-1)![1]).toBeGreaterThan(learning[0][1] + 0.5);
	for (const [, value] of learning) expect(value).toBeLessThan(-3.4012);

	const values = (await table(page, 'Singular values of W')).map((row) => row.map(number));
	expect(values[0].length).toBe(17);
	const frequencies = (await table(page, 'Oscillator frequencies')).map((row) => row.map(number));
	for (const [i, row] of values.entries())
		for (let k = 1; k <= 16; k++) {
			// ω = (4 ± λ)/2 at β = 1, to the four digits that the tables show.
			expect(Math.abs(frequencies[i][k] - (4 + row[k]) / 2)).toBeLessThan(2e-3);
			expect(Math.abs(frequencies[i][16 + k] - (4 - row[k]) / 2)).toBeLessThan(2e-3);
		}
	expect((await table(page, 'Langevin particles')).length).toBe(2);
	const energies = await table(page, 'Data and samples');
	expect(energies.map((row) => row[0])).toContain('exact, by enumeration');
});

test('a copied link opens the same state elsewhere, to the bit', async ({ page, context, browser }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await ready(page);
	await page.getByLabel('Seed').fill('77');
	await page.getByLabel('Seed').press('Enter');
	await playTo(page, 60);
	const at = await step(page);
	await page.getByRole('button', { name: 'Copy link' }).click();
	await expect(page.getByText('Link copied')).toBeVisible();
	const link = await page.evaluate(() => navigator.clipboard.readText());
	expect(link.length).toBeLessThan(200);
	const here = await table(page, 'Singular values of W');

	const other = await browser.newContext();
	const elsewhere = await other.newPage();
	await elsewhere.goto(link);
	await expect(status(elsewhere)).toHaveAttribute('data-status', 'paused', { timeout: 60_000 });
	expect(await step(elsewhere)).toBe(at);
	await expect(elsewhere.getByLabel('Seed')).toHaveValue('77');
	const there = await table(elsewhere, 'Singular values of W');
	// The reopened run has the same records up to the step that was shared.
	expect(there.length).toBeGreaterThan(2);
	expect(there).toEqual(here);
	await other.close();
});

test('a change is undone and redone, by button and by keyboard', async ({ page }) => {
	await ready(page);
	const seed = page.getByLabel('Seed');
	await seed.fill('5');
	await seed.press('Enter');
	await seed.blur();
	await expect(page).toHaveURL(/#/);
	await page.keyboard.press('Control+z');
	await expect(seed).toHaveValue('1');
	await page.keyboard.press('Control+Shift+z');
	await expect(seed).toHaveValue('5');
	await page.getByRole('button', { name: /^Undo/ }).click();
	await expect(seed).toHaveValue('1');
	await page.getByRole('button', { name: /^Redo/ }).click();
	await expect(seed).toHaveValue('5');
});

test('a bad link opens a working page with a sentence', async ({ page }) => {
	await ready(page, '#1zqqqTHISisNOTaLINK');
	await expect(page.getByRole('alert')).toContainText('damaged');
	await playTo(page, 5);
});

test('the skip link leaves the state alone', async ({ page }) => {
	await ready(page);
	await page.getByLabel('Seed').fill('9');
	await page.getByLabel('Seed').press('Enter');
	await expect(page).toHaveURL(/#1/);
	await page.getByRole('link', { name: 'Skip to the content' }).focus();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/#1/);
	await expect(page.getByLabel('Seed')).toHaveValue('9');
	await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the keyboard alone: space plays and pauses, the step button steps', async ({ page }) => {
	await ready(page);
	await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	await page.keyboard.press('Space');
	await expect.poll(() => step(page), { timeout: 60_000 }).toBeGreaterThan(3);
	await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	await page.keyboard.press('Space');
	await expect(status(page)).toHaveAttribute('data-status', 'paused');
	const before = await step(page);
	const button = page.getByRole('button', { name: 'Step', exact: true });
	await button.focus();
	await page.keyboard.press('Enter');
	await expect.poll(() => step(page)).toBe(before + 1);
});

test('switching the backend in the middle keeps the run', async ({ page }) => {
	await ready(page);
	await playTo(page, 60);
	const before = await step(page);
	const rows = (await table(page, 'Learning')).length;
	await page.getByLabel('Computed by').selectOption('cpu');
	await expect(page.getByText('plain JavaScript:')).toBeVisible({ timeout: 30_000 });
	await playTo(page, before + 40);
	expect((await table(page, 'Learning')).length).toBeGreaterThanOrEqual(rows);
});

test('MNIST is fetched with its checksum and learns', async ({ page }) => {
	await ready(page);
	await page.getByLabel('Start from').selectOption('two-digits');
	await playTo(page, 5);
	await expect(page.locator('.facts')).toContainText('14×14');
	await expect(page.locator('.facts')).toContainText('held out');
});

test('a machine of chosen singular values opens with its own samples and generates images', async ({
	page
}) => {
	await ready(page);
	await page.getByLabel('Start from', { exact: true }).selectOption('two-modes');
	await page.getByLabel('Singular values λ₁').fill('3.5; 1');
	await page.getByLabel('Singular values λ₁').press('Enter');
	await page.getByRole('checkbox', { name: 'Reverse diffusion' }).check();
	await page.locator('summary', { hasText: /^Samples$/ }).click();
	await page.getByRole('radio', { name: 'parallel tempering' }).check({ force: true });
	await page.locator('summary', { hasText: /^Particles$/ }).click();
	await page.getByLabel('Scheme').selectOption('mala');
	await playTo(page, 60);
	await expect(page.getByRole('figure', { name: 'Langevin particles' })).toContainText('MALA takes');
	await expect(page.getByRole('figure', { name: 'Data and samples' })).toContainText('round trips');
	await expect(page.locator('.facts')).toContainText('exact samples of the machine itself');
	await expect(page.locator('.facts')).toContainText(
		'Starts from the singular values 3.5, 1, all others 0.3'
	);
	const values = (await table(page, 'Singular values of W')).map((row) => row.map(number));
	expect(values[0].slice(1, 4)).toEqual([3.5, 1, 0.3]);

	await page.getByRole('button', { name: 'Generate' }).click();
	await expect(page.getByTestId('diffusion')).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
	await page.getByLabel('Noise level').fill('3');
	await expect(page.getByTestId('diffusion')).toContainText('level 3 of 120');
	await page.getByRole('button', { name: 'Take an image' }).click();
	await expect(page.getByText('one denoising step', { exact: true })).toBeVisible();
	await expectAccessible(page);
});

test('trained weights are fetched with their checksum, held and shown', async ({ page }) => {
	await ready(page);
	await page.getByLabel('Start from', { exact: true }).selectOption('trained');
	await playTo(page, 2);
	await expect(page.locator('.facts')).toContainText('Starts from weights trained beforehand, mnist500');
	const values = (await table(page, 'Singular values of W')).map((row) => row.map(number));
	expect(values[0][1]).toBeGreaterThan(4);
});

test('ln Z of a machine too large to enumerate is annealed on demand, and can be cancelled', async ({
	page
}) => {
	await ready(page);
	await page.getByLabel('Hidden units').fill('230');
	await page.getByLabel('Side').fill('6');
	await playTo(page, 20);
	await page.getByLabel('Monitor', { exact: true }).selectOption('likelihood');
	await page.getByRole('button', { name: 'Estimate ln Z' }).click();
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(page.getByTestId('lnz')).toHaveCount(0);
	await page.getByRole('button', { name: 'Estimate ln Z' }).click();
	await expect(page.getByTestId('lnz')).toContainText('annealed there', { timeout: 60_000 });
	expect((await table(page, 'Learning')).length).toBe(1);
	await expectAccessible(page);
});

for (const scheme of ['light', 'dark'] as const) {
	test(`axe finds nothing in the Lab while it has something to show, ${scheme}`, async ({ page }) => {
		await page.emulateMedia({ colorScheme: scheme });
		await ready(page);
		await playTo(page, 40);
		for (const title of ['Learning', 'Data and samples', 'Singular values of W']) await table(page, title);
		await expectAccessible(page);
	});
}

for (const [width, height] of [
	[1440, 900],
	[1024, 768],
	[390, 844]
]) {
	test(`nothing overflows sideways at ${width}×${height}`, async ({ page }) => {
		await page.setViewportSize({ width, height });
		await ready(page);
		await playTo(page, 20);
		const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect(over).toBeLessThanOrEqual(0);
	});
}

test.describe('when the data cannot be had', () => {
	test.use({ tolerate: /mnist/ });
	test('a sentence says so, and what is on screen stays and goes on', async ({ page, context }) => {
		await ready(page);
		await playTo(page, 60);
		const rows = (await table(page, 'Learning')).length;
		await context.route(/data\/mnist/, (route) => route.abort());
		await page.getByLabel('Start from').selectOption('two-digits');
		await expect(page.getByRole('alert')).toContainText('could not be fetched');
		expect((await table(page, 'Learning')).length).toBe(rows);
		await page.getByRole('button', { name: /^Undo/ }).click();
		const before = await step(page);
		await playTo(page, before + 20);
	});
});
