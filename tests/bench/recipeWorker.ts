// Runs one recipe in a worker, as the app computes, and posts its report.
import { memory } from '@tensorflow/tfjs-core';
import { chooseBackend } from '../../src/lib/engine/backend';
import type { Recipe, RecipeMessage, RecipeOptions } from './recipe';

const recipes = import.meta.glob<{ recipe: Recipe }>('./recipes/*.ts');

const post = (message: RecipeMessage): void => globalThis.postMessage(message);

function bytesOf(...arrays: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
	const length = arrays.reduce((n, a) => n + a.byteLength, 0);
	const out = new Uint8Array(length);
	let at = 0;
	for (const a of arrays) {
		out.set(new Uint8Array(a.buffer, a.byteOffset, a.byteLength), at);
		at += a.byteLength;
	}
	return out;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}

function base64(bytes: Uint8Array): string {
	let binary = '';
	for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
	return btoa(binary);
}

async function run(options: RecipeOptions): Promise<void> {
	const load = recipes[`./recipes/${options.name}.ts`];
	if (!load) throw new Error(`There is no recipe "${options.name}".`);
	const backend = await chooseBackend({ order: [options.backend], allowSoftware: true });
	const seed = options.seed ?? 1;
	const { recipe } = await load();
	const start = performance.now();
	const { model, ...rest } = await recipe.run({
		seed,
		epochs: options.epochs,
		set: options.set,
		decayFrom: options.decayFrom,
		temperatures: options.temperatures,
		dataFolder: options.dataFolder,
		say: (line) => post({ kind: 'progress', line })
	});
	const bytes = bytesOf(model.weights, model.visibleBias, model.hiddenBias);
	post({
		kind: 'report',
		report: {
			name: options.name,
			seed,
			backend: { name: backend.name, reason: backend.reason },
			seconds: (performance.now() - start) / 1000,
			tensorsLeft: memory().numTensors,
			...rest,
			model: {
				N: model.N,
				M: model.M,
				layout: 'float32 little-endian: weights N×M row-major, visible biases, hidden biases',
				sha256: await sha256(bytes),
				...(options.weights ? { base64: base64(bytes) } : {})
			}
		}
	});
}

globalThis.onmessage = ({ data }: MessageEvent<RecipeOptions>) => {
	run(data).catch((error: unknown) =>
		post({ kind: 'error', message: error instanceof Error ? error.message : String(error) })
	);
};
