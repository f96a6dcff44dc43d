// What the marks of one plot share besides LayerCake's scales: room asked for at the right edge, the lines that
// the cursor reads, and the cursor itself.
import { getContext, setContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { Series } from './series';

const key = Symbol('plot');

export class PlotState {
	/** px that marks need beyond the right edge for their labels, by mark */
	readonly room = new SvelteMap<string, number>();
	/** the lines that the cursor reads, by mark */
	readonly lines = new SvelteMap<string, readonly Series[]>();
	/** where the cursor stands, in x; null when there is none */
	cursor = $state<number | null>(null);

	get right(): number {
		return Math.max(0, ...this.room.values());
	}
	get series(): Series[] {
		return [...this.lines.values()].flat();
	}
}

export function createPlot(): PlotState {
	return setContext(key, new PlotState());
}

export function getPlot(): PlotState {
	return getContext<PlotState>(key);
}
