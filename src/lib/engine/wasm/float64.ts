// Our float64 SIMD module with a memory of its own (wasm/svd.as, wasm/enumerate.as): for work that no tensor holds, on
// every backend, on one thread. Its few kilobytes are part of the script, so that it starts at once.
import moduleUrl from './svd.wasm?url&inline';

/** What the module exports; numbers are counts and pointers. */
interface Exports {
	svdScratch(rows: number, cols: number): number;
	svdBatch(
		...numbers: readonly [
			...[count: number, rows: number, cols: number, x: number, u: number, s: number, v: number],
			...[floor: number, tolerance: number, scratch: number]
		]
	): void;
	svdOne(
		...numbers: readonly [
			...[rows: number, cols: number, x: number, u: number, s: number, v: number],
			...[floor: number, tolerance: number, scratch: number]
		]
	): number;
	enumerateScratch(units: number, hidden: number, inner: number, energy: number): number;
	enumerateStates(...numbers: readonly number[]): void;
}

export interface Float64Module {
	readonly exports: Exports;
	readonly memory: WebAssembly.Memory;
}

const PAGE = 65_536;
/** A memory beyond this is given back when the call is over. */
const KEEP_BYTES = 96 * 2 ** 20;

/** undefined: not tried yet; null: this browser cannot. */
let loaded: Float64Module | null | undefined;

function start(): Float64Module | null {
	try {
		const binary = atob(moduleUrl.slice(moduleUrl.indexOf(',') + 1));
		const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
		const memory = new WebAssembly.Memory({ initial: 1 });
		const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
		return { exports: instance.exports as unknown as Exports, memory };
	} catch {
		return null;
	}
}

/** The module with at least `bytes` bytes of memory, or null. */
export function moduleWith(bytes: number): Float64Module | null {
	if (loaded === undefined) loaded = start();
	const missing = loaded ? bytes - loaded.memory.buffer.byteLength : 0;
	if (loaded && missing > 0) loaded.memory.grow(Math.ceil(missing / PAGE));
	return loaded;
}

/** Ends a call: an instance that has grown large goes, for a memory never shrinks. */
export function release(): void {
	if (loaded && loaded.memory.buffer.byteLength > KEEP_BYTES) loaded = undefined;
}

/** Places of consecutive arrays of so many bytes, multiples of 64, and their end. */
export function places(...bytes: number[]): number[] {
	let at = 0;
	return [0, ...bytes].map((size) => (at += Math.ceil(size / 64) * 64));
}
