// MNIST handwritten digits, fetched as packed bits (scripts/pack-mnist.js) when a Scene asks for them.
import type { BitRows, Dataset } from './dataset.ts';
import known from './mnist-files.json' with { type: 'json' };

/** The recipe of a Scene for this kind of data. */
export interface MnistRecipe {
	readonly kind: 'mnist';
	/** digits kept, e.g. "0123456789" */
	readonly digits: string;
	readonly side: 28 | 14;
}

/** Where packed files come from, and how a wait for them is shown and ended. */
export interface FetchOptions {
	/** address of the directory that holds the packed files, with or without a closing slash */
	readonly baseUrl: string;
	readonly fetch?: typeof fetch;
	readonly signal?: AbortSignal;
	/** called with the number of unpacked bytes at hand and their total */
	readonly progress?: (done: number, total: number) => void;
}

/** A data file that could not be had or is not the file expected; the message is a sentence for the visitor. */
export class DataError extends Error {
	override readonly name = 'DataError';
}

/** What a packed file must hold once unpacked. */
export interface PackedFile {
	readonly name: string;
	readonly bytes: number;
	/** hexadecimal SHA-256 of the unpacked bytes */
	readonly sha256: string;
}

/**
 * Fetches and unpacks one gzipped file; checks its length and, where the page has `crypto.subtle` (https and
 * localhost), its SHA-256. Elsewhere gzip's own CRC-32 has to do.
 * @throws DataError if the file is missing, damaged or another one; the signal's reason if aborted
 */
export async function fetchPacked(
	file: PackedFile,
	{ baseUrl, fetch: get = fetch, signal, progress }: FetchOptions
): Promise<Uint8Array<ArrayBuffer>> {
	const url = `${baseUrl.replace(/\/$/, '')}/${file.name}`;
	let response: Response;
	try {
		response = await get(url, { signal });
	} catch (cause) {
		signal?.throwIfAborted();
		throw new DataError(`${file.name} could not be fetched. Is the connection up?`, { cause });
	}
	if (!response.ok || !response.body)
		throw new DataError(`${file.name} could not be fetched: the server answered ${response.status}.`);

	const out = new Uint8Array(file.bytes);
	let done = 0;
	progress?.(0, file.bytes);
	const reader = response.body.pipeThrough(new DecompressionStream('gzip')).getReader();
	try {
		for (;;) {
			const { done: ended, value } = await reader.read();
			signal?.throwIfAborted();
			if (ended) break;
			if (done + value.length > out.length) throw new DataError(`${file.name} is longer than expected.`);
			out.set(value, done);
			done += value.length;
			progress?.(done, file.bytes);
		}
	} catch (cause) {
		void reader.cancel().catch(() => {});
		signal?.throwIfAborted();
		if (cause instanceof DataError) throw cause;
		throw new DataError(`${file.name} arrived damaged or cut short.`, { cause });
	}
	if (done < out.length)
		throw new DataError(`${file.name} is shorter than expected: ${done} of ${out.length} bytes.`);
	if (globalThis.crypto?.subtle) {
		const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', out));
		signal?.throwIfAborted();
		const hex = Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
		if (hex !== file.sha256)
			throw new DataError(`${file.name} is not the file this page was built with (its checksum differs).`);
	}
	return out;
}

/** Rows `from` … `to` of packed images whose label is one of `digits`. */
function rowsOf(
	images: Uint8Array,
	labels: Uint8Array,
	side: number,
	from: number,
	to: number,
	digits: string
): BitRows {
	const units = side * side;
	const stride = Math.ceil(units / 8);
	if (digits === '0123456789')
		return { count: to - from, units, stride, bytes: images.subarray(from * stride, to * stride) };
	const keep: number[] = [];
	for (let i = from; i < to; i++) {
		const label = (labels[i >> 1] >> (i & 1 ? 0 : 4)) & 15;
		if (digits.includes(String(label))) keep.push(i);
	}
	const bytes = new Uint8Array(keep.length * stride);
	keep.forEach((i, row) => bytes.set(images.subarray(i * stride, (i + 1) * stride), row * stride));
	return { count: keep.length, units, stride, bytes };
}

function listed(digits: string): string {
	const all = [...digits];
	return all.length < 2 ? digits : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/**
 * The chosen digits of MNIST: its 60 000 training images and 10 000 held-out ones, in their published order, static
 * bits. One file of pixels and one of labels are fetched, 1.9 MB at 28×28 and 0.7 MB at 14×14.
 * @throws DataError as `fetchPacked`; RangeError if the digits are none, repeated or unsorted
 */
export async function mnist({ digits, side }: MnistRecipe, options: FetchOptions): Promise<Dataset> {
	if (!/^(?=.)0?1?2?3?4?5?6?7?8?9?$/.test(digits))
		throw new RangeError(`The digits to keep must be distinct and sorted, not "${digits}".`);
	const [file, labelFile] = [known.files[side], known.files.labels];
	const total = file.bytes + labelFile.bytes;
	const done = [0, 0];
	const report = (which: number) => (n: number) => {
		done[which] = n;
		options.progress?.(done[0] + done[1], total);
	};
	// one failure ends the other transfer
	const stop = new AbortController();
	const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
	const [images, labels] = await Promise.all([
		fetchPacked(file, { ...options, signal, progress: report(0) }),
		fetchPacked(labelFile, { ...options, signal, progress: report(1) })
	]).finally(() => stop.abort());
	const all = digits.length === 10;
	const select = (from: number, to: number) => rowsOf(images, labels, side, from, to, digits);
	return {
		title: all
			? `MNIST ${side}×${side}`
			: `MNIST ${digits.length > 1 ? 'digits' : 'digit'} ${listed(digits)}, ${side}×${side}`,
		convention:
			side === 28
				? 'Fixed bits: a pixel is on when its grey value is at least half of white.'
				: 'Fixed bits: a pixel is on when the mean grey value of its 2×2 block of MNIST is at least half of white.',
		units: side * side,
		rows: side,
		cols: side,
		train: select(0, known.train),
		heldOut: select(known.train, known.train + known.heldOut),
		complete: false
	};
}
