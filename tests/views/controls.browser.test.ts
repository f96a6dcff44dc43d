// The generic controls by keyboard and pointer: values, units, bounds, undo-sized commits, and their names for speech.
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import NumberField from '../../src/lib/controls/NumberField.svelte';
import PlayBar from '../../src/lib/controls/PlayBar.svelte';
import Segmented from '../../src/lib/controls/Segmented.svelte';
import Select from '../../src/lib/controls/Select.svelte';
import Slider from '../../src/lib/controls/Slider.svelte';
import ThemeSwitch from '../../src/lib/controls/ThemeSwitch.svelte';
import Toggle from '../../src/lib/controls/Toggle.svelte';

/** WCAG 2.2, 2.5.8: at least 24 by 24 CSS px. */
function expectTarget(element: Element) {
	const box = element.getBoundingClientRect();
	expect(box.width).toBeGreaterThanOrEqual(24);
	expect(box.height).toBeGreaterThanOrEqual(24);
}

describe('Slider', () => {
	it('steps by keys, says its value with the unit, and commits once let go', async () => {
		const oninput = vi.fn();
		const onchange = vi.fn();
		const { getByRole } = await render(Slider, {
			label: 'Coupling',
			value: 3,
			min: 1,
			max: 6,
			step: 0.5,
			unit: 'kT',
			oninput,
			onchange
		});
		const slider = getByRole('slider', { name: 'Coupling' });
		await expect.element(slider).toHaveAttribute('aria-valuetext', '3 kT');
		(slider.element() as HTMLElement).focus();
		await userEvent.keyboard('{ArrowRight}');
		expect(oninput).toHaveBeenLastCalledWith(3.5);
		expect(onchange).toHaveBeenLastCalledWith(3.5);
		await expect.element(getByRole('status')).toHaveTextContent('3.5 kT');
		expectTarget(slider.element());
	});

	it('spaces a logarithmic range evenly in powers and reaches both ends', async () => {
		const oninput = vi.fn();
		const { getByRole } = await render(Slider, {
			label: 'Rate',
			value: 0.01,
			min: 1e-4,
			max: 1,
			log: true,
			oninput
		});
		const slider = getByRole('slider', { name: 'Rate' });
		expect((slider.element() as HTMLInputElement).valueAsNumber).toBe(200);
		(slider.element() as HTMLElement).focus();
		await userEvent.keyboard('{End}');
		expect(oninput).toHaveBeenLastCalledWith(1);
		await userEvent.keyboard('{Home}');
		expect(oninput).toHaveBeenLastCalledWith(1e-4);
	});
});

describe('NumberField', () => {
	it('takes what is in range and says in a sentence what is not', async () => {
		const onchange = vi.fn();
		const { getByRole } = await render(NumberField, {
			label: 'Hidden units',
			value: 16,
			min: 1,
			max: 1024,
			integer: true,
			onchange
		});
		const field = getByRole('spinbutton', { name: 'Hidden units' });
		await userEvent.fill(field, '32');
		await userEvent.keyboard('{Enter}');
		expect(onchange).toHaveBeenCalledExactlyOnceWith(32);
		await userEvent.fill(field, '5000');
		await userEvent.keyboard('{Enter}');
		await expect.element(getByRole('alert')).toHaveTextContent('Between 1 and 1024, please.');
		await expect.element(field).toHaveAttribute('aria-invalid', 'true');
		expect(onchange).toHaveBeenCalledTimes(1);
		await userEvent.keyboard('{Escape}');
		await expect.element(field).toHaveValue(32);
		await expect.element(field).not.toHaveAttribute('aria-invalid');
		await userEvent.fill(field, '2.5');
		await userEvent.keyboard('{Enter}');
		await expect.element(getByRole('alert')).toHaveTextContent('A whole number, please.');
		expectTarget(field.element());
	});
});

describe('choices', () => {
	it('selects by name', async () => {
		const onchange = vi.fn();
		const { getByLabelText } = await render(Select, {
			label: 'Algorithm',
			value: 'cd',
			options: [
				{ value: 'cd', label: 'CD-k' },
				{ value: 'pcd', label: 'PCD-k' }
			],
			onchange
		});
		await userEvent.selectOptions(getByLabelText('Algorithm'), 'PCD-k');
		expect(onchange).toHaveBeenCalledExactlyOnceWith('pcd');
	});

	it('moves along a bar by arrow keys', async () => {
		const onchange = vi.fn();
		const { getByRole } = await render(Segmented, {
			label: 'Plane',
			value: 'xy',
			options: [
				{ value: 'xy', label: 'x, y' },
				{ value: 'uw', label: 'u, w' }
			],
			onchange
		});
		const first = getByRole('radio', { name: 'x, y' });
		await expect.element(first).toBeChecked();
		(first.element() as HTMLElement).focus();
		await userEvent.keyboard('{ArrowRight}');
		expect(onchange).toHaveBeenCalledExactlyOnceWith('uw');
		await expect.element(getByRole('radio', { name: 'u, w' })).toBeChecked();
		expectTarget(first.element());
	});

	it('switches by space', async () => {
		const onchange = vi.fn();
		const { getByRole } = await render(Toggle, { label: 'Estimate', checked: false, onchange });
		const toggle = getByRole('switch', { name: 'Estimate' });
		(toggle.element() as HTMLElement).focus();
		await userEvent.keyboard(' ');
		expect(onchange).toHaveBeenCalledExactlyOnceWith(true);
		await expect.element(toggle).toBeChecked();
		expectTarget(toggle.element());
	});
});

describe('PlayBar', () => {
	it('plays, pauses and steps, and says where the run is', async () => {
		const [onplay, onpause, onstep, onreset, onspeed] = Array.from({ length: 5 }, () => vi.fn());
		const props = {
			playing: false,
			onplay,
			onpause,
			onstep,
			onreset,
			onspeed,
			speed: 1,
			speeds: [
				{ value: 1, label: '1×' },
				{ value: 10, label: '10×' }
			],
			status: 'step 12 of 40'
		};
		const { getByRole, getByText, rerender } = await render(PlayBar, props);
		await userEvent.click(getByRole('button', { name: 'Play' }));
		expect(onplay).toHaveBeenCalledOnce();
		await userEvent.click(getByRole('button', { name: 'Step' }));
		expect(onstep).toHaveBeenCalledOnce();
		await userEvent.click(getByRole('button', { name: 'Reset' }));
		expect(onreset).toHaveBeenCalledOnce();
		await userEvent.click(getByRole('radio', { name: '10×' }));
		expect(onspeed).toHaveBeenCalledExactlyOnceWith(10);
		await expect.element(getByText('step 12 of 40')).toBeVisible();
		await rerender({ ...props, playing: true });
		await userEvent.click(getByRole('button', { name: 'Pause' }));
		expect(onpause).toHaveBeenCalledOnce();
		await expect.element(getByRole('button', { name: 'Step' })).toBeDisabled();
	});
});

describe('ThemeSwitch', () => {
	it('sets the theme on the page, keeps it, and gives it back to the system', async () => {
		const root = document.documentElement;
		const { getByLabelText } = await render(ThemeSwitch);
		const ground = () => getComputedStyle(document.body).backgroundColor;
		await userEvent.selectOptions(getByLabelText('Theme'), 'Dark');
		expect(root.dataset.theme).toBe('dark');
		expect(localStorage.getItem('reciprocal:theme')).toBe('dark');
		const dark = ground();
		await userEvent.selectOptions(getByLabelText('Theme'), 'Projector');
		expect(ground()).toBe('rgb(255, 255, 255)');
		expect(getComputedStyle(root).fontSize).toBe('24px');
		expect(dark).not.toBe(ground());
		await userEvent.selectOptions(getByLabelText('Theme'), 'System');
		expect(root.dataset.theme).toBeUndefined();
		expect(localStorage.getItem('reciprocal:theme')).toBeNull();
	});
});
