// The landscape of one mode: level lines that are level, a camera that keeps lengths, two forms of one energy.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	biasesForSaddle,
	cameraAt,
	energyAboutSaddle,
	energyAt,
	energyRange,
	fromPicture,
	levelEnergies,
	levelLine,
	saddleDistance,
	saddleOf,
	sections,
	toPicture
} from '../../../src/lib/views/story/modeLandscape';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const modes = fc.record({ lambda: real(0.02, 4), a: real(-2, 2), b: real(-2, 2) });
const home = { x: 0.4, y: 0.4 };

describe('the energy of a mode', () => {
	it('is the same about its saddle as about the origin', () => {
		fc.assert(
			fc.property(modes, real(-3, 3), real(-3, 3), (mode, x, y) => {
				const scale = 1 + Math.abs(saddleOf(mode).energy) + mode.lambda * saddleDistance(mode) ** 2;
				expect(Math.abs(energyAboutSaddle(mode, x, y) - energyAt(mode, x, y))).toBeLessThan(1e-12 * scale);
			})
		);
	});

	it('has no slope at the saddle, wherever biases put it', () => {
		fc.assert(
			fc.property(real(0.05, 4), real(-2, 2), real(-2, 2), (lambda, x, y) => {
				const mode = { lambda, ...biasesForSaddle(lambda, x, y) };
				const saddle = saddleOf(mode);
				expect(saddle.x).toBeCloseTo(x, 10);
				expect(saddle.y).toBeCloseTo(y, 10);
				const h = 1e-4;
				expect(energyAt(mode, x + h, y) - energyAt(mode, x - h, y)).toBeCloseTo(0, 10);
				expect(energyAt(mode, x, y + h) - energyAt(mode, x, y - h)).toBeCloseTo(0, 10);
			})
		);
	});

	it('rises along u and falls along w by ½λt²', () => {
		const mode = { lambda: 1.7, a: 0.4, b: -0.8 };
		const s = saddleOf(mode);
		const { stiff, soft } = sections(1.7, [-1, 0.5, 2]);
		[-1, 0.5, 2].forEach((t, k) => {
			const d = t * Math.SQRT1_2;
			expect(energyAt(mode, s.x + d, s.y - d) - s.energy).toBeCloseTo(stiff[k], 12);
			expect(energyAt(mode, s.x + d, s.y + d) - s.energy).toBeCloseTo(soft[k], 12);
		});
	});
});

describe('level lines', () => {
	it('are level, and cover what is seen', () => {
		fc.assert(
			fc.property(modes, real(0, 1), (mode, progress) => {
				const camera = cameraAt(progress, home, saddleOf(mode));
				const [low, high] = energyRange(mode, camera, 2);
				const scale = 1 + Math.abs(low) + Math.abs(high) + mode.lambda * saddleDistance(mode) ** 2;
				let points = 0;
				let worst = 0;
				for (const energy of [...levelEnergies([low, high]), saddleOf(mode).energy]) {
					for (const piece of levelLine(mode, energy, camera, 2).pieces)
						for (let i = 0; i < piece.length; i += 2, points++)
							worst = Math.max(worst, Math.abs(energyAt(mode, piece[i], piece[i + 1]) - energy));
				}
				expect(worst).toBeLessThan(1e-11 * scale);
				if (Math.hypot(mode.a, mode.b) > 0.01) expect(points).toBeGreaterThan(100);
			}),
			{ numRuns: 60 }
		);
	});

	it('stand at round energies', () => {
		expect(levelEnergies([-1.1, 1.3], [-1.1, 1.3], 6)).toEqual([-1, -0.5, 0, 0.5, 1]);
		expect(levelEnergies([-1.1, 1.3], [-1.6, 1.3], 6)).toEqual([-1.5, -1, -0.5, 0, 0.5, 1]);
		expect(levelEnergies([1, 1])).toEqual([]);
	});

	it('know on which side of the saddle they are', () => {
		const mode = { lambda: 1, a: 0, b: 0 };
		const camera = cameraAt(1, home, saddleOf(mode));
		expect([1, -1, 0].map((e) => levelLine(mode, e, camera, 2).side)).toEqual([1, -1, 0]);
	});
});

describe('the camera', () => {
	it('moves and turns without stretching, and back', () => {
		fc.assert(
			fc.property(modes, real(0, 1), real(-2, 2), real(-2, 2), (mode, progress, x, y) => {
				const camera = cameraAt(progress, home, saddleOf(mode));
				const [px, py] = toPicture(camera, x, y);
				expect(Math.hypot(px, py)).toBeCloseTo(Math.hypot(x - camera.x, y - camera.y), 8);
				const back = fromPicture(camera, px, py);
				expect(back[0]).toBeCloseTo(x, 8);
				expect(back[1]).toBeCloseTo(y, 8);
			})
		);
	});

	it('ends with u across and w upwards, the saddle in the middle', () => {
		const mode = { lambda: 1, a: 0.3, b: -0.5 };
		const s = saddleOf(mode);
		const camera = cameraAt(1, home, s);
		const d = Math.SQRT1_2;
		const across = toPicture(camera, s.x + d, s.y - d);
		expect(across[0]).toBeCloseTo(1, 12);
		expect(across[1]).toBeCloseTo(0, 12);
		const up = toPicture(camera, s.x + d, s.y + d);
		expect(up[0]).toBeCloseTo(0, 12);
		expect(up[1]).toBeCloseTo(1, 12);
	});
});
