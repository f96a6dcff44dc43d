// The landing page in the built site: the map tours, is scrubbed and stopped; below it the three frames run, their
// numbers agree; both are steered by keyboard, rest when they should, and show themselves in every theme.
import { expect, expectAccessible, open, test, type Page } from './fixtures';

const panels = ['Binary units', 'A diffusing particle', 'Oscillators'];

/** The energies under the three panels, as written. */
const energies = (page: Page) =>
	Promise.all(panels.map((name) => page.getByRole('region', { name }).locator('.value').innerText()));

/** The slider of the coupling, and the map's time line. */
const coupling = (page: Page) => page.getByRole('slider', { name: 'Coupling βλ₁ of the first mode' });
const timeLine = (page: Page) => page.getByRole('slider', { name: 'Progress of the map' });
const map = (page: Page) => page.getByRole('figure', { name: 'From binary units to oscillators' });

/** Where the particle is drawn. */
const particle = (page: Page) =>
	page
		.locator('.triptych circle.particle')
		.evaluate((e) => `${e.getAttribute('cx')} ${e.getAttribute('cy')}`);

test('tours the map by itself, and stops where it is told to', async ({ page }) => {
	await open(page, '/');
	await expect(map(page)).toBeInViewport();
	const at = async () => Number(await timeLine(page).inputValue());
	await expect.poll(at).toBeGreaterThan(0.2);
	await map(page).getByRole('button', { name: 'Pause' }).click();
	const paused = await at();
	await page.waitForTimeout(400);
	expect(await at()).toBe(paused);
	await map(page).getByRole('button', { name: 'Play' }).click();
	await expect.poll(at).toBeGreaterThan(paused);
});

test('shows all eight stages by keyboard, each with its sentence, numbers and table, accessibly', async ({
	page
}) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await open(page, '/');
	await timeLine(page).focus();
	await timeLine(page).press('Home');
	const names = [
		'Binary units',
		'All states',
		'Rotation',
		'Shift',
		'Point masses',
		'The potential',
		'Springs',
		'Levels'
	];
	for (const [k, name] of names.entries()) {
		await timeLine(page).press('PageUp');
		await expect(timeLine(page)).toHaveAttribute(
			'aria-valuetext',
			new RegExp(`^Stage ${k + 1} of 8: ${name}`)
		);
		await expect(map(page).getByRole('heading', { level: 2 })).toContainText(name);
		await expect(map(page).getByRole('img')).toHaveAccessibleName(new RegExp(`^${name}`));
		// Every energy that is shown is the same energy.
		const shown = await map(page).locator('dd').allInnerTexts();
		expect(shown.length).toBeGreaterThan(0);
		const energies = shown.filter((text) => /\.(\d{3}\s?){4}$/.test(text));
		expect(new Set(energies).size).toBeLessThan(2);
		await expectAccessible(page);
	}
	await map(page).locator('summary').click();
	await expect(map(page).getByRole('row').nth(1).getByRole('cell')).toHaveText(['0', '0', '1']);
});

test('parts into two wells past βλ = 4, and a mode loses its spring on the map too', async ({ page }) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await open(page, '/');
	await coupling(page).fill('5');
	await map(page).getByRole('button', { name: 'Stage 6 of 8' }).click();
	await expect(map(page).locator('.see')).toContainText('2 wells');
	await map(page).getByRole('button', { name: 'Stage 7 of 8' }).click();
	await expect(map(page).locator('.see')).toContainText('lost its spring');
	await expect(map(page).getByRole('button', { name: 'Soft mode 1, ω = no spring' })).toBeVisible();
});

test('runs, with one energy in three frames at every state', async ({ page }) => {
	await open(page, '/');
	await page.getByRole('button', { name: 'Pause the particle' }).click();
	const seen = new Set<string>();
	for (let k = 0; k < 12; k++) {
		await page.getByRole('button', { name: 'Step', exact: true }).click();
		const [a, b, c] = await energies(page);
		expect(a).toMatch(/^= −?\d+\.(\d{3}\s?){4}$/);
		expect([b, c]).toEqual([a, a]);
		seen.add(a);
	}
	expect(seen.size).toBeGreaterThan(3);
});

test('moves by itself, stops when paused and goes on', async ({ page }) => {
	await open(page, '/');
	await page.locator('.triptych svg').nth(1).scrollIntoViewIfNeeded();
	const start = await particle(page);
	await expect.poll(() => particle(page)).not.toBe(start);
	await page.getByRole('button', { name: 'Pause the particle' }).click();
	const paused = await particle(page);
	await page.waitForTimeout(400);
	expect(await particle(page)).toBe(paused);
	await page.getByRole('button', { name: 'Play the particle' }).click();
	await expect.poll(() => particle(page)).not.toBe(paused);
});

test('follows its slider through βλ = 4 by keyboard, exact all the way', async ({ page }) => {
	await open(page, '/');
	const slider = coupling(page);
	await slider.focus();
	for (const value of ['1.50', '3.40', '4.05', '6.00']) {
		if (value === '1.50') await slider.press('Home');
		else if (value === '6.00') await slider.press('End');
		else await slider.fill(value);
		await expect(slider).toHaveAttribute('aria-valuetext', value);
		const c = Number(value);
		await expect(page.locator('.reading .stiff b')).toHaveText(((4 + c) / 2).toFixed(2));
		await expect(page.locator('.reading .soft b')).toHaveText(c < 4 ? ((4 - c) / 2).toFixed(2) : 'none');
		const claim = (await page.locator('.claim').innerText()).replaceAll('−', '-');
		const deviation = claim.match(/at most ([\d.]+)·10(-\d+)/);
		expect(deviation, claim).not.toBeNull();
		expect(Number(`${deviation?.[1]}e${deviation?.[2]}`)).toBeLessThan(1e-14);
	}
});

test('stands still for who asks for less motion, and steps by hand', async ({ page }) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await open(page, '/');
	const still = await particle(page);
	await page.waitForTimeout(400);
	expect(await particle(page)).toBe(still);
	await page.getByRole('button', { name: 'Step', exact: true }).press('Enter');
	expect(await particle(page)).not.toBe(still);
});

test('rests while it is out of sight', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 400 });
	await open(page, '/');
	await page.evaluate(() => {
		// Push the figure out of sight whatever the page's length.
		const footer = document.querySelector('footer');
		if (footer) footer.style.marginTop = '1200px';
		scrollTo(0, document.documentElement.scrollHeight);
	});
	await expect
		.poll(async () => {
			const before = await particle(page);
			await page.waitForTimeout(200);
			return (await particle(page)) === before;
		})
		.toBe(true);
	await page.locator('.triptych svg').nth(1).scrollIntoViewIfNeeded();
	const before = await particle(page);
	await expect.poll(() => particle(page)).not.toBe(before);
});

test('keeps the slider in sight above the panels on a phone', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await open(page, '/');
	await page.getByRole('region', { name: 'Oscillators' }).scrollIntoViewIfNeeded();
	await expect(coupling(page)).toBeInViewport();
});

test('says in words what the panels show', async ({ page }) => {
	await open(page, '/');
	const picture = (name: string) => page.getByRole('region', { name }).getByRole('img');
	await expect(picture('Binary units')).toHaveAccessibleName(
		/^Visible units( [01]){4}, hidden units( [01]){3};/
	);
	await expect(picture('Oscillators')).toHaveAccessibleName(/soft w1 0\.30/);
	await coupling(page).fill('6');
	await expect(picture('A diffusing particle')).toHaveAccessibleName(/two peaks/);
	await expect(picture('Oscillators')).toHaveAccessibleName(/soft w1 without a spring/);
});

test('offers the numbers as a table', async ({ page }) => {
	await open(page, '/');
	await page.getByRole('button', { name: 'Pause the particle' }).click();
	await page.locator('.triptych summary').click();
	const cells = page.locator('.triptych').getByRole('row').nth(1).getByRole('cell');
	for (const [k, text] of ['1', '3.400', '3.700', '0.3000'].entries())
		await expect(cells.nth(k)).toHaveText(text);
	await expectAccessible(page);
});

for (const [name, ground] of [
	['Light', 'rgb(250, 248, 244)'],
	['Dark', 'rgb(17, 21, 27)'],
	['Projector', 'rgb(255, 255, 255)']
]) {
	test(`keeps the ${name} theme from page to page, accessibly`, async ({ page }) => {
		await page.emulateMedia({ colorScheme: name === 'Light' ? 'dark' : 'light' });
		await open(page, '/');
		await page.getByLabel('Theme').selectOption(name);
		const seen = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
		expect(await seen()).toBe(ground);
		await page.getByRole('button', { name: 'Pause the particle' }).click();
		await map(page).getByRole('button', { name: 'Pause' }).click();
		await expectAccessible(page);
		await open(page, '/about/');
		expect(await seen()).toBe(ground);
		await expect(page.getByLabel('Theme')).toHaveValue(name.toLowerCase());
		await expectAccessible(page);
	});
}

test('leads to the Lab and to the sources, and lets the keyboard skip the header', async ({ page }) => {
	await open(page, '/');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
	await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeInViewport();
	await page.keyboard.press('Enter');
	await expect(page.locator('main')).toBeFocused();
	await page.getByRole('link', { name: 'Sources, and what is new here' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sources, and what is new here');
	await page.getByRole('link', { name: 'Reciprocal', exact: true }).click();
	await page.getByRole('link', { name: 'Open the Lab' }).click();
	await expect(page).toHaveURL(/\/lab\/$/);
});

test('works its errata out: what is printed fails, what holds holds', async ({ page }) => {
	await open(page, '/about/');
	const rows = await page.locator('dl > div').evaluateAll((all) =>
		all.map((row) => ({
			name: row.className.split(' ')[0],
			sum: row.querySelector('.number')?.textContent ?? ''
		}))
	);
	expect(rows.length).toBe(20);
	for (const { name, sum } of rows) expect(sum).toContain(name === 'printed' ? '≠' : '=');
	await expect(page.locator('math').first()).toBeVisible();
});
