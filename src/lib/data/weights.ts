// Trained weights that come with the site, fetched when a Scene asks for them: NAME.json says what they are, NAME.f16
// holds them in half precision. `npm run reproduce -- NAME --write-asset` writes both.
import { unpackHalves } from './float16.ts';
import { DataError, type FetchOptions } from './mnist.ts';

/** What NAME.json says, as far as it is read here; the whole file is handed on. */
export interface WeightsReport {
	readonly name: string;
	readonly file: string;
	readonly bytes: number;
	/** hexadecimal SHA-256 of the file */
	readonly sha256: string;
	readonly N: number;
	readonly M: number;
	readonly beta: number;
	readonly seed: number;
	readonly recipe: Readonly<Record<string, unknown>>;
	/** average log-likelihoods in nats, of the rounded weights themselves */
	readonly result: {
		readonly test: { readonly ais: number; readonly reverseAis: number };
		readonly train: { readonly ais: number; readonly reverseAis: number };
		readonly lnZ: Readonly<Record<string, unknown>>;
	};
}

export interface TrainedWeights {
	readonly report: WeightsReport;
	readonly N: number;
	readonly M: number;
	/** row-major N×M */
	readonly weights: Float32Array;
	readonly visibleBias: Float32Array;
	readonly hiddenBias: Float32Array;
}

async function answer(
	url: string,
	name: string,
	{ fetch: get = fetch, signal }: FetchOptions
): Promise<Response> {
	let response: Response;
	try {
		response = await get(url, { signal });
	} catch (cause) {
		signal?.throwIfAborted();
		throw new DataError(`The trained weights ${name} could not be fetched. Is the connection up?`, { cause });
	}
	if (!response.ok || !response.body)
		throw new DataError(
			`The trained weights ${name} could not be fetched: the server answered ${response.status}.`
		);
	return response;
}

async function readReport(response: Response, name: string): Promise<WeightsReport> {
	try {
		const report = (await response.json()) as WeightsReport;
		const { N, M, bytes, sha256, file } = report;
		const whole = [N, M].every((n) => Number.isInteger(n) && n >= 1);
		if (whole && bytes === 2 * (N * M + N + M) && /^[0-9a-f]{64}$/.test(sha256) && file === `${name}.f16`)
			return report;
	} catch (cause) {
		throw new DataError(`The description of the trained weights ${name} cannot be read.`, { cause });
	}
	throw new DataError(`The description of the trained weights ${name} does not fit them.`);
}

/**
 * Fetches weights by name and checks their length and, where the page has `crypto.subtle`, their SHA-256.
 * @param options `baseUrl`: the folder that holds them; `progress` hears of bytes
 * @throws DataError with a sentence for the visitor; the signal's reason if aborted
 */
export async function fetchWeights(name: string, options: FetchOptions): Promise<TrainedWeights> {
	const { baseUrl, signal, progress } = options;
	const folder = baseUrl.replace(/\/$/, '');
	const report = await readReport(await answer(`${folder}/${name}.json`, name, options), name);
	signal?.throwIfAborted();
	const response = await answer(`${folder}/${report.file}`, name, options);
	const bytes = new Uint8Array(report.bytes);
	let done = 0;
	progress?.(0, report.bytes);
	const reader = response.body!.getReader();
	for (;;) {
		let part: ReadableStreamReadResult<Uint8Array>;
		try {
			part = await reader.read();
		} catch (cause) {
			signal?.throwIfAborted();
			throw new DataError(`The trained weights ${name} arrived cut short.`, { cause });
		}
		signal?.throwIfAborted();
		if (part.done) break;
		if (done + part.value.length > bytes.length) {
			void reader.cancel().catch(() => {});
			throw new DataError(`The trained weights ${name} are longer than described.`);
		}
		bytes.set(part.value, done);
		done += part.value.length;
		progress?.(done, report.bytes);
	}
	if (done < bytes.length)
		throw new DataError(
			`The trained weights ${name} are shorter than described: ${done} of ${bytes.length} bytes.`
		);
	if (globalThis.crypto?.subtle) {
		const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
		const hex = Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
		if (hex !== report.sha256)
			throw new DataError(`The trained weights ${name} are damaged: their checksum differs.`);
	}
	const { N, M } = report;
	return {
		report,
		N,
		M,
		weights: unpackHalves(bytes, 0, N * M),
		visibleBias: unpackHalves(bytes, 2 * N * M, N),
		hiddenBias: unpackHalves(bytes, 2 * (N * M + N), M)
	};
}
