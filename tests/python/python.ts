// A Python with numpy, and what a script says. In CI its absence is an error; elsewhere tests are skipped with a reason.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePython } from '../../scripts/python.js';
import type { PythonFiles } from '$lib/session/clientPython';

const found = await ensurePython();
if (!found) {
	const reason =
		'No python3 with numpy was found, and none could be installed (Debian: `apt-get install python3-numpy`): ' +
		'the Python script cannot be tested.';
	if (process.env.CI) throw new Error(reason);
	console.warn(reason);
}
/** Command of a Python with numpy; null where there is none. */
export const python: string | null = found;

/** What the script says of itself with `--json`. */
export interface Repeated {
	readonly agree: boolean;
	readonly hash: string;
	readonly rows: string;
	/** largest difference of a parameter */
	readonly apart: number;
	/** how many figures agree, of how many */
	readonly counts: { readonly weights: [number, number]; readonly seed: [number, number] };
	readonly seed: Record<string, number>;
	readonly weights: Record<string, number>;
}

/** Runs Python text or a file of it and gives its output; throws with its complaints when it fails for another reason. */
export function runPython(args: readonly string[], input = ''): { status: number; out: string; err: string } {
	const { status, stdout, stderr, error } = spawnSync(python!, args, {
		input,
		encoding: 'utf8',
		timeout: 100_000,
		maxBuffer: 2 ** 28
	});
	if (error) throw error;
	return { status: status ?? -1, out: stdout, err: stderr };
}

/** Runs a script as a visitor would, in a folder of its own with the file that belongs beside it. */
export function runScript({ name, text, npz }: PythonFiles, options: readonly string[] = ['--json']) {
	const folder = mkdtempSync(join(tmpdir(), 'reciprocal-python-'));
	try {
		writeFileSync(join(folder, name), text);
		if (npz) writeFileSync(join(folder, npz.name), npz.bytes);
		return runPython([join(folder, name), ...options]);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

export function repeated(files: PythonFiles): Repeated & { status: number } {
	const { status, out, err } = runScript(files);
	if (!out.trim().startsWith('{')) throw new Error(`The script failed:\n${err}`);
	return { ...(JSON.parse(out) as Repeated), status };
}
