// A stream of random words from the counter-based generator, for samplers that draw a number at a time: stream `index`
// of a key gives the same words however long the block is.
import type { Key } from '../random/key';
import { fillRow } from '../random/philox';

const BLOCK = 4096;

/** @returns a function that gives the next word (unsigned, 32 bits) of stream `index` */
export function wordStream(key: Key, index: number): () => number {
	const block = new Uint32Array(BLOCK);
	let used = BLOCK;
	let counter = 0;
	return () => {
		if (used === BLOCK) {
			fillRow(block, BLOCK, index, key, counter++);
			used = 0;
		}
		return block[used++];
	};
}
