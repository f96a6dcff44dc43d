// The byte-exact vectors of the annealer's formats and numbers; each says where it comes from.
import { readFileSync } from 'node:fs';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a document of many shapes, read by tests only
export const vectors: any = JSON.parse(readFileSync(new URL('./leap-vectors.json', import.meta.url), 'utf8'));
