// The committed WebAssembly is made from the committed sources.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('the .wasm files are as new as their sources', () => {
	const check = () => execFileSync('node', ['scripts/build-wasm.js', '--check'], { encoding: 'utf8' });
	expect(check).not.toThrow();
});
