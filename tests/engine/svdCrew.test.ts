// How the shader for small matrices is fitted to a device: enough workgroup memory and invocations for every shape taken.
import { describe, expect, it } from 'vitest';
import { crewFor, workgroupShader } from '../../src/lib/engine/kernels/svdWorkgroup';

/** Bytes that a shader's workgroup variables take, from its text. */
function declaredBytes(code: string): number {
	let floats = 0;
	for (const [, type] of code.matchAll(/var<workgroup> \w+ : (.+);/g)) {
		const array = /^array<\w+, (\d+)>$/.exec(type);
		floats += array ? Number(array[1]) : 1;
	}
	return 4 * floats;
}

describe('crewFor', () => {
	it.each([
		[16_384, 256],
		[32_768, 256],
		[32_768, 1024],
		[49_152, 128]
	])('keeps to %i bytes of workgroup memory and %i invocations', (bytes, invocations) => {
		let most = 0;
		for (let columns = 1; columns <= 70; columns++) {
			for (const more of [0, 1, 5, 40, 700]) {
				const rows = columns + more;
				const crew = crewFor({ count: 3, rows, columns, transposed: false }, bytes, invocations);
				if (!crew) continue;
				if (more === 0) most = columns;
				expect(crew.room).toBeGreaterThanOrEqual((rows + columns) * columns);
				expect(crew.size).toBeLessThanOrEqual(Math.min(256, invocations));
				expect(crew.lanes * Math.ceil(columns / 2)).toBeLessThanOrEqual(crew.size);
				expect(declaredBytes(workgroupShader(crew))).toBeLessThanOrEqual(bytes);
			}
		}
		// Square matrices up to this many columns take one dispatch.
		expect(most).toBe(bytes === 16_384 ? 42 : bytes === 32_768 ? 62 : 64);
	});
});
