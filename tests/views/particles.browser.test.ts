// The figure of the particles: the canvas that it hands over, what it says of it, and the points that it draws itself.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import type { Cloud, PictureView } from '../../src/lib/session/protocol';
import Particles from '../../src/lib/views/Particles.svelte';

const cloud: Cloud = {
	mode: 3,
	rank: 1,
	plane: 'uw',
	points: Float32Array.from([0, 0, 1, 1, 2, -1, 1, 0]),
	of: 4,
	asked: 4,
	states: Float32Array.from([0.5, 0.5]),
	measures: null
};
const measured: Cloud = {
	...cloud,
	points: new Float32Array(0),
	states: new Float32Array(0),
	of: 5000,
	asked: 5000,
	measures: {
		n: 5000,
		mean: [1, 2],
		covariance: [0.25, 0, 4],
		varianceError: [0.01, 0.1],
		states: { x: [0, 1], y: [-9, 2] }
	}
};

function shown(
	of: Cloud,
	picture: { set: (c: OffscreenCanvas | null) => void; show: (v: PictureView) => void } | null
) {
	const rest = { last: null, beta: 1, mode: 1, modes: 5, plane: 'uw' as const };
	return render(Particles, { cloud: of, picture, onmode: () => {}, onplane: () => {}, ...rest });
}

/** The last view that was told, once its edges are those of the measures. */
async function lastView(show: ReturnType<typeof vi.fn<(view: PictureView) => void>>): Promise<PictureView> {
	await expect.poll(() => show.mock.lastCall?.[0].y[0] ?? 0).toBeLessThan(-6);
	return show.mock.lastCall![0];
}

afterEach(() => delete document.documentElement.dataset.theme);

describe('Particles', () => {
	it('draws points on its own canvases where nobody takes one', async () => {
		const { container, getByText } = await shown({ ...cloud, asked: 1000 }, null);
		expect(container.querySelectorAll('canvas.layercake-layout-canvas')).toHaveLength(2);
		await expect.element(getByText(/4 of the 1,000 particles asked for move/)).toBeVisible();
	});

	it('hands a canvas over, says its plane, edges, size and colours, and takes it back at its end', async () => {
		const set = vi.fn<(canvas: OffscreenCanvas | null) => void>();
		const show = vi.fn<(view: PictureView) => void>();
		const { container, unmount } = await shown(measured, { set, show });
		expect(set).toHaveBeenCalledExactlyOnceWith(expect.any(OffscreenCanvas));
		expect(container.querySelectorAll('canvas.layercake-layout-canvas')).toHaveLength(0);
		const view = await lastView(show);
		expect([view.rank, view.plane]).toEqual([1, 'uw']);
		// 4.5 standard deviations about the mean and the states, with room
		expect(view.x[0]).toBeLessThan(1 - 4.5 * 0.5);
		expect(view.x[1]).toBeGreaterThan(1 + 4.5 * 0.5);
		expect(view.y[0]).toBeLessThan(-9);
		expect(view.y[1]).toBeGreaterThan(2 + 4.5 * 2);
		const canvas = container.querySelector('canvas')!;
		expect(getComputedStyle(canvas).visibility).toBe('visible');
		const box = canvas.getBoundingClientRect();
		expect(Math.abs(view.width - box.width * view.scale)).toBeLessThanOrEqual(1);
		expect(Math.abs(view.height - box.height * view.scale)).toBeLessThanOrEqual(1);

		document.documentElement.dataset.theme = 'dark';
		await expect.poll(() => show.mock.lastCall![0].marks[0]).toBeGreaterThan(0.5);
		expect(view.marks[0]).toBeLessThan(0.5);
		expect(show.mock.lastCall![0].particles).not.toEqual(view.particles);

		await unmount();
		expect(set).toHaveBeenLastCalledWith(null);
	});

	it('goes back to points when they come, and hides the canvas that it gave away', async () => {
		const set = vi.fn<(canvas: OffscreenCanvas | null) => void>();
		const { container, rerender } = await shown(measured, { set, show: () => {} });
		await rerender({ cloud });
		expect(container.querySelectorAll('canvas.layercake-layout-canvas')).toHaveLength(2);
		const given = container.querySelector('canvas:not(.layercake-layout-canvas)')!;
		expect(getComputedStyle(given).visibility).toBe('hidden');
		expect(set).toHaveBeenCalledTimes(1);
	});

	it('draws points where a canvas cannot be given away', async () => {
		const transfer = HTMLCanvasElement.prototype.transferControlToOffscreen;
		HTMLCanvasElement.prototype.transferControlToOffscreen = () => {
			throw new DOMException('refused');
		};
		try {
			const set = vi.fn<(canvas: OffscreenCanvas | null) => void>();
			const { container } = await shown(cloud, { set, show: () => {} });
			expect(set).not.toHaveBeenCalled();
			expect(container.querySelectorAll('canvas.layercake-layout-canvas')).toHaveLength(2);
		} finally {
			HTMLCanvasElement.prototype.transferControlToOffscreen = transfer;
		}
	});
});
