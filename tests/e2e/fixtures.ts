// What every end-to-end test starts from: a `test` that fails when a page logs an error, throws, breaks its content
// security policy or asks for something that fails; the list of built pages; and the accessibility check.
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { folders } from '../../scripts/build.js';
import { builtPages } from '../../scripts/size.js';
import { root } from '../../scripts/process.js';

export { expect, type BrowserContext, type Page };

/** Routes of all built pages, e.g. "/" and "/lab/"; the static build must exist. */
export function builtRoutes(): string[] {
	const site = join(root, folders.static);
	if (!existsSync(site)) throw new Error('There is no static build: `npm run test:e2e` makes one first.');
	return [...builtPages(site).keys()].sort();
}

/** Collects everything that goes wrong in any page, worker or frame of a context, as readable lines. */
export async function watch(context: BrowserContext): Promise<string[]> {
	const problems: string[] = [];
	context.on('console', (message) => {
		if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`);
	});
	context.on('weberror', (error) =>
		problems.push(`uncaught: ${error.error().stack ?? error.error().message}`)
	);
	context.on('requestfailed', (request) => {
		const reason = request.failure()?.errorText ?? '';
		// What a page was still loading when it was left or reloaded is not an error of the page.
		if (reason !== 'net::ERR_ABORTED') problems.push(`failed: ${request.url()} ${reason}`);
	});
	context.on('response', (response) => {
		if (response.status() >= 400) problems.push(`status ${response.status()}: ${response.url()}`);
	});
	// Chromium logs a violation, but a report-only policy or another wording must not slip through.
	await context.addInitScript(() => {
		document.addEventListener('securitypolicyviolation', (event) => {
			console.error(`CSP: ${event.effectiveDirective} blocked ${event.blockedURI || 'inline code'}`);
		});
	});
	return problems;
}

interface Options {
	/** Problems that a test provokes on purpose: lines that match are no failure. */
	tolerate: RegExp | null;
}

export const test = base.extend<Options & { problems: string[] }>({
	tolerate: [null, { option: true }],
	problems: [
		async ({ context, tolerate }, use) => {
			const problems = await watch(context);
			await use(problems);
			expect(problems.filter((line) => !tolerate?.test(line))).toEqual([]);
		},
		{ auto: true }
	]
});

/** Opens a route and waits until it has started and nothing more is being loaded. */
export async function open(page: Page, route: string): Promise<void> {
	// Relative to the base address, so that a site under a sub-path works too.
	await page.goto(`.${route}`, { waitUntil: 'networkidle' });
}

/** Fails when axe finds a violation of WCAG 2.2 A or AA, or of its best practices, on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	const lines = violations.flatMap(({ id, help, nodes }) =>
		nodes.map((node) => `${id}: ${help}\n    ${node.html}\n    ${node.failureSummary ?? ''}`)
	);
	expect(lines, 'axe violations').toEqual([]);
}
