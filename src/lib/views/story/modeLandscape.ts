// The energy of one mode, E = −ax − by − λxy, as it is drawn: a frame of one mode for theory/, level lines of the
// hyperbolas, and the camera that shifts to the saddle and turns by π/4.
import { modeEnergy, modeEnergyAboutSaddle, saddles, type Frame, type Saddle } from '$lib/theory/reciprocal';

/** A mode's numbers: singular value λ > 0, biases a and b in reciprocal coordinates. */
export interface Mode {
	readonly lambda: number;
	readonly a: number;
	readonly b: number;
}

/** The frame of a machine that is this mode and nothing else, with U = V = 1. */
export function modeFrame({ lambda, a, b }: Mode): Frame {
	const one = Float64Array.of(1);
	return {
		N: 1,
		M: 1,
		r: 1,
		u: one,
		v: one,
		singularValues: Float64Array.of(lambda),
		a: Float64Array.of(a),
		b: Float64Array.of(b)
	};
}

export function energyAt(mode: Mode, x: number, y: number): number {
	return modeEnergy(modeFrame(mode), 0, x, y);
}

export function saddleOf(mode: Mode): Saddle {
	return saddles(modeFrame(mode))[0] as Saddle;
}

/** E from stiff and soft coordinates, by the form about the saddle. */
export function energyAboutSaddle(mode: Mode, x: number, y: number): number {
	const frame = modeFrame(mode);
	const saddle = saddleOf(mode);
	return modeEnergyAboutSaddle(frame, 0, saddle, (x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2);
}

/** Biases that put the saddle at (x, y): a = −λy, b = −λx. */
export function biasesForSaddle(lambda: number, x: number, y: number): { a: number; b: number } {
	return { a: -lambda * y, b: -lambda * x };
}

/** Where the picture's middle is and how far it is turned (radians, anticlockwise). */
export interface Camera {
	readonly x: number;
	readonly y: number;
	readonly angle: number;
}

const ease = (t: number) => t * t * (3 - 2 * t);
const within = (t: number) => Math.min(1, Math.max(0, t));

/**
 * The camera at one progress value: 0 the plane as it is, ½ moved so that the saddle is in the middle, 1 turned by π/4 as
 * well, so that u lies across and w upwards.
 */
export function cameraAt(progress: number, home: { x: number; y: number }, saddle: Saddle): Camera {
	const shift = ease(within(2 * progress));
	const turn = ease(within(2 * progress - 1));
	return {
		x: home.x + shift * (saddle.x - home.x),
		y: home.y + shift * (saddle.y - home.y),
		angle: (turn * Math.PI) / 4
	};
}

/** From the plane to the picture, in units of the plane, y upwards, the middle at 0. */
export function toPicture(camera: Camera, x: number, y: number): [number, number] {
	const [dx, dy] = [x - camera.x, y - camera.y];
	const [c, s] = [Math.cos(camera.angle), Math.sin(camera.angle)];
	return [c * dx - s * dy, s * dx + c * dy];
}

/** Inverse of `toPicture`. */
export function fromPicture(camera: Camera, px: number, py: number): [number, number] {
	const [c, s] = [Math.cos(camera.angle), Math.sin(camera.angle)];
	return [camera.x + c * px + s * py, camera.y - s * px + c * py];
}

/** A level line: its energy and its pieces, each x, y, x, y, … in the plane. */
export interface Level {
	readonly energy: number;
	/** against the saddle: 1 above, −1 below, 0 through it */
	readonly side: -1 | 0 | 1;
	readonly pieces: readonly Float64Array[];
}

/**
 * Round energies: spaced so that about `most` lie between the ends of `near`, and as many as there are between the ends of
 * `all`.
 */
export function levelEnergies(
	near: readonly [number, number],
	all: readonly [number, number] = near,
	most = 14
): number[] {
	const span = near[1] - near[0];
	if (!(span > 0)) return [];
	const rough = span / most;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = power * ([1, 2, 5].find((f) => f * power >= rough) ?? 10);
	const out: number[] = [];
	for (let k = Math.ceil(all[0] / step); k * step <= all[1]; k++)
		out.push(Number((k * step).toPrecision(12)));
	return out;
}

/** Least and greatest E in the square of half side `reach` about the camera, by its corners and edges (E has no extremum). */
export function energyRange(mode: Mode, camera: Camera, reach: number): [number, number] {
	let [low, high] = [Infinity, -Infinity];
	for (let k = -4; k <= 4; k++)
		for (const [px, py] of [
			[k, -4],
			[k, 4],
			[-4, k],
			[4, k]
		]) {
			const e = energyAt(mode, ...fromPicture(camera, (px * reach) / 4, (py * reach) / 4));
			low = Math.min(low, e);
			high = Math.max(high, e);
		}
	return [low, high];
}

/**
 * The hyperbola E = const near the camera. About the saddle E − E₀ = ½λ(u² − w²): each branch is a function of the
 * coordinate across it, so nothing has a pole. Exact at every point; pieces end `reach` from the camera.
 * @param reach half the side of the square that has to be covered, in units of the plane
 * @param count points a branch
 */
export function levelLine(mode: Mode, energy: number, camera: Camera, reach: number, count = 96): Level {
	const saddle = saddleOf(mode);
	const k = (2 * (energy - saddle.energy)) / mode.lambda;
	const near = Math.abs(k) < 1e-12;
	// the camera in stiff and soft coordinates from the saddle
	const cu = (camera.x - camera.y) * Math.SQRT1_2 - saddle.stiff;
	const cw = (camera.x + camera.y) * Math.SQRT1_2 - saddle.soft;
	const r = reach * Math.SQRT2;
	const pieces: Float64Array[] = [];
	for (const sign of [1, -1]) {
		let piece: number[] = [];
		const close = () => {
			if (piece.length > 2) pieces.push(Float64Array.from(piece));
			piece = [];
		};
		for (let i = 0; i < count; i++) {
			const t = -r + (2 * r * i) / (count - 1);
			let u: number;
			let w: number;
			if (near) [u, w] = [cu + t, sign * (cu + t)];
			else if (k > 0) {
				w = cw + t;
				u = sign * Math.sqrt(w * w + k);
			} else {
				u = cu + t;
				w = sign * Math.sqrt(u * u - k);
			}
			if (Math.abs(u - cu) > r || Math.abs(w - cw) > r) {
				close();
				continue;
			}
			const [stiff, soft] = [saddle.stiff + u, saddle.soft + w];
			piece.push((soft + stiff) * Math.SQRT1_2, (soft - stiff) * Math.SQRT1_2);
		}
		close();
	}
	return { energy, side: near ? 0 : k > 0 ? 1 : -1, pieces };
}

/** E − ab/λ along u and along w through the saddle: ±½λt². */
export function sections(lambda: number, t: ArrayLike<number>): { stiff: Float64Array; soft: Float64Array } {
	const stiff = Float64Array.from(t, (e) => 0.5 * lambda * e * e);
	return { stiff, soft: stiff.map((e) => -e) };
}

/** Distance of the saddle from the origin, √(a²+b²)/λ. */
export function saddleDistance({ lambda, a, b }: Mode): number {
	return Math.hypot(a, b) / lambda;
}
