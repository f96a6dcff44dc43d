// Every chapter of the story end to end, found in its contents: by mouse, by keyboard alone, with reduced motion, at three
// sizes of window, in both languages and themes; links, undo and guesses.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/process.js';
import { expect, expectAccessible, open, test, type Page } from './fixtures';

// Read as text: the list imports Svelte components, which this process cannot.
const chapters = [
	...readFileSync(join(root, 'src/lib/story/contents.ts'), 'utf8').matchAll(/^\tentry\('\d\d-([\w-]+)'/gm)
].map((match) => match[1]);

const address = (chapter: string, hash = '') => `/story/${chapter}/${hash}`;
const reader = (page: Page) => page.locator('.reader');
const step = (page: Page) => reader(page).getAttribute('data-step');
const ids = (page: Page) => page.locator('.step').evaluateAll((all) => all.map((s) => s.id));

/** Opens a chapter and waits for its figure. */
async function read(page: Page, route: string): Promise<void> {
	await page.goto(`.${route}`);
	await expect(page.locator('[data-figure=ready]')).toBeVisible();
	await expect(reader(page)).toHaveAttribute('data-ready', 'true');
}

/** The figure is there, and its numbers stand in a table; where a question is open, after it was passed. */
async function expectFigure(page: Page, id: string): Promise<void> {
	const skip = page.locator(`[id="${id}"]`).getByRole('button', { name: /^(Show me|Muéstremelo)$/ });
	if ((await skip.count()) > 0) await skip.click();
	const stage = page.locator('.stage');
	await expect(stage.locator('figure, svg, canvas').first()).toBeVisible();
	const table = stage.locator('details').first();
	// A figure may still be computing: its table comes with its numbers.
	// Chapters that train or sample begin when they are asked to, some of them in two goes.
	const begin = new RegExp(
		'^(Play|Iniciar|Load the trained machine|Cargar la máquina entrenada|Run backwards|Hacia atrás)$'
	);
	const button = stage.getByRole('button', { name: begin, disabled: false }).first();
	await expect(async () => {
		if ((await table.count()) === 0 && (await button.count()) > 0) await button.click({ timeout: 1000 });
		await expect(table).toBeAttached({ timeout: 5000 });
	}).toPass({ timeout: 60_000 });
	// The step before may still be leaving: opened until rows are there.
	await expect(async () => {
		await table.evaluate((details: HTMLDetailsElement) => (details.open = true));
		await expect(table.locator('tbody tr').first()).toBeAttached({ timeout: 1000 });
	}).toPass();
	const cells = await table.locator('tbody td').allTextContents();
	expect(cells.some((cell) => cell.trim() !== '' && cell.trim() !== '–')).toBe(true);
}

async function expectFits(page: Page): Promise<void> {
	const overflow = await page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		return scrollWidth - clientWidth;
	});
	expect(overflow, 'pixels beyond the right edge').toBeLessThanOrEqual(0);
}

test('the contents lead to every chapter, the glossary, and back', async ({ page }) => {
	await open(page, '/');
	await page.getByRole('link', { name: 'Start the story' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('The story');
	await expect(page.locator('ol > li')).toHaveCount(chapters.length);
	await page.getByRole('link', { name: 'Glossary' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Glossary');
	expect(await page.locator('dt').count()).toBeGreaterThan(5);
});

for (const chapter of chapters) {
	test.describe(chapter, () => {
		test('by mouse, with the way back', async ({ page }) => {
			await page.setViewportSize({ width: 1440, height: 900 });
			await read(page, address(chapter));
			const all = await ids(page);
			expect(all.length).toBeGreaterThan(1);
			for (const [k, id] of all.entries()) {
				if (k > 0) await page.getByRole('button', { name: 'Next →' }).click();
				await expect(reader(page)).toHaveAttribute('data-step', id);
				await expectFigure(page, id);
				await expectFits(page);
			}
			await expect(page.getByRole('button', { name: 'Next →' })).toBeDisabled();
			await expect(page).toHaveURL(new RegExp(`#${all.at(-1)}$`));
			await page.goBack();
			await expect(reader(page)).toHaveAttribute('data-step', all.at(-2) ?? '');
			await expectAccessible(page);
		});

		test('by keyboard alone, without motion, in the dark, on a small screen', async ({ page }) => {
			await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' });
			await page.setViewportSize({ width: 1024, height: 768 });
			await read(page, address(chapter));
			const all = await ids(page);
			for (const [k, id] of all.entries()) {
				if (k > 0) await page.keyboard.press(k % 2 ? 'ArrowRight' : 'PageDown');
				await expect(reader(page)).toHaveAttribute('data-step', id);
				await expectFits(page);
			}
			await page.keyboard.press('ArrowLeft');
			await expect(reader(page)).toHaveAttribute('data-step', all.at(-2) ?? '');
			// every question can be passed without a pointer
			const skip = page.getByRole('button', { name: 'Show me' });
			for (let left = await skip.count(); left > 0; left--) {
				await skip.first().focus();
				await page.keyboard.press('Enter');
				await expect(skip).toHaveCount(left - 1);
			}
			await expectAccessible(page);
		});

		test('on a phone, by scrolling, in Spanish', async ({ page }) => {
			await page.setViewportSize({ width: 390, height: 844 });
			await read(page, `/es${address(chapter)}`);
			await expect(page.locator('html')).toHaveAttribute('lang', 'es');
			const all = await ids(page);
			for (const id of all) {
				await page.locator(`[id="${id}"] h2`).evaluate((heading) => {
					// just below the figure, which fills the upper half
					const line = 0.55 * innerHeight;
					scrollBy({ top: heading.getBoundingClientRect().top - line, behavior: 'instant' });
				});
				await expect(reader(page)).toHaveAttribute('data-step', id);
				await expectFits(page);
			}
			await expectFigure(page, all.at(-1) ?? '');
			await expectAccessible(page);
		});

		test(
			'opens at a step from a link, and changes its language there',
			{ tag: '@both' },
			async ({ page }) => {
				await read(page, address(chapter));
				const at = (await ids(page))[1];
				await page.goto('about:blank');
				await read(page, address(chapter, `#${at}`));
				await expect(reader(page)).toHaveAttribute('data-step', at);
				await page.locator('.foot').getByRole('link', { name: 'Español' }).click();
				await expect(page).toHaveURL(new RegExp(`/es/story/${chapter}/?#${at}`));
				await expect(page.locator('html')).toHaveAttribute('lang', 'es');
				await expect(page.locator('[data-figure=ready]')).toBeVisible();
				await expect(reader(page)).toHaveAttribute('data-step', at);
				await expect(page.getByRole('button', { name: 'Siguiente →' })).toBeVisible();
				await page.locator('.foot').getByRole('link', { name: 'English' }).click();
				await expect(page.locator('html')).toHaveAttribute('lang', 'en');
				await expect(reader(page)).toHaveAttribute('data-step', at);
			}
		);
	});
}

test('a state goes into the link and comes out of it; undo and reset take it back', async ({ page }) => {
	await read(page, address('binary-units', '#energy'));
	const unit = page.getByRole('switch', { name: 'visible unit 4' });
	await expect(unit).toHaveAttribute('aria-checked', 'false');
	await unit.click();
	await expect(unit).toHaveAttribute('aria-checked', 'true');
	await expect(page).toHaveURL(/#energy~\w+/);
	const link = page.url();
	await page.keyboard.press('Control+z');
	await expect(unit).toHaveAttribute('aria-checked', 'false');
	await expect(page).toHaveURL(/#energy$/);

	await page.goto('about:blank');
	await page.goto(link);
	await expect(page.locator('[data-figure=ready]')).toBeVisible();
	await expect(unit).toHaveAttribute('aria-checked', 'true');
	await page.getByRole('button', { name: 'Reset this step' }).click();
	await expect(unit).toHaveAttribute('aria-checked', 'false');
});

test('a bad link says so and shows the step as it was written', async ({ page }) => {
	await read(page, address('binary-units', '#energy~1zabcnonsense'));
	await expect(reader(page).getByRole('alert')).toContainText('could not be read');
	expect(await step(page)).toBe('energy');
	await page.goto('about:blank');
	await read(page, address('binary-units', '#no-such-step'));
	await expect(reader(page).getByRole('alert')).toContainText('does not have');
	expect(await step(page)).toBe('units');
});

test('a guess is asked for, kept for the visit and laid beside the answer', async ({ page }) => {
	await read(page, address('binary-units', '#weights'));
	const question = page.locator('#weights').getByRole('group', { name: 'Guess first' });
	await expect(page.getByRole('slider', { name: 'Inverse temperature β' })).toHaveCount(0);
	await question.getByText('Only the state of lowest energy is left.').click();
	await question.getByRole('button', { name: 'That is my guess' }).click();
	await expect(question).toContainText('← your guess');
	const beta = page.getByRole('slider', { name: 'Inverse temperature β' });
	await beta.fill('0');
	// all bars equal: p = 1/128
	await page.locator('.stage details').last().locator('summary').click();
	const cells = await page
		.locator('.stage table')
		.last()
		.locator('tbody tr')
		.first()
		.locator('td')
		.allTextContents();
	expect(Number(cells[3])).toBeCloseTo(1 / 128, 4);
	await page.reload();
	await expect(question).toContainText('← your guess');
});

test('terms light up in the equation, in the text and in the figure', async ({ page }) => {
	await read(page, address('binary-units', '#energy'));
	const chip = page.locator('#energy').getByRole('button', { name: /biases of the visible units/ });
	await chip.focus();
	await expect(page.locator('#energy .formula [data-term=a0]').first()).toHaveClass(/hot/);
	await expect(page.locator('.stage .lit')).toContainText('visible biases');
	await page.keyboard.press('Tab');
	await expect(page.locator('#energy .formula [data-term=a0]').first()).not.toHaveClass(/hot/);
});

test('a term that is pointed at lights up in drawings, too', async ({ page }) => {
	await read(page, address('letting-go'));
	const section = page.locator('.step').first();
	await expect(page.locator('.stage g.hot')).toHaveCount(0);
	await section.getByRole('button', { name: /the observable/ }).focus();
	await expect(page.locator('.stage g.hot')).toHaveCount(1);
	await expect(page.locator('.stage g.hot path').first()).toBeAttached();
	await section.getByRole('button', { name: /density of the points/ }).focus();
	await expect(page.locator('.stage g.hot text').first()).toContainText('O');
});

test('a word of the glossary opens its definition beside it', async ({ page }) => {
	await read(page, address('binary-units'));
	const word = page.getByRole('link', { name: 'visible units', exact: true });
	await word.click();
	const box = page.getByRole('dialog', { name: 'visible unit' });
	await expect(box).toBeVisible();
	await expectAccessible(page);
	await page.keyboard.press('Escape');
	await expect(box).toBeHidden();
	await expect(word).toBeFocused();
});
