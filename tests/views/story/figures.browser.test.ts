// The figures of chapters 3 to 5 in a browser: knobs by keyboard change what they say they change, and the tables behind
// the drawings hold theory's numbers to display precision.
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { formatNumber } from '../../../src/lib/charts/numbers';
import { closureSections } from '../../../src/lib/theory/closures/sections';
import en3 from '../../../src/lib/story/text/en/03-letting-go';
import en4 from '../../../src/lib/story/text/en/04-landscape';
import en5 from '../../../src/lib/story/text/en/05-effective-potential';
import ClosurePanels from '../../../src/lib/views/story/ClosurePanels.svelte';
import { BETA, BLUR, closureRbm } from '../../../src/lib/views/story/closureMachine';
import { softGrid } from '../../../src/lib/views/story/closureRun.svelte';
import FourPoints from '../../../src/lib/views/story/FourPoints.svelte';
import LandscapeFrame from '../../../src/lib/views/story/LandscapeFrame.svelte';
import ProjectionDistance from '../../../src/lib/views/story/ProjectionDistance.svelte';
import { direction, sizes } from '../../../src/lib/views/story/projections';
import { gaussianDistance, projectionLaw } from '../../../src/lib/theory/projectionLaw';

/** Opens the first table and gives its cells, row by row. */
async function tableOf(container: HTMLElement): Promise<string[][]> {
	await vi.waitFor(() => expect(container.querySelector('details summary')).not.toBeNull(), {
		timeout: 60_000
	});
	(container.querySelector('details summary') as HTMLElement).click();
	await vi.waitFor(() => expect(container.querySelectorAll('tbody tr').length).toBeGreaterThan(0));
	return [...container.querySelectorAll('tbody tr')].map((row) =>
		[...row.querySelectorAll('td')].map((cell) => cell.textContent.trim())
	);
}
/** As a table writes a number, superscripts flattened. */
const plain = (value: number, digits = 4) =>
	(Number.isInteger(value) ? String(value) : formatNumber(value, digits))
		.replace('-', '−')
		.replace(/[⁰¹²³⁴-⁹]/g, (c) => String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c)))
		.replace('⁻', '−');

describe('four points', () => {
	it('move by arrow keys, and show their values', async () => {
		const onmove = vi.fn();
		const points = [-1, 0.5, 0.9, 1.2, 0.5, -0.7, -0.6, -1.3];
		const { container, getByRole } = await render(FourPoints, {
			points,
			observable: 'xy',
			sigma: 0.3,
			words: en3.figure,
			onmove
		});
		const first = getByRole('slider', { name: 'Point 1' });
		(first.element() as HTMLElement).focus();
		await userEvent.keyboard('{ArrowRight}');
		expect(onmove).toHaveBeenLastCalledWith([-0.95, ...points.slice(1)]);
		await userEvent.keyboard('{ArrowDown}');
		expect(onmove).toHaveBeenLastCalledWith([-1, 0.45, ...points.slice(2)]);
		const rows = await tableOf(container);
		expect(rows.map((r) => r[3])).toEqual([-0.5, 1.08, -0.35, 0.78].map((v) => plain(v, 6)));
	});
});

describe('the landscape', () => {
	it('moves its saddle by arrow keys, through the biases', async () => {
		const onbias = vi.fn();
		const { container, getByRole } = await render(LandscapeFrame, {
			mode: { lambda: 2, a: 0.4, b: -0.6 },
			progress: 0,
			probe: [0.5, 0.25],
			hot: null,
			words: en4.figure,
			onbias,
			onprobe: () => {}
		});
		const rows = await tableOf(container);
		const value = (name: string) => rows.find((r) => r[0] === name)?.[1];
		expect(value('saddle x*')).toBe(plain(0.3, 6));
		expect(value('saddle y*')).toBe(plain(-0.2, 6));
		expect(value('saddle E')).toBe(plain(-0.12, 6));
		// E = −0.4·0.5 + 0.6·0.25 − 2·0.5·0.25, twice
		expect(value('E from x and y')).toBe(plain(-0.3, 6));
		expect(value('E from u and w about the saddle')).toBe(plain(-0.3, 6));
		(getByRole('slider', { name: 'Saddle' }).element() as unknown as HTMLElement).focus();
		await userEvent.keyboard('{ArrowRight}');
		// the saddle to x = 0.35: b = −λx = −0.7
		expect(onbias).toHaveBeenLastCalledWith({ a: 0.4, b: -0.7 });
	});
});

describe('the closures side by side', () => {
	it('have theory’s numbers in their table', async () => {
		const machine = {
			machine: {
				N: 4,
				M: 3,
				singularValues: [2],
				rest: 0.4,
				bias: 'balanced' as const,
				biasScale: 0,
				seed: 1
			},
			lambda: 2.5,
			rest: 0.4,
			field: 0
		};
		const { container } = await render(ClosurePanels, {
			machine,
			sigma2: 0.2,
			cut: 'soft',
			words: en5.figure
		});
		const rows = await tableOf(container);
		const { sections, vertices } = closureSections({
			rbm: closureRbm(machine),
			beta: BETA,
			sigma2: 0.2,
			blur: BLUR,
			soft: softGrid,
			stiff: softGrid
		});
		expect(rows).toHaveLength(softGrid.length);
		for (const k of [20, 48, 60]) {
			sections.forEach((s, i) => {
				if (Math.abs(s.soft[k]) > 1e-3) expect(rows[k][i + 1]).toBe(plain(s.soft[k]));
			});
			if (vertices.soft[k] > 1e-3) expect(rows[k][6]).toBe(plain(vertices.soft[k]));
		}
	});
});

describe('distances from the Gaussian', () => {
	it('are those of the exact laws', async () => {
		const onknown = vi.fn();
		const { container } = await render(ProjectionDistance, {
			N: 8,
			seed: 1,
			lean: 0,
			guess: 16,
			words: en3.figure,
			onknown
		});
		const rows = await tableOf(container);
		sizes.slice(0, 5).forEach((N, k) => {
			const { distance } = gaussianDistance(projectionLaw(direction(N, 1), 2 ** -14));
			expect(rows[k][0]).toBe(String(N));
			expect(rows[k][1]).toBe(plain(distance));
		});
		await vi.waitFor(() => expect(onknown).toHaveBeenCalled());
		expect(container.textContent).toContain('your guess');
	});
});
