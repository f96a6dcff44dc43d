// Figures of chapters 6 to 8 as a visitor has them: the tables behind them hold theory's numbers to display precision,
// and everything that is dragged or clicked answers to the keyboard.
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../src/app.css';
import { formatNumber } from '../../../src/lib/charts/numbers';
import { lineModes } from '../../../src/lib/session/theoryJobLine';
import en6 from '../../../src/lib/story/text/en/06-fokker-planck';
import en7 from '../../../src/lib/story/text/en/07-schrodinger';
import en8 from '../../../src/lib/story/text/en/08-oscillators';
import CouplingMatrix from '../../../src/lib/views/story/CouplingMatrix.svelte';
import DistancePlot from '../../../src/lib/views/story/DistancePlot.svelte';
import LandauWells from '../../../src/lib/views/story/LandauWells.svelte';
import LevelLadder from '../../../src/lib/views/story/LevelLadder.svelte';
import Levels from '../../../src/lib/views/story/Levels.svelte';
import LineStage from '../../../src/lib/views/story/LineStage.svelte';
import type { LineRun } from '../../../src/lib/views/story/lineRun.svelte';
import { HEIGHTS, startProbabilities, type LineStart } from '../../../src/lib/views/story/lineStart';
import { lineTerms, sumTerms, totalVariation } from '../../../src/lib/views/story/lineTerms';
import Softening from '../../../src/lib/views/story/Softening.svelte';
import SpringModes from '../../../src/lib/views/story/SpringModes.svelte';
import { springsOf } from '../../../src/lib/views/story/springs';
import { softVariance, wellShape, type Well } from '../../../src/lib/views/story/softWell';
import TermBars from '../../../src/lib/views/story/TermBars.svelte';
import { wellGenerator } from '../../../src/lib/views/story/wellGenerator';

/** A run that is solved already, here instead of in the worker. */
function solved(well: Well, start: LineStart): LineRun {
	const shape = wellShape(well);
	const generator = wellGenerator(well, shape);
	const answer = lineModes({
		axis: generator.axes[0],
		potential: generator.potential,
		diffusion: generator.diffusion
	});
	const terms = lineTerms(generator, answer.modes, startProbabilities(generator, start));
	const run = { solution: { well, shape, generator, solved: answer }, terms, otherTerms: null, cloud: null };
	return { ...run, error: '' } as unknown as LineRun;
}

const well: Well = { name: 'gaussian', lambda: 2, beta: 1, units: 8 };
const bump: LineStart = { kind: 'bump', at: -1.4, drawn: [] };

/** Cells of the table behind a chart, row by row, after opening it. */
async function cells(container: Element): Promise<string[][]> {
	const summary = container.querySelector('details summary') as HTMLElement;
	await userEvent.click(summary);
	await vi.waitFor(() => expect(container.querySelector('tbody tr')).not.toBeNull());
	return [...container.querySelectorAll('tbody tr')].map((row) =>
		[...row.children].map((c) => c.textContent ?? '')
	);
}

describe('tables', () => {
	it('of the distance hold the total variation', async () => {
		const run = solved(well, bump);
		const { container } = await render(DistancePlot, { run, time: 0, horizon: 3, words: en6.figure });
		const rows = await cells(container);
		expect(rows).toHaveLength(61);
		for (const k of [0, 20, 60]) {
			const exact = totalVariation(sumTerms(run.terms!, (3 * k) / 60), run.terms!.generator.stationary);
			expect(rows[k][1]).toBe(formatNumber(exact, 4));
		}
	});

	it('of the levels hold energies, rates and the exact ones', async () => {
		const run = solved(well, bump);
		const { container } = await render(Levels, {
			run,
			words: en7.figure,
			on: 255,
			focus: null,
			onfocus: () => {}
		});
		const rows = await cells(container);
		const { rates, energies } = run.solution!.solved.modes;
		for (const n of [1, 4, 7]) {
			expect(rows[n].slice(0, 4)).toEqual([
				`${n}`,
				formatNumber(energies[n], 4),
				formatNumber(rates[n], 4),
				`${n}`
			]);
		}
	});

	it('of the softening and of the wells hold theory’s values', async () => {
		const soft = await render(Softening, {
			coupling: 2,
			units: 8,
			words: en8.figure,
			revealed: true,
			guess: null
		});
		const charts = soft.container.querySelectorAll('figure');
		const rows = await cells(charts[1]);
		// βλ = 4 is row 80 of 111: the machine is finite, the oscillator has no value
		expect(rows[80][1]).toBe(formatNumber(softVariance({ lambda: 4, beta: 1, units: 8 }), 4));
		expect(rows[80][2]).toBe('–');
		expect(rows[40][2]).toBe(formatNumber(0.5, 4));

		const wells = await render(LandauWells, { coupling: 5, units: 8, words: en8.figure });
		// Landau: w* = √3, barrier ¾ kT
		await expect.element(wells.getByText(/±1\.732.*0\.750/)).toBeInTheDocument();
	});

	it('hide the variance while its question is open', async () => {
		const { container } = await render(Softening, {
			coupling: 2,
			units: 8,
			words: en8.figure,
			revealed: false,
			guess: null
		});
		expect(container.querySelectorAll('figure')).toHaveLength(1);
		expect(container.textContent).toContain(en8.figure.varianceHidden);
	});
});

describe('by keyboard', () => {
	it('bars switch their terms', async () => {
		const ontoggle = vi.fn();
		const run = solved(well, bump);
		const { getByRole, container } = await render(TermBars, {
			terms: run.terms,
			time: 0.2,
			on: 255,
			words: en7.figure,
			focus: null,
			ontoggle,
			onfocus: () => {}
		});
		const bar = getByRole('button', { name: /^Term 3:/ });
		await expect.element(bar).toHaveAttribute('aria-pressed', 'true');
		(bar.element() as HTMLElement).focus();
		await userEvent.keyboard(' ');
		expect(ontoggle).toHaveBeenCalledExactlyOnceWith(3);
		const rows = await cells(container);
		const left = Math.abs(run.terms!.coefficients[3]) * Math.exp(-0.2 * run.terms!.modes.rates[3]);
		expect(rows[3][3]).toBe(formatNumber(left, 4));
	});

	it('a drawn start takes a height, and the next one is an arrow away', async () => {
		const onmove = vi.fn();
		const drawn = Array.from({ length: HEIGHTS }, () => 0.5);
		const start: LineStart = { kind: 'drawn', at: 0, drawn };
		const { getByRole } = await render(LineStage, {
			run: solved(well, start),
			start,
			time: 0,
			words: en6.figure,
			onmove
		});
		const middle = getByRole('slider', { name: 'Height at w = 0.00' });
		(middle.element() as HTMLElement).focus();
		await userEvent.keyboard('{ArrowUp}');
		expect(onmove.mock.lastCall?.[0].drawn[8]).toBeCloseTo(0.55, 9);
		await userEvent.keyboard('{ArrowRight}');
		await expect.element(getByRole('slider', { name: 'Height at w = 0.50' })).toHaveFocus();
	});

	it('a bump is moved along the axis', async () => {
		const onmove = vi.fn();
		const { getByRole } = await render(LineStage, {
			run: solved(well, bump),
			start: bump,
			time: 0,
			words: en6.figure,
			onmove
		});
		(getByRole('slider', { name: 'Start' }).element() as HTMLElement).focus();
		await userEvent.keyboard('{ArrowRight}');
		expect(onmove).toHaveBeenLastCalledWith({ at: -1.35 });
	});

	it('modes are picked one by one, and rungs of the ladder say what they hold', async () => {
		const springs = springsOf({
			recipe: {
				N: 4,
				M: 3,
				singularValues: [2, 2, 1],
				rest: 0,
				bias: 'balanced',
				biasScale: 0,
				seed: 4
			},
			beta: 1,
			closure: 'gaussian'
		});
		const onpick = vi.fn();
		const modes = await render(SpringModes, { springs, pick: 1, words: en8.figure, onpick });
		const row = modes.getByRole('slider', { name: en8.figure.modesSlider });
		await expect
			.element(row)
			.toHaveAttribute('aria-valuetext', expect.stringMatching(/^soft mode w.*ω = 1\.00/));
		(row.element() as unknown as HTMLElement).focus();
		await userEvent.keyboard('{ArrowRight}');
		expect(onpick).toHaveBeenLastCalledWith(2);
		await userEvent.keyboard('{Escape}');
		expect(onpick).toHaveBeenLastCalledWith(-1);

		const ladder = await render(LevelLadder, { springs, words: en8.figure });
		const rungs = ladder.getByRole('slider', { name: en8.figure.ladderSlider });
		(rungs.element() as unknown as HTMLElement).focus();
		await userEvent.keyboard('{End}{Home}{ArrowUp}');
		await expect
			.element(rungs)
			.toHaveAttribute(
				'aria-valuetext',
				expect.stringMatching(/^E = 1\.00, Γ = 2\.00; states: 2 \(w., w.\)/)
			);
	});

	it('K shows both readings of the first level', async () => {
		const springs = springsOf({
			recipe: {
				N: 4,
				M: 3,
				singularValues: [2.6, 1.6, 0.7],
				rest: 0,
				bias: 'uniform',
				biasScale: 2,
				seed: 4
			},
			beta: 1,
			closure: 'entropic'
		});
		const { container } = await render(CouplingMatrix, { springs, words: en8.figure });
		const shown = [...container.querySelectorAll('dd')].map((d) => d.textContent);
		const diagonal = Math.min(...springs.names.map((_, k) => springs.matrix[k * 8] / 2));
		expect(shown).toEqual([formatNumber(springs.springs[0].frequency, 4), formatNumber(diagonal, 4)]);
	});
});
