// Files of arrays as numpy reads them: every type and shape, text, and the archive's own checks.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { npyBytes, npzBytes } from '../../src/lib/data/npyWrite';
import { python, runPython } from '../python/python';

describe('npyBytes', () => {
	it('starts data at a multiple of 64 bytes and refuses a shape that does not fit', () => {
		for (const shape of [[6], [2, 3], [1, 2, 3]]) {
			const bytes = npyBytes({ data: Float64Array.of(1, 2, 3, 4, 5, 6), shape });
			expect((bytes.length - 48) % 64).toBe(0);
			expect([...new Float64Array(bytes.slice(-48).buffer)]).toEqual([1, 2, 3, 4, 5, 6]);
		}
		expect(() => npyBytes({ data: new Uint8Array(5), shape: [2, 3] })).toThrow(RangeError);
	});
});

describe.skipIf(!python)('npzBytes', () => {
	it('is read back by numpy: types, shapes, values, and the checksums of the archive', () => {
		const folder = mkdtempSync(join(tmpdir(), 'reciprocal-npz-'));
		const file = join(folder, 'a.npz');
		const f8 = Float64Array.of(Math.PI, -0, Infinity, NaN, 5e-324, 1e308);
		writeFileSync(
			file,
			npzBytes({
				f8: { data: f8, shape: [2, 3] },
				f4: { data: Float32Array.of(0.1, 2), shape: [2] },
				i4: { data: Int32Array.of(-1), shape: [] },
				u4: { data: Uint32Array.of(4294967295), shape: [1, 1] },
				u1: { data: new Uint8Array(0), shape: [0, 7] },
				about: 'σ² at λ₁'
			})
		);
		const ask = `
import json, sys, zipfile, numpy as np
assert zipfile.ZipFile(sys.argv[1]).testzip() is None
a = np.load(sys.argv[1])
print(json.dumps({k: [str(a[k].dtype), list(a[k].shape), a[k].tobytes().hex()] for k in a.files}), str(a["about"]))`;
		const { out, err } = runPython(['-c', ask, file]);
		rmSync(folder, { recursive: true });
		expect(err).toBe('');
		const hex = (data: Float32Array | Float64Array) => Buffer.from(data.buffer).toString('hex');
		expect(out.trim().endsWith('σ² at λ₁')).toBe(true);
		expect(JSON.parse(out.slice(0, out.lastIndexOf('}') + 1))).toMatchObject({
			f8: ['float64', [2, 3], hex(f8)],
			f4: ['float32', [2], hex(Float32Array.of(0.1, 2))],
			i4: ['int32', [], 'ffffffff'],
			u4: ['uint32', [1, 1], 'ffffffff'],
			u1: ['uint8', [0, 7], '']
		});
	});
});
