// Which tfjs backend computes: chosen by trying, switched on request, and recovered when a GPU device is lost.
// Order: webgpu on a real adapter, then wasm, then cpu. Runs in a module worker; never touches `window`.
import {
	engine,
	env,
	findBackend,
	matMul,
	removeBackend,
	setBackend,
	tensor2d,
	tidy,
	zeros,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { keyFromSeed } from '$lib/random/key';
import { fillRow, paddedLength, uniformOf } from '$lib/random/philox';
import { sampleUnits } from './kernels/sampleUnits';
import { registerKernels } from './kernels/registerAll';
import { startWasm, stopWasm, wasmThreads } from './backendWasm';
import { destroyDevice, startWebGPU, webgpuDone } from './backendWebgpu';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** One backend that was tried: whether it computes here and, in a sentence, why or why not. */
export interface Attempt {
	readonly name: BackendName;
	readonly ok: boolean;
	readonly why: string;
}

/** The backend in use. */
export interface BackendChoice {
	readonly name: BackendName;
	/** one sentence for the screen */
	readonly reason: string;
	/** everything tried before and including this one, in order */
	readonly tried: readonly Attempt[];
	/** threads of the wasm backend; 1 elsewhere */
	readonly threads: number;
}

export interface BackendOptions {
	/** names to try, in this order; default webgpu, wasm, cpu */
	readonly order?: readonly BackendName[];
	/** accept a software WebGPU adapter, forty times slower than wasm: for tests and on request only */
	readonly allowSoftware?: boolean;
	/** wasm threads wanted when the page is cross-origin isolated; default every core, at most 8 */
	readonly threads?: number;
}

/** What was lost: a device that went away, or one that reported an error and cannot be trusted any more. */
export interface BackendLoss {
	readonly name: BackendName;
	readonly kind: 'lost' | 'error';
	readonly message: string;
}

export const DEFAULT_ORDER: readonly BackendName[] = ['webgpu', 'wasm', 'cpu'];

/** Longest wait for a backend to start: some drivers and blocked downloads never answer. */
const START_TIMEOUT_MS = 20_000;

let choice: BackendChoice | null = null;
let loss: BackendLoss | null = null;
const listeners = new Set<(loss: BackendLoss) => void>();

function lose(event: BackendLoss): void {
	// The first report is the cause; what follows on a dead device is noise. A device we left is no news.
	if (loss || choice?.name !== event.name) return;
	loss = event;
	for (const listener of [...listeners]) listener(event);
}

function within<T>(promise: Promise<T>, what: string): Promise<T> {
	let timer: ReturnType<typeof setTimeout>;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(
			() => reject(new Error(`${what} did not answer in ${START_TIMEOUT_MS / 1000} s.`)),
			START_TIMEOUT_MS
		);
	});
	return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/**
 * A product with a known result and a draw whose bits are known, read back: a backend that starts but does not
 * compute, or whose compiler breaks the generator, is found out here.
 */
async function selfTest(): Promise<void> {
	const draw = { key: keyFromSeed(1), counter: 1 };
	const words = new Uint32Array(paddedLength(5));
	fillRow(words, 5, 1, draw.key, draw.counter);
	const [product, bits] = tidy((): [Tensor2D, Tensor2D] => {
		const a = tensor2d([1, 2, 3, 4], [2, 2]);
		return [matMul(a, a), sampleUnits(zeros([2, 5]), zeros([5]), 1, draw)];
	});
	try {
		const products = await product.data();
		if ([7, 10, 15, 22].some((expected, i) => products[i] !== expected)) {
			throw new Error(`it gives ${[...products].join(', ')} for a product that is 7, 10, 15, 22.`);
		}
		const drawn = (await bits.data()).slice(5);
		if (drawn.some((bit, i) => bit !== (uniformOf(words[i]) < 0.5 ? 1 : 0))) {
			throw new Error('its random numbers are not those of the generator.');
		}
	} finally {
		product.dispose();
		bits.dispose();
	}
}

async function start(name: BackendName, options: BackendOptions): Promise<string> {
	registerKernels();
	env().set('WEBGPU_CPU_FORWARD', false);
	let why: string;
	if (name === 'webgpu') why = await startWebGPU(options.allowSoftware ?? false, lose);
	else if (name === 'wasm') why = await startWasm(options.threads);
	else why = 'plain JavaScript, the slowest, computes everywhere.';
	if (name !== 'wasm' && !(await setBackend(name))) throw new Error('tfjs could not start it.');
	await selfTest();
	return why;
}

/** Tries the backends in order and makes the first that computes current. Throws when none does. */
export async function chooseBackend(options: BackendOptions = {}): Promise<BackendChoice> {
	const tried: Attempt[] = [];
	for (const name of options.order ?? DEFAULT_ORDER) {
		try {
			const why = await within(start(name, options), name);
			tried.push({ name, ok: true, why });
			const failures = tried.filter((attempt) => !attempt.ok);
			const reason = [`${name}: ${why}`, ...failures.map((f) => `Not ${f.name}: ${f.why}`)].join(' ');
			loss = null;
			choice = { name, reason, tried, threads: name === 'wasm' ? wasmThreads() : 1 };
			return choice;
		} catch (error) {
			tried.push({ name, ok: false, why: error instanceof Error ? error.message : String(error) });
		}
	}
	throw new Error(`No backend computes here. ${tried.map((t) => `${t.name}: ${t.why}`).join(' ')}`);
}

/**
 * Makes one named backend current, or throws with the reason why it cannot be (the old one then stays current).
 * Tensors of the old backend are NOT carried over: read what you need first (`checkpointTraining`, `readModel`),
 * dispose, switch, then make it anew.
 */
export async function useBackend(name: BackendName, options: BackendOptions = {}): Promise<BackendChoice> {
	const before = choice;
	try {
		return await chooseBackend({ ...options, order: [name] });
	} catch (error) {
		if (before && !loss) await setBackend(before.name);
		throw error;
	}
}

/** The backend in use, or null before the first choice. */
export function currentBackend(): BackendChoice | null {
	return choice;
}

/**
 * Calls back once when the current WebGPU device is lost or reports an error. Its tensors are gone; call
 * `recoverBackend` and restore from a checkpoint. Returns a function that stops listening.
 */
export function onBackendLost(callback: (loss: BackendLoss) => void): () => void {
	listeners.add(callback);
	return () => listeners.delete(callback);
}

/**
 * After a loss: drops the dead backend, then tries `options.order`, by default a new device of the same kind once
 * and then the rest of the order. Dispose the tensors of the old backend before or after; their contents are gone.
 */
export async function recoverBackend(options: BackendOptions = {}): Promise<BackendChoice> {
	const dead = choice?.name;
	if (dead === 'wasm') stopWasm();
	if (dead && findBackend(dead)) removeBackend(dead);
	choice = null;
	const order = options.order ?? DEFAULT_ORDER.slice(dead ? DEFAULT_ORDER.indexOf(dead) : 0);
	return chooseBackend({ ...options, order });
}

/** Throws when the current backend has been lost or has reported an error; cheap. Every read-back calls it. */
export function assertBackend(): void {
	if (loss)
		throw new Error(
			`The ${loss.name} backend is ${loss.kind === 'lost' ? 'lost' : 'failing'}: ${loss.message}`
		);
}

/** Resolves when everything submitted so far has been computed: back-pressure for loops without read-back. */
export async function settle(): Promise<void> {
	if (choice?.name === 'webgpu') await webgpuDone(engine().backend);
	assertBackend();
}

/** Test hook: destroys the WebGPU device, as a driver reset would. Throws when WebGPU is not in use. */
export function forceBackendLoss(): void {
	if (choice?.name !== 'webgpu') throw new Error('Only a WebGPU device can be lost.');
	destroyDevice();
}
