// The citation file says the version and the licence that package.json says, and names the source that About names.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/process.js';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const citation = read('CITATION.cff');
const field = (name: string) => new RegExp(`^${name}: (.+)$`, 'm').exec(citation)?.[1];

test('agrees with package.json', () => {
	const { version, license } = JSON.parse(read('package.json'));
	expect(field('version')).toBe(version);
	expect(field('license')).toBe(license);
});

test('names the paper that the about page names', () => {
	const paper = /arXiv:(\d{4}\.\d{5})/.exec(citation)?.[1];
	expect(paper).toBeDefined();
	expect(read('src/routes/about/+page.svelte')).toContain(`https://arxiv.org/abs/${paper}`);
	expect(read('README.md')).toContain(`arXiv:${paper}`);
});
