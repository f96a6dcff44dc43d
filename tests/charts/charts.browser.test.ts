// Charts in a real browser: labels that do not collide at phone width, the keyboard cursor, tables, canvases, states.
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import BitImages from '../../src/lib/charts/BitImages.svelte';
import Heat from '../../src/lib/charts/Heat.svelte';
import type { Series } from '../../src/lib/charts/series';
import PlotFixture from './PlotFixture.svelte';

const x = Float64Array.from({ length: 101 }, (_, i) => i);
const line = (id: string, label: string, f: (t: number) => number): Series => ({
	id,
	label,
	color: 'var(--soft)',
	x,
	y: x.map(f)
});
const series = [
	line('a', 'λ₁', (t) => t / 20),
	line('b', 'λ₂', (t) => t / 20.5),
	line('c', 'λ₃', (t) => t / 21)
];
const domains = { xDomain: [0, 100] as [number, number], yDomain: [0, 6] as [number, number] };

/** Pairs of elements whose boxes overlap by more than half a pixel both ways. */
function collisions(elements: Element[]): string[] {
	const boxes = elements.map((e) => e.getBoundingClientRect());
	const out: string[] = [];
	for (let i = 0; i < boxes.length; i++)
		for (let j = 0; j < i; j++) {
			const [a, b] = [boxes[i], boxes[j]];
			const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
			const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
			// Text boxes are taller than their letters: a third of a line may be shared.
			if (across > 0.5 && down > 5) out.push(`${elements[i].textContent} and ${elements[j].textContent}`);
		}
	return out;
}

const settled = () =>
	new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))));

describe('Plot', () => {
	it.each([390, 320, 800])('keeps all its labels apart and inside at %i px', async (width) => {
		for (const [xMax, yMax] of [
			[100, 6],
			[400_000, 1e-5],
			[3e9, 12_000]
		]) {
			const scaled = series.map((s) => ({
				...s,
				x: Array.from(s.x, (v) => (v / 100) * xMax),
				y: Array.from(s.y, (v) => (v / 6) * yMax)
			}));
			const { container, unmount } = await render(PlotFixture, {
				series: scaled,
				xDomain: [0, xMax],
				yDomain: [0, yMax],
				width
			});
			await settled();
			const svg = container.querySelector('svg[role=img]');
			if (!svg) throw new Error('no drawing');
			const texts = [...svg.querySelectorAll('text')].filter((t) => t.textContent);
			expect(texts.length).toBeGreaterThan(6);
			expect(collisions(texts)).toEqual([]);
			const box = container.querySelector('.plot')?.getBoundingClientRect();
			if (!box) throw new Error('no plot');
			for (const t of texts) {
				const r = t.getBoundingClientRect();
				expect(r.left, t.textContent ?? '').toBeGreaterThanOrEqual(box.left - 1);
				expect(r.right, t.textContent ?? '').toBeLessThanOrEqual(box.right + 1);
			}
			unmount();
		}
	});

	it('moves its cursor by keys and says what stands there', async () => {
		const { container, getByRole, getByTestId } = await render(PlotFixture, { series, ...domains });
		await settled();
		const slider = getByRole('slider', { name: 'Cursor, step' });
		(slider.element() as HTMLElement).focus();
		await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}');
		await expect.element(getByTestId('cursor')).toHaveTextContent('2');
		await expect
			.element(slider)
			.toHaveAttribute('aria-valuetext', 'step 2: λ₁ 0.1000, λ₂ 0.09756, λ₃ 0.09524');
		await userEvent.keyboard('{End}');
		await expect.element(getByTestId('cursor')).toHaveTextContent('100');
		expect(container.querySelectorAll('.marks circle').length).toBe(3);
		await userEvent.keyboard('{Escape}');
		await expect.element(getByTestId('cursor')).toHaveTextContent('none');
	});

	it('draws a long line with few vertices', async () => {
		const n = 50_000;
		const long = Float64Array.from({ length: n }, (_, i) => i);
		const noisy = { ...series[0], x: long, y: long.map((t) => 3 + 2 * Math.sin(t * t)) };
		const { container } = await render(PlotFixture, { series: [noisy], xDomain: [0, n], yDomain: [0, 6] });
		await settled();
		const d = container.querySelector('.lines path')?.getAttribute('d') ?? '';
		expect(d.split('L').length).toBeLessThan(4 * 390);
		expect(d.split('L').length).toBeGreaterThan(390);
	});

	it('makes a unit as long one way as the other when asked', async () => {
		const { container } = await render(PlotFixture, {
			series: [],
			xDomain: [-1, 1],
			yDomain: [-1, 1],
			equal: true
		});
		await settled();
		/** Middle of the tick of a value on axis 0 (y) or 1 (x). */
		const at = (axis: 0 | 1, value: number) => {
			const texts = [...container.querySelectorAll('g.axis')[axis].querySelectorAll('text')];
			const r = texts
				.find((t) => t.textContent && Number(t.textContent.replace('−', '-')) === value)
				?.getBoundingClientRect();
			if (!r) throw new Error(`no tick ${value} among ${texts.map((t) => t.textContent)}`);
			return axis ? (r.left + r.right) / 2 : (r.top + r.bottom) / 2;
		};
		const dx = at(1, 1) - at(1, 0);
		const dy = at(0, 0) - at(0, 1);
		expect(dx).toBeGreaterThan(20);
		expect(Math.abs(dx - dy)).toBeLessThan(1);
	});
});

describe('CloudCanvas', () => {
	/** Share of the canvas's pixels that have colour. */
	async function covered(n: number): Promise<number> {
		let s = 7;
		const next = () => (s = (s * 16807) % 2147483647) / 2147483647;
		const cloud = Float32Array.from({ length: 2 * n }, (_, i) => (i % 2 ? 2 + next() : 40 + 20 * next()));
		const { container, unmount } = await render(PlotFixture, { series, ...domains, cloud });
		await settled();
		await settled();
		const canvas = container.querySelector('canvas');
		const ctx = canvas?.getContext('2d');
		if (!canvas || !ctx) throw new Error('no canvas');
		const { data } = ctx.getImageData(0, 0, canvas.width, canvas.height);
		let red = 0;
		for (let i = 0; i < data.length; i += 4) {
			if (data[i + 3] === 0) continue;
			expect(data[i]).toBeGreaterThan(200);
			expect(data[i + 1]).toBeLessThan(60);
			red++;
		}
		unmount();
		return red / (data.length / 4);
	}

	it('paints few points as discs and many by counting, in the same place and colour', async () => {
		// The points fill [40, 60] × [2, 3] of the domain [0, 100] × [0, 6]: a thirtieth of the plot, which is less of
		// the canvas, since that takes in the axes too.
		const few = await covered(2500);
		const many = await covered(60_000);
		for (const share of [few, many]) {
			expect(share).toBeGreaterThan(0.01);
			expect(share).toBeLessThan(1 / 29);
		}
	});
});

describe('Chart', () => {
	it('names and describes its figure', async () => {
		const { getByRole } = await render(PlotFixture, { series, ...domains });
		const figure = getByRole('figure', { name: 'Singular values' });
		await expect.element(figure).toHaveAccessibleDescription('Each line rises.');
	});

	it('opens its table on demand, thinned and saying so', async () => {
		const { container, getByText } = await render(PlotFixture, { series, ...domains, rows: 1000 });
		expect(container.querySelector('table')).toBeNull();
		await userEvent.click(getByText('Table', { exact: false }).first());
		await expect.element(getByText('200 of 1000 rows, evenly spaced.')).toBeVisible();
		const cells = [...container.querySelectorAll('tbody td')].map((c) => c.textContent);
		expect(cells.length).toBe(200);
		expect([cells[0], cells.at(-1)]).toEqual(['0', '999']);
	});

	it.each([
		['loading', 'progressbar'],
		['error', 'alert']
	] as const)('has a designed state for %s', async (status, role) => {
		const { container, getByRole } = await render(PlotFixture, { series, ...domains, status });
		await expect.element(getByRole(role)).toBeVisible();
		expect(container.querySelector('.plot')).toBeNull();
	});
});

describe('images', () => {
	it('shows bits crisp and describes them', async () => {
		const bits = Uint8Array.of(1, 0, 0, 1, 1, 1, 1, 1);
		const { container, getByRole } = await render(BitImages, {
			bits,
			count: 2,
			rows: 2,
			cols: 2,
			label: 'Samples',
			color: 'rgb(0, 0, 255)'
		});
		await expect
			.element(getByRole('img'))
			.toHaveAttribute('aria-label', 'Samples: 2 binary images of 2×2, 75 % of the pixels on.');
		await settled();
		const canvas = container.querySelector('canvas');
		const ctx = canvas?.getContext('2d');
		if (!canvas || !ctx) throw new Error('no canvas');
		expect([canvas.width, canvas.height]).toEqual([5, 2]);
		expect([...ctx.getImageData(0, 0, 1, 1).data]).toEqual([0, 0, 255, 255]);
		expect([...ctx.getImageData(3, 0, 1, 1).data]).toEqual([0, 0, 255, 255]);
		expect(ctx.getImageData(1, 0, 1, 1).data[2]).not.toBe(255);
		expect([...ctx.getImageData(2, 0, 1, 1).data]).toEqual([0, 0, 0, 0]);
	});

	it('centres a signed palette on zero', async () => {
		const { container, getByRole } = await render(Heat, {
			values: [-2, 0, 1, 2],
			rows: 2,
			cols: 2,
			label: 'Weights'
		});
		await expect
			.element(getByRole('img'))
			.toHaveAttribute('aria-label', 'Weights: 2 rows, 2 columns, from −2.0 to 2.0.');
		await settled();
		const ctx = container.querySelector('canvas')?.getContext('2d');
		if (!ctx) throw new Error('no canvas');
		const pixel = (px: number, py: number) => [...ctx.getImageData(px, py, 1, 1).data];
		expect(pixel(0, 0)).not.toEqual(pixel(1, 1));
		expect(
			pixel(1, 0)
				.slice(0, 3)
				.every((c) => c > 250)
		).toBe(true);
	});
});
