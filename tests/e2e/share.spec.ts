// Sharing as a visitor does it, on the built static site: the link, its QR code read back from what is drawn, and a file
// that another browser opens by button, drop or paste, repeats and compares. Bad files change nothing.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { decodeQR } from 'qr/decode.js';
import { expect, expectAccessible, open, test } from './fixtures';

const status = (page: Page) => page.getByTestId('status');
const verdict = (page: Page) => page.getByTestId('reproduced');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const ready = (page: Page) => page.waitForSelector('[data-ready=true]');

async function lab(page: Page, hash = '') {
	await open(page, `/lab/${hash}`);
	await ready(page);
}
async function play(page: Page, at: number): Promise<number> {
	const step = async () => Number(await status(page).getAttribute('data-step'));
	await press(page, 'Play');
	await expect.poll(step, { timeout: 60_000 }).toBeGreaterThanOrEqual(at);
	await press(page, 'Pause');
	await expect(status(page)).toHaveAttribute('data-status', 'paused');
	return step();
}
async function share(page: Page): Promise<Locator> {
	await press(page, 'Share…');
	return page.getByRole('dialog');
}
/** Saves the state's file and closes the window. */
async function saved(page: Page): Promise<{ name: string; text: string }> {
	const dialog = await share(page);
	const download = page.waitForEvent('download');
	await press(page, 'Save as .reciprocal.json');
	const file = await download;
	await expect(dialog).toContainText(`Saved as ${file.suggestedFilename()}`);
	await page.keyboard.press('Escape');
	return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}
const choose = (page: Page, name: string, text: string) =>
	page
		.getByTestId('open-state')
		.setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
/** Lets go of a file over the page; says whether the page took it, else the browser would leave to show it. */
const drop = (page: Page, name: string, text: string) =>
	page.evaluate(
		([n, t]) => {
			const dataTransfer = new DataTransfer();
			dataTransfer.items.add(new File([t], n));
			const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
			return !document.querySelector('main')!.dispatchEvent(event);
		},
		[name, text]
	);
const paste = (page: Page, text: string) =>
	page.evaluate((t) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', t);
		const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
		return !document.body.dispatchEvent(event);
	}, text);

/** What a camera would read off the code that is drawn. */
async function readCode(code: Locator): Promise<string> {
	const { width, data } = await code.evaluate(async (svg) => {
		const side = 600;
		const image = new Image(side, side);
		image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
		await image.decode();
		const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
		const paper = canvas.getContext('2d')!;
		paper.drawImage(image, 0, 0, side, side);
		return { width: side, data: [...paper.getImageData(0, 0, side, side).data] };
	});
	return decodeQR({ width, height: width, data: Uint8ClampedArray.from(data) });
}

for (const colorScheme of ['light', 'dark'] as const)
	test(`the share window shows the link, its length and a QR code of it; accessible, ${colorScheme}`, async ({
		browser
	}) => {
		const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 844 } });
		await context.grantPermissions(['clipboard-read', 'clipboard-write']);
		const page = await context.newPage();
		await lab(page);
		await page.getByLabel('Seed').fill('77');
		await page.getByLabel('Seed').press('Enter');
		const dialog = await share(page);
		const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
		expect(link).toContain('/lab/#1');
		expect(link.length).toBeLessThan(100);
		await expect(dialog).toContainText(`${link.length} characters.`);
		await expect(dialog).toContainText('no server is told');
		expect(await readCode(dialog.getByRole('img', { name: 'QR code of this link' }))).toBe(link);
		await press(page, 'Copy');
		await expect(dialog.getByRole('status').first()).toHaveText('Link copied');
		expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
		await expectAccessible(page);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(wide).toBeLessThanOrEqual(390);
		const box = (await dialog.boundingBox())!;
		expect(box.x).toBeGreaterThanOrEqual(0);
		expect(box.x + box.width).toBeLessThanOrEqual(390);
		await context.close();
	});

test('by keyboard: the window opens, holds the focus, lets no key through, closes and gives the focus back', async ({
	page
}) => {
	await open(page, '/story/binary-units/');
	await ready(page);
	const button = page.getByRole('button', { name: 'Share…' });
	await button.focus();
	await page.keyboard.press('Enter');
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('textbox', { name: 'Link' })).toBeFocused();
	for (let k = 0; k < 8; k++) {
		await page.keyboard.press('Tab');
		// The focus may rest on the browser's own bars between two rounds, never on the page behind.
		const where = await page.evaluate(() => document.activeElement?.closest('dialog, body')?.tagName);
		const body = await page.evaluate(() => document.activeElement === document.body);
		expect(where === 'DIALOG' || body).toBe(true);
	}
	await dialog.getByRole('button', { name: 'Close' }).focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
	await expect(button).toBeFocused();
	await expect(page.locator('.reader')).toHaveAttribute('data-step', 'units');
});

test('a saved run is opened elsewhere, on another backend, and reproduced; a changed file is told apart', async ({
	page,
	browser
}) => {
	await lab(page);
	await page.getByLabel('Computed by').selectOption('cpu');
	await page.getByLabel('Seed').fill('5');
	await page.getByLabel('Seed').press('Enter');
	const at = await play(page, 40);
	const { name, text } = await saved(page);
	expect(name).toBe(`lab-bars-and-stripes-seed5-step${at}.reciprocal.json`);
	const file = JSON.parse(text) as { results: { numbers: Record<string, string> }; scene: { at: number } };
	expect(file).toMatchObject({ format: 'reciprocal', version: 1, kind: 'lab', scene: { at, seed: 5 } });
	expect(file.results).toMatchObject({ step: at, backend: 'cpu' });
	expect(Number(file.results.numbers['ln Z'])).toBeGreaterThan(20);

	// by button, on a page of another kind
	const context = await browser.newContext();
	const other = await context.newPage();
	await open(other, '/about/');
	await choose(other, name, text);
	await expect(other).toHaveURL(/\/lab/);
	await expect(verdict(other)).toContainText(
		`Reproduced at step ${at}, on wasm, made on cpu: the same integers`,
		{ timeout: 60_000 }
	);
	await expect(other.getByLabel('Seed')).toHaveValue('5');
	await expectAccessible(other);

	// by drop, with a figure and the hash changed: said with both numbers
	const was = file.results.numbers['ln Z'];
	const changed = text
		.replace(/("hash": ")\w{8}/, '$100000000')
		.replace(`"ln Z": "${was}"`, `"ln Z": "${(Number(was) + 1).toPrecision(4)}"`);
	expect(await drop(other, 'changed.reciprocal.json', changed)).toBe(true);
	await expect(verdict(other)).toContainText('Not reproduced to the bit', { timeout: 60_000 });
	await expect(verdict(other)).toContainText('was 00000000…');
	await expect(verdict(other)).toContainText(
		`ln Z was ${(Number(was) + 1).toPrecision(4)} and is ${was} here`
	);
	await other.getByTestId('reproduced').getByRole('button').click();
	await expect(verdict(other)).toBeEmpty();

	// by paste; then another seed is another run, and the line goes
	expect(await paste(other, text)).toBe(true);
	await expect(verdict(other)).toContainText('Reproduced at step', { timeout: 60_000 });
	await other.getByLabel('Seed').fill('6');
	await other.getByLabel('Seed').press('Enter');
	await expect(verdict(other)).toBeEmpty();
	await context.close();
});

test('bad files, dropped, chosen or pasted, give a sentence and leave the run as it is', async ({ page }) => {
	await lab(page);
	const at = await play(page, 20);
	const alert = page.getByRole('alert');
	const bad: [string, string, RegExp][] = [
		['cut.reciprocal.json', '{"format":"reciprocal","ver', /cut short/],
		['empty.json', '', /is empty/],
		['other.json', '{"type":"SampleSet"}', /not a state of this site/],
		['new.json', '{"format":"reciprocal","version":99}', /newer version/],
		['proto.json', '{"__proto__":{"format":"reciprocal"}}', /not a state of this site/],
		['odd.json', '{"format":"reciprocal","version":1,"kind":"lab","title":{}}', /damaged/]
	];
	for (const [name, text, sentence] of bad) {
		expect(await drop(page, name, text)).toBe(true);
		await expect(alert).toHaveText(sentence);
		await expect(alert).toContainText(`“${name}”`);
		await expect(alert).toContainText('What is on screen is kept.');
	}
	await expectAccessible(page);
	expect(await drop(page, 'photo.png', 'x')).toBe(true);
	await expect(alert).toContainText('“photo.png” is not a .reciprocal.json file');
	// a huge file is not even read
	await page.evaluate(() => {
		const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File([new Uint8Array(65 * 2 ** 20)], 'huge.json'));
		document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
	});
	await expect(alert).toContainText('“huge.json” has 65 MB; 64 MB are read.');
	await choose(page, 'chosen.json', '[1, 2');
	await expect(alert).toContainText('“chosen.json”');
	expect(await paste(page, '{"format":"reciprocal"')).toBe(true);
	await expect(alert).toContainText('The pasted text');
	await alert.getByRole('button', { name: 'Close this message' }).click();
	await expect(alert).toHaveCount(0);
	// from the share window, whose link has the focus: the window makes way for the sentence
	const dialog = await share(page);
	const link = dialog.getByRole('textbox', { name: 'Link' });
	await expect(link).toBeFocused();
	await link.evaluate((field) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', '{"format":"reciprocal"');
		field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	});
	await expect(alert).toContainText('The pasted text');
	await expect(dialog).toHaveCount(0);
	await alert.getByRole('button', { name: 'Close this message' }).click();
	// what is pasted beside the fields and is none of ours is left alone
	expect(await paste(page, 'hello {')).toBe(false);
	expect(await paste(page, '{"a":1}')).toBe(false);
	await expect(alert).toHaveCount(0);
	await expect(status(page)).toHaveAttribute('data-step', String(at));
	await expect(status(page)).toHaveAttribute('data-status', 'paused');
});

test('a step of the story, a study and an annealer’s setup are kept in files, and each opens on its own page', async ({
	page
}) => {
	await open(page, '/story/binary-units/');
	await ready(page);
	await page.getByRole('button', { name: 'Next', exact: false }).first().click();
	await expect(page).toHaveURL(/#\w+/);
	const step = await page.locator('.reader').getAttribute('data-step');
	const story = await saved(page);

	await open(page, `/relaxation/#${encodeURIComponent(JSON.stringify({ N: 5, M: 3 }))}`);
	await ready(page);
	const study = await saved(page);
	expect(JSON.parse(study.text)).toMatchObject({ kind: 'relaxation', scene: { N: 5, M: 3, version: 1 } });

	await open(page, `/annealer/#${encodeURIComponent(JSON.stringify({ N: 7, seed: 9 }))}`);
	await ready(page);
	const setup = await saved(page);
	expect(JSON.parse(setup.text)).toMatchObject({ kind: 'annealer', scene: { N: 7, seed: 9 } });

	const sampled = JSON.stringify({
		N: 4,
		M: 3,
		reads: 50,
		sweeps: 20,
		seed: 3,
		samplers: ['gibbs', 'annealing']
	});
	await open(page, `/annealer/#${encodeURIComponent(sampled)}`);
	await ready(page);
	await press(page, 'Sample');
	await expect(page.getByRole('button', { name: 'Save simulated annealing' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Sample', exact: true })).toBeVisible();
	const samples = await saved(page);
	expect(JSON.parse(samples.text)).toMatchObject({ results: { step: 50 } });

	await open(page, '/');
	await choose(page, samples.name, samples.text);
	await expect(verdict(page)).toContainText(
		'Reproduced with 50 reads a sampler, on plain JavaScript: the same integers'
	);
	await choose(page, study.name, study.text);
	await expect(page).toHaveURL(/\/relaxation\/?#/);
	await expect.poll(() => page.evaluate(() => decodeURIComponent(location.hash))).toBe('#{"N":5,"M":3}');

	await choose(page, setup.name, setup.text);
	await expect(page).toHaveURL(/\/annealer\/?#/);
	await expect.poll(() => page.evaluate(() => decodeURIComponent(location.hash))).toBe('#{"N":7,"seed":9}');

	await choose(page, story.name, story.text);
	await expect(page).toHaveURL(/\/story\/binary-units/);
	await expect(page.locator('.reader')).toHaveAttribute('data-step', step!);
});

test('a study of given weights takes them along in its file', async ({ page }) => {
	const given = { machine: 'given', N: 3, M: 2, count: 2, sizes: [], methods: ['gibbs'], chains: 512 };
	const hash = `#${encodeURIComponent(JSON.stringify(given))}`;
	await open(page, `/relaxation/${hash}`);
	await ready(page);
	const machine = {
		weights: [
			[1, 2],
			[0.5, -1],
			[0, 0.25]
		],
		visibleBias: [0.1, 0, 0],
		hiddenBias: [0, -0.3]
	};
	await page.getByLabel('Weights from a JSON file').setInputFiles({
		name: 'mine.json',
		mimeType: 'application/json',
		buffer: Buffer.from(JSON.stringify(machine))
	});
	await expect(page.locator('aside')).toContainText('mine.json');
	const file = await saved(page);
	expect(JSON.parse(file.text)).toMatchObject({ assets: [{ kind: 'rbm', N: 3, M: 2 }] });

	await page.reload();
	await ready(page);
	await expect(page.locator('aside')).not.toContainText('mine.json');
	expect(await drop(page, file.name, file.text)).toBe(true);
	await expect(page.locator('aside')).toContainText('mine.json');
	await press(page, 'Measure');
	await expect(page.getByTestId('study')).toHaveAttribute('data-status', 'finished', { timeout: 30_000 });

	// what was measured is measured again, and compared
	const measured = await saved(page);
	expect(JSON.parse(measured.text)).toMatchObject({ results: { step: 4, backend: 'wasm' } });
	await open(page, '/about/');
	await choose(page, measured.name, measured.text);
	await expect(verdict(page)).toContainText('Reproduced in 4 rows, on wasm: the same integers', {
		timeout: 30_000
	});
});

test('the window speaks Spanish on the Spanish pages', async ({ page }) => {
	await open(page, '/es/story/binary-units/');
	await ready(page);
	await press(page, 'Compartir…');
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('heading', { level: 2 })).toContainText('Compartir');
	await expect(dialog).toContainText('ningún servidor lo recibe');
	await expect(dialog.getByRole('img', { name: 'Código QR de este enlace' })).toBeVisible();
	await expectAccessible(page);
});
