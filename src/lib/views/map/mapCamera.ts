// From the plane of the picture to CSS px: scale, tilt and the height of the potential, at one progress. And what all
// parts of the map are given to draw from.
import type { MapLayout, Point } from './mapLayout';
import type { MapModel } from './mapModel';
import type { MapMotion } from './mapProcess';
import { reachAt, TILT, tiltShare, type Reaches } from './mapView';
import type { MapWords } from './mapWords';

/** What is pointed at. `index`: unit, visible first; mode by falling λ, from 0; state by its place in the model. */
export interface Hot {
	readonly kind: 'unit' | 'mode' | 'state';
	readonly index: number;
}

export interface Camera {
	/** px a unit of z */
	readonly scale: number;
	readonly x: number;
	readonly y: number;
	/** tilt of the plane against the eye */
	readonly cos: number;
	readonly sin: number;
	/** turn of the plane about its own normal, so that neither section is seen end-on */
	readonly yaw: readonly [cos: number, sin: number];
	/** px a kT of height, before the tilt's sine */
	readonly perKt: number;
}

/** Highest potential that the surface shows, in kT. */
export const CAP = 6;
/** Turn about the normal when fully tilted. */
const YAW = (30 * Math.PI) / 180;

/** The camera at a progress. */
export function cameraAt(layout: MapLayout, reaches: Reaches, progress: number): Camera {
	const { stage, rem } = layout;
	const reach = reachAt(reaches, progress);
	const margin = 1.6 * rem;
	const tilted = tiltShare(progress);
	const tilt = TILT * tilted;
	const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)];
	const fit = Math.min((stage.w - 2 * margin) / (2 * reach.right), (stage.h - 2 * margin) / (2 * reach.up));
	return {
		scale: fit * (1 - 0.12 * tilted),
		x: stage.x + stage.w / 2,
		y: stage.y + stage.h / 2 + 0.24 * stage.h * sin,
		cos,
		sin,
		yaw: [Math.cos(YAW * tilted), Math.sin(YAW * tilted)],
		perKt: (0.5 * stage.h) / CAP
	};
}

/** A point of the plane at a height in kT, in px. */
export function project(camera: Camera, right: number, up: number, height = 0): Point {
	const [c, s] = camera.yaw;
	return {
		x: camera.x + (c * right - s * up) * camera.scale,
		y: camera.y - (s * right + c * up) * camera.scale * camera.cos - height * camera.perKt * camera.sin
	};
}

/** The same as a linear map for canvas and SVG: (a b c d e f) takes (right, up) to px at height 0. */
export function planeMatrix({
	scale,
	cos,
	yaw: [c, s],
	x,
	y
}: Camera): [number, number, number, number, number, number] {
	return [c * scale, -s * scale * cos, -s * scale, -c * scale * cos, x, y];
}

/** Everything that a part of the map draws from. */
export interface Picture {
	readonly model: MapModel;
	readonly layout: MapLayout;
	readonly camera: Camera;
	readonly progress: number;
	readonly motion: MapMotion;
	/** (right, up) of every state */
	readonly positions: Float64Array;
	readonly hot: Hot | null;
	/** the state that is shown: pointed at, or else marked by the process */
	readonly state: number;
	readonly words: MapWords;
}
