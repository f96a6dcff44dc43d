// Turns a recipe's report with weights into the asset that pages load: static/weights/NAME.f16 (half precision) and
// NAME.json beside it, which says where the weights come from and how good they are.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/process.js';
import '../../../scripts/typescript.js';

/**
 * @param {any} report of scripts/reproduce.js, with the weights
 * @param {string} [folder]
 * @returns {Promise<string>} the JSON file written
 */
export async function writeAsset(report, folder = join(root, 'static/weights')) {
	const { packHalves } = await import('../../../src/lib/data/float16.ts');
	const { N, M, base64 } = report.model;
	const raw = Buffer.from(base64, 'base64');
	if (raw.length !== 4 * (N * M + N + M)) throw new Error('The report’s weights do not fit its N and M.');
	const values = Float32Array.from({ length: raw.length / 4 }, (_, i) => raw.readFloatLE(4 * i));
	const bytes = packHalves(values);
	const { name, recipe, seed, backend, result, published, date, command, versions } = report;
	const { halfPrecision, ...single } = result;
	const about = {
		name,
		file: `${name}.f16`,
		bytes: bytes.length,
		sha256: createHash('sha256').update(bytes).digest('hex'),
		layout: 'IEEE half precision, little-endian: weights N×M row-major, visible biases, hidden biases',
		N,
		M,
		beta: recipe.beta,
		recipe,
		seed,
		/** of the very weights in the file */
		result: halfPrecision ?? null,
		/** of the weights before they were rounded */
		resultBeforeRounding: single,
		published,
		date,
		command,
		backend: backend.name,
		versions
	};
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, about.file), bytes);
	const file = join(folder, `${name}.json`);
	writeFileSync(file, `${JSON.stringify(about, null, '\t')}\n`);
	return file;
}
