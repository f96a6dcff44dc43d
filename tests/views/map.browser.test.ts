// The map as a component: its time line by keyboard, stages announced, the tour, what lights up, and less motion.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { MapPlayer } from '../../src/lib/views/map/mapPlayer.svelte';
import { mapWords } from '../../src/lib/views/map/mapWords';
import MapFixture from './MapFixture.svelte';

const slider = (view: Awaited<ReturnType<typeof render>>) =>
	view.getByRole('slider', { name: mapWords.progress });
const text = (view: Awaited<ReturnType<typeof render>>, id: string) =>
	view.getByTestId(id).element().textContent ?? '';
/** A glide takes a second of displayed frames, and a busy machine shows few of them. */
const patient = { timeout: 20_000 };
/** Waits for displayed frames. */
const frames = async (n: number) => {
	for (let k = 0; k < n; k++) await new Promise(requestAnimationFrame);
};

/** Makes the browser say that the visitor wants less motion, or not. */
function askForLess(less: boolean) {
	const real = window.matchMedia.bind(window);
	vi.spyOn(window, 'matchMedia').mockImplementation((query) =>
		query.includes('reduced-motion')
			? ({ matches: less, addEventListener() {}, removeEventListener() {} } as unknown as MediaQueryList)
			: real(query)
	);
}
beforeEach(() => {
	vi.restoreAllMocks();
});

describe('the time line', () => {
	it('moves by keys and says the stage', async () => {
		askForLess(false);
		const view = await render(MapFixture, {});
		const line = slider(view);
		await expect.element(line).toHaveAttribute('aria-valuetext', 'Stage 1 of 8: Binary units, 0 %');
		(line.element() as HTMLElement).focus();
		await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
		expect(text(view, 'progress')).toBe('0.300');
		await userEvent.keyboard('{ArrowLeft}');
		await expect.element(line).toHaveAttribute('aria-valuetext', 'Stage 1 of 8: Binary units, 20 %');
		await userEvent.keyboard('{End}');
		await expect.element(line).toHaveAttribute('aria-valuetext', 'Stage 8 of 8: Levels and decay rates');
		await userEvent.keyboard('{Home}');
		expect(text(view, 'progress')).toBe('0.000');
	});

	it('glides to the next stage by Page keys and to any stage by its name', async () => {
		askForLess(false);
		const view = await render(MapFixture, { progress: 1.4 });
		(slider(view).element() as HTMLElement).focus();
		await userEvent.keyboard('{PageUp}');
		await expect.poll(() => text(view, 'progress'), patient).toBe('2.000');
		await userEvent.keyboard('{PageDown}');
		await expect.poll(() => text(view, 'progress'), patient).toBe('1.000');
		await view.getByRole('button', { name: 'Stage 4 of 8: Shift' }).click();
		await expect.poll(() => text(view, 'progress'), patient).toBe('4.000');
		expect(text(view, 'playing')).toBe('false');
	}, 90_000);

	it('announces each stage and what to see', async () => {
		askForLess(false);
		const view = await render(MapFixture, { progress: 4 });
		const live = view.container.querySelector('[aria-live="polite"]')!;
		for (const [p, k] of [
			[0.5, 1],
			[2.2, 3],
			[7.5, 8]
		]) {
			await view.rerender({ progress: p });
			// indices are set as shifted pieces of plain characters
			expect(live.querySelector('.name')!.textContent).toContain(
				mapWords.stages[k - 1].short === 'rotate' ? 'Rotation' : mapWords.stages[k - 1].name
			);
			expect(live.querySelector('.see')!.textContent!.length).toBeGreaterThan(40);
			await expect
				.element(view.getByRole('img'))
				.toHaveAccessibleName(new RegExp(`^${mapWords.stages[k - 1].name}`));
		}
	});
});

describe('the tour', () => {
	it('plays, pauses where it is, and goes backwards', async () => {
		askForLess(false);
		const view = await render(MapFixture, { progress: 2.1 });
		await view.getByRole('button', { name: 'Play' }).click();
		await expect.poll(() => Number(text(view, 'progress')), patient).toBeGreaterThan(2.3);
		await view.getByRole('button', { name: 'Pause' }).click();
		const paused = text(view, 'progress');
		await frames(6);
		expect(text(view, 'progress')).toBe(paused);
		await view.getByRole('button', { name: 'Backwards' }).click();
		await expect.poll(() => Number(text(view, 'progress')), patient).toBeLessThan(Number(paused) - 0.1);
	});

	it('goes on where its progress is kept rounded, and loops', () => {
		const player = new MapPlayer();
		let p = player.run(1, 2);
		const advance = (seconds: number) => {
			for (let k = 0; k < seconds * 60; k++) p = Math.round(100 * player.advance(p, 1 / 60)) / 100;
		};
		advance(4.9);
		expect(p).toBe(3);
		advance(30);
		expect(p).toBe(8);
		expect(player.running).toBe(0);
		player.loop = true;
		p = player.run(1, 7);
		advance(5 + 5 + 4);
		expect(p).toBeLessThan(2);
		expect(player.running).toBe(1);
		p = player.run(-1, 1);
		advance(6);
		expect(p).toBe(0);
		expect(player.running).toBe(0);
	});

	it('is over as soon as the slider is taken', async () => {
		askForLess(false);
		const view = await render(MapFixture, { progress: 3.1, playing: true });
		await expect.poll(() => Number(text(view, 'progress')), patient).toBeGreaterThan(3.15);
		(slider(view).element() as HTMLElement).focus();
		await userEvent.keyboard('{ArrowRight}');
		const taken = text(view, 'progress');
		await frames(6);
		expect(text(view, 'progress')).toBe(taken);
		expect(text(view, 'playing')).toBe('false');
	});

	it('steps stage by stage, without a tween and without shaking, for who asks for less motion', async () => {
		askForLess(true);
		const view = await render(MapFixture, { progress: 0 });
		for (const k of [1, 2, 3]) {
			await view.getByRole('button', { name: 'Next stage' }).click();
			expect(text(view, 'progress')).toBe(`${k}.000`);
		}
		(slider(view).element() as HTMLElement).focus();
		await userEvent.keyboard('{ArrowRight}');
		expect(text(view, 'progress')).toBe('4.000');
		await view.getByRole('button', { name: 'Stage 7 of 8: Springs' }).click();
		expect(text(view, 'progress')).toBe('7.000');
		await expect.element(view.getByRole('checkbox', { name: mapWords.shake })).not.toBeChecked();
		const masses = () =>
			[...view.container.querySelectorAll('svg circle')].map((c) => c.getAttribute('cy')).join();
		const still = masses();
		await frames(10);
		expect(masses()).toBe(still);
	});

	it('shakes its masses otherwise', async () => {
		askForLess(false);
		const view = await render(MapFixture, { progress: 7 });
		const masses = () =>
			[...view.container.querySelectorAll('svg circle')].map((c) => c.getAttribute('cy')).join();
		const start = masses();
		await expect.poll(masses).not.toBe(start);
	});
});

describe('what is pointed at', () => {
	it('lights by focus, is held by a press, and let go by another', async () => {
		askForLess(false);
		const view = await render(MapFixture, { progress: 2 });
		const unit = view.getByRole('button', { name: /^Visible unit 2,/ });
		await unit.click();
		expect(text(view, 'hot')).toBe('unit 1');
		await expect.element(unit).toHaveAttribute('aria-pressed', 'true');
		await unit.click();
		await view.getByRole('button', { name: 'Next less likely state' }).click();
		expect(text(view, 'hot')).toMatch(/^state \d+$/);
	});

	it('chooses the mode whose plane is shown', async () => {
		askForLess(false);
		const view = await render(MapFixture, { progress: 3 });
		await view.getByRole('button', { name: /^Mode 2, λ = 1\.40/ }).click();
		expect(text(view, 'hot')).toBe('mode 1');
		expect(text(view, 'mode')).toBe('1');
	});

	it('lights what comes from outside', async () => {
		askForLess(false);
		const view = await render(MapFixture, { progress: 0.5, given: { kind: 'unit', index: 4 } });
		await expect
			.element(view.getByRole('button', { name: /^Hidden unit 1,/ }))
			.toHaveAttribute('aria-pressed', 'true');
		expect(view.container.querySelectorAll('.halo').length).toBe(1);
	});

	it('shows the same energy in all frames, to twelve decimals', async () => {
		askForLess(true);
		const view = await render(MapFixture, { progress: 4 });
		await view.getByRole('button', { name: 'Next less likely state' }).click();
		const values = [...view.container.querySelectorAll('dd')].map((e) => e.textContent!.trim());
		expect(values.length).toBe(3);
		expect(values[0]).toMatch(/^−?\d+\.(\d{3}\s?){4}$/);
		expect(new Set(values).size).toBe(1);
	});
});

describe('the table', () => {
	it('holds the springs with the numbers of theory', async () => {
		askForLess(true);
		const view = await render(MapFixture, { progress: 7, coupling: 3 });
		await userEvent.click(view.container.querySelector('summary')!);
		const row = [...view.container.querySelectorAll('tbody tr')][0];
		const cells = [...row.querySelectorAll('td')].map((e) => e.textContent);
		expect(cells.slice(0, 4)).toEqual(['1', 'stiff', '3.000', '3.500']);
	});
});
