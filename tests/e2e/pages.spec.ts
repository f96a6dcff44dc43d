// What must hold on every page there is, found in the build, so that new pages are covered on the day they come: no
// error, one heading, a title, no sideways scrolling on a phone, and axe clean in both colour schemes.
import { builtRoutes, expect, expectAccessible, open, test } from './fixtures';

// Chapters of the story are read step by step, in both schemes and on a phone, in story.spec.ts.
for (const route of builtRoutes().filter((r) => !/\/story\/(?!glossary)./.test(r))) {
	test.describe(route, () => {
		test('opens without errors and is accessible', { tag: '@both' }, async ({ page }) => {
			await open(page, route);
			await expect(page).toHaveTitle(/\S/);
			await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
			await expectAccessible(page);
		});

		test('is accessible in the dark', async ({ page }) => {
			await page.emulateMedia({ colorScheme: 'dark' });
			await open(page, route);
			await expectAccessible(page);
		});

		test('fits a phone 390 pixels wide, also accessibly', async ({ page }) => {
			await page.setViewportSize({ width: 390, height: 844 });
			await open(page, route);
			const overflow = await page.evaluate(() => {
				const { scrollWidth, clientWidth } = document.documentElement;
				return scrollWidth - clientWidth;
			});
			expect(overflow, 'pixels beyond the right edge').toBeLessThanOrEqual(0);
			await expectAccessible(page);
		});
	});
}

test.describe('an address without a page', () => {
	test.use({ tolerate: /no-such-page/ });

	test('says so and leads back, without errors of its own', { tag: '@both' }, async ({ page }) => {
		const response = await page.goto('./no-such-page/deep/down/');
		expect(response?.status()).toBe(404);
		await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
		await expectAccessible(page);
	});
});
