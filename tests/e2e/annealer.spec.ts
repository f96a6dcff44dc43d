// The annealer's page on the built site: sampling, judging, embedding, files, links, and what it says of a real annealer.
import { expect, expectAccessible, open, test } from './fixtures';

const small = `#${encodeURIComponent(JSON.stringify({ N: 5, M: 4, reads: 200, sweeps: 100 }))}`;

test.describe('annealer', () => {
	test('samples, judges, embeds and finds the scale', async ({ page }) => {
		await open(page, `/annealer/${small}`);
		await page.waitForSelector('[data-ready=true]');
		await page.getByRole('button', { name: 'Sample', exact: true }).click();
		const table = page.getByRole('table', { name: /Samplers compared/ });
		await expect(table.getByRole('row')).toHaveCount(6);
		await expect(table).toContainText('exact enumeration');
		await page.getByRole('button', { name: 'Embed' }).click();
		await expect(page.getByText(/5 \+ 4 units on Pegasus 16/)).toBeVisible();
		await page.getByRole('button', { name: /Find scale by energy/ }).click();
		await expect(page.getByText(/^Last: scale/)).toBeVisible();
		await expect(page.getByText(/Press Grow c/)).toBeVisible();
		// enabled once the search has ended
		await page.getByRole('button', { name: 'Grow c' }).click();
		await expect(page.getByText(/Press Grow c/)).toHaveCount(0);
		await expectAccessible(page);
	});

	test('refuses a machine that does not fit, with the largest that would', async ({ page }) => {
		const setup = { N: 30, M: 30, chip: 'chimera', size: 2 };
		await open(page, `/annealer/#${encodeURIComponent(JSON.stringify(setup))}`);
		await page.waitForSelector('[data-ready=true]');
		await page.getByRole('button', { name: 'Embed' }).click();
		await expect(page.getByText(/do not fit on Chimera 2.*8 \+ 8/s)).toBeVisible();
	});

	test('saves samples that it reads again, and says what is wrong with other files', async ({ page }) => {
		await open(page, `/annealer/${small}`);
		await page.waitForSelector('[data-ready=true]');
		await page.getByRole('button', { name: 'Sample', exact: true }).click();
		const save = page.getByRole('button', { name: 'Save Gibbs at β' });
		const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
		const file = page.getByLabel('A file of samples');
		await file.setInputFiles(await download.path());
		await expect(page.getByRole('row', { name: /from a file: gibbs, saved here/ })).toBeVisible();
		for (const [text, says] of [
			['not json', 'is no JSON file'],
			['{"type":"SampleSet"}', 'No dimod sample set']
		]) {
			await file.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) });
			await expect(page.getByText(says)).toBeVisible();
			await expect(page.getByRole('row', { name: /from a file/ })).toBeVisible();
		}
	});

	test('is readable in both themes and on a phone, and repairs a bad link', async ({ page }) => {
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await open(page, '/annealer/#%7B%22N%22%3A999%7D');
			await expect(page.getByText('Of the link, N could not be read')).toBeVisible();
			await expectAccessible(page);
		}
		await page.setViewportSize({ width: 390, height: 844 });
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(wide).toBeLessThanOrEqual(390);
	});
});
