// How a figure's files leave the page: what the site's layout hands to every figure below it, so that charts know
// neither downloads nor file formats of other rooms.
import { getContext, setContext } from 'svelte';

/** An array to be saved: its numbers, row by row, and its shape. */
export interface NamedArray {
	readonly data: Float32Array | Float64Array | Int32Array | Uint8Array | Uint32Array;
	readonly shape: readonly number[];
}
/** Arrays by name, and sentences about them (`readme` entries) as text. */
export type ArraySet = Readonly<Record<string, NamedArray | string>>;

export interface FigureFiles {
	/** the site's version, for the source line */
	readonly version: string;
	/** address of the state that is shown */
	readonly address: () => string;
	/** hands a file to the visitor */
	readonly save: (name: string, body: Blob | string, type?: string) => void;
	/** an .npz archive */
	readonly npz: (arrays: ArraySet) => Promise<Blob>;
}

const key = Symbol('figure files');

/** Sets where files of all figures below the component that calls this go. */
export function setFigureFiles(files: FigureFiles): void {
	setContext(key, files);
}

/** Null where nothing was set: figures then have no menu. */
export function getFigureFiles(): FigureFiles | null {
	return getContext<FigureFiles | undefined>(key) ?? null;
}

/** A file's name from a title: letters, digits and hyphens. */
export function fileName(title: string, ending: string): string {
	const plain = title
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '')
		.toLowerCase();
	return `${plain.slice(0, 60) || 'figure'}.${ending}`;
}
