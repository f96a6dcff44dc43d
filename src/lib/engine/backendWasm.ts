// Starts tfjs's wasm backend and our SIMD module in its heap: files by URL, so that any base path works, and as many
// threads as there are cores when the page is cross-origin isolated.
import { engine, env, setBackend } from '@tensorflow/tfjs-core';
import { setThreadsCount, setWasmPaths, type BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { loadSimd, type Simd } from './wasm/module';

/** Beyond this many threads a product of the sizes used here gains nothing. */
const MAX_THREADS = 8;

let simd: Simd | null = null;
let threads = 1;

/**
 * Runs `start` while the machine claims `cores` cores: tfjs takes at most half of what `navigator` tells, which on a
 * machine of two is one, whatever `setThreadsCount` asked for.
 */
async function claiming<T>(cores: number, start: () => Promise<T>): Promise<T> {
	const { navigator } = globalThis;
	Object.defineProperty(navigator, 'hardwareConcurrency', { value: cores, configurable: true });
	try {
		return await start();
	} finally {
		// The property proper lies on the prototype.
		delete (navigator as { hardwareConcurrency?: number }).hardwareConcurrency;
	}
}

/** Makes the backend current and says, in a sentence, in which form it runs. Throws when it does not start. */
export async function startWasm(wantedThreads?: number): Promise<string> {
	if (typeof WebAssembly === 'undefined') throw new Error('this browser has no WebAssembly.');
	setWasmPaths({
		'tfjs-backend-wasm.wasm': plainUrl,
		'tfjs-backend-wasm-simd.wasm': simdUrl,
		'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl
	});
	const wanted = Math.max(
		1,
		Math.min(wantedThreads ?? globalThis.navigator.hardwareConcurrency, MAX_THREADS)
	);
	const isolated = globalThis.crossOriginIsolated === true;
	const hasSimd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
	const threaded =
		hasSimd && wanted > 1 && isolated && (await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'));
	// A page that is not isolated may still pass tfjs's own test of a SharedArrayBuffer; then its threads would hang.
	if (!threaded) env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
	setThreadsCount(wanted);
	const start = () => setBackend('wasm');
	if (!(await (threaded ? claiming(2 * wanted, start) : start())))
		throw new Error('tfjs could not start it.');
	simd = hasSimd ? await loadSimd(engine().backend as BackendWasm, threaded ? wanted : 1) : null;
	threads = threaded ? wanted : 1;
	const form = hasSimd ? 'with SIMD' : 'without SIMD';
	const ours = simd ? '' : ', without kernels of our own';
	if (threaded) return `WebAssembly ${form} on ${wanted} threads${ours}.`;
	return `WebAssembly ${form} on one thread${isolated ? '' : ' (the page is not cross-origin isolated)'}${ours}.`;
}

/** Threads in use; 1 before the backend has started. */
export function wasmThreads(): number {
	return threads;
}

/** Ends our threads; tfjs ends its own when the backend is removed. */
export function stopWasm(): void {
	simd?.dispose();
	simd = null;
}
