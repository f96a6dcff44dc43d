// Modes are followed through a crossing, keep their sign, and start from a fixed sign.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixSigns, followModes, type Modes } from '../../src/lib/session/modes';
import { thinSvd } from '../../src/lib/theory/linalg';

function modesOf(N: number, M: number, w: Float64Array): Modes {
	const { u, v, singularValues } = thinSvd(N, M, w);
	return { N, M, r: Math.min(N, M), u, v, singularValues };
}

/** Two planted orthogonal modes of strengths a and b in a 6×4 matrix. */
function planted(a: number, b: number): Float64Array {
	const w = new Float64Array(24);
	for (let i = 0; i < 6; i++)
		for (let j = 0; j < 4; j++) {
			const p = (1 / Math.sqrt(6)) * (1 / Math.sqrt(4));
			const q = ((i % 2 ? -1 : 1) / Math.sqrt(6)) * ((j % 2 ? -1 : 1) / Math.sqrt(4));
			w[i * 4 + j] = a * p + b * q;
		}
	return w;
}

describe('following modes', () => {
	test('a mode keeps its place and its sign through a crossing', () => {
		let modes = fixSigns(modesOf(6, 4, planted(3, 1)));
		const first = modes.u.slice();
		for (let t = 1; t <= 20; t++)
			modes = followModes(modes, modesOf(6, 4, planted(3 - 0.11 * t, 1 + 0.11 * t)));
		// The strengths have crossed: mode 0 is still the constant pattern, now the weaker one.
		expect(modes.singularValues[0]).toBeCloseTo(0.8, 12);
		expect(modes.singularValues[1]).toBeCloseTo(3.2, 12);
		let overlap = 0;
		for (let i = 0; i < 6; i++) overlap += first[i * 4] * modes.u[i * 4];
		expect(overlap).toBeCloseTo(1, 10);
	});

	test('what is followed is still a singular value decomposition, with the same set of values', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 7 }),
				fc.integer({ min: 1, max: 7 }),
				fc.infiniteStream(fc.double({ min: -2, max: 2, noNaN: true })),
				(N, M, stream) => {
					const draw = () => Float64Array.from({ length: N * M }, () => stream.next().value as number);
					const last = fixSigns(modesOf(N, M, draw()));
					const w = draw();
					const next = modesOf(N, M, w);
					const followed = followModes(last, next);
					expect([...followed.singularValues].sort()).toEqual([...next.singularValues].sort());
					const r = followed.r;
					for (let i = 0; i < N; i++)
						for (let j = 0; j < M; j++) {
							let sum = 0;
							for (let k = 0; k < r; k++)
								sum += followed.u[i * r + k] * followed.singularValues[k] * followed.v[j * r + k];
							expect(Math.abs(sum - w[i * M + j])).toBeLessThan(1e-12);
						}
				}
			),
			{ seed: 7, numRuns: 100 }
		);
	});

	test('the first signs do not depend on the signs that the decomposition happened to give', () => {
		const modes = modesOf(6, 4, planted(3, 1));
		const turned = { ...modes, u: modes.u.map((x) => -x), v: modes.v.map((x) => -x) };
		const a = fixSigns(modes);
		const b = fixSigns(turned);
		for (let i = 0; i < 6; i++)
			for (let k = 0; k < 2; k++) expect(a.u[i * 4 + k]).toBeCloseTo(b.u[i * 4 + k], 12);
	});
});
