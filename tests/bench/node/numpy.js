// Runs tests/bench/peers.py as child processes, one for each number of threads and precision, each asked in turn.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { root } from '../../../scripts/process.js';

const script = join(root, 'tests/bench/peers.py');
const python = process.env.PYTHON ?? 'python3';

export class NumpyProcess {
	/** @type {import('node:child_process').ChildProcessByStdio<import('node:stream').Writable, import('node:stream').Readable, null>} */
	#child;
	/** @type {AsyncIterator<string>} */
	#lines;
	/** @type {Promise<never>} */
	#death;

	/** @param {number} threads of its linear algebra */
	constructor(threads) {
		const count = String(threads);
		const env = {
			...process.env,
			OMP_NUM_THREADS: count,
			OPENBLAS_NUM_THREADS: count,
			MKL_NUM_THREADS: count,
			PYTHONDONTWRITEBYTECODE: '1'
		};
		this.#child = spawn(python, [script], { env, stdio: ['pipe', 'pipe', 'ignore'] });
		this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
		this.#death = new Promise((_, reject) => {
			this.#child.on('error', () => reject(new Error(`${python} does not start`)));
			this.#child.on('exit', () => reject(new Error(`${python} with numpy is not installed`)));
		});
		this.#death.catch(() => {});
		this.#child.stdin.on('error', () => {});
	}

	/** @param {Record<string, unknown>} request @returns {Promise<any>} */
	async ask(request) {
		this.#child.stdin.write(`${JSON.stringify(request)}\n`);
		const line = await Promise.race([this.#lines.next(), this.#death]);
		// The stream may end before the exit is heard.
		if (line.done) return this.#death;
		const answer = JSON.parse(line.value);
		if (answer.error) throw new Error(`numpy: ${answer.error}`);
		return answer;
	}

	end() {
		this.#child.kill();
	}
}

/** Versions of numpy and Python, or the reason why there are none. */
export async function numpyVersion() {
	const child = new NumpyProcess(1);
	try {
		return /** @type {{ numpy: string, python: string }} */ (await child.ask({ do: 'version' }));
	} catch (error) {
		return { missing: /** @type {Error} */ (error).message };
	} finally {
		child.end();
	}
}
