// The clouds of points inside a figure, told by the canvases that draw them, so that the figure's menu can save them.
import { getContext, setContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { ArraySet, NamedArray } from './figureFiles';

/** What a canvas draws: `count` points of `stride` numbers, the first two being x and y. */
export interface CloudOf {
	readonly points: ArrayLike<number>;
	readonly count: number;
	readonly stride: number;
	readonly name: string;
}

const key = Symbol('figure clouds');
export type FigureClouds = SvelteMap<symbol, () => CloudOf>;

export function createFigureClouds(): FigureClouds {
	return setContext(key, new SvelteMap<symbol, () => CloudOf>());
}

export function getFigureClouds(): FigureClouds | null {
	return getContext<FigureClouds | undefined>(key) ?? null;
}

/** All clouds as float64 arrays [points, stride], named cloud_1, cloud_2, … or by their own names. */
export function cloudArrays(clouds: FigureClouds): ArraySet {
	const out: Record<string, NamedArray> = {};
	for (const read of clouds.values()) {
		const { points, count, stride, name } = read();
		const plain = name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
		let label = plain || `cloud_${Object.keys(out).length + 1}`;
		if (label in out) label += `_${Object.keys(out).length + 1}`;
		const data = new Float64Array(count * stride);
		for (let i = 0; i < data.length; i++) data[i] = points[i];
		out[label] = { data, shape: [count, stride] };
	}
	return out;
}
