// From the plane of the picture to CSS px: scale, tilt and the height of the potential, at one progress. And what all
// parts of the map are given to draw from.
import type { MapLayout, Point } from './mapLayout';
import type { MapModel } from './mapModel';
import type { MapMotion } from './mapProcess';
import { reachAt, tiltAngle, type Reaches } from './mapView';
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
	readonly cos: number;
	readonly sin: number;
	/** px a kT of height, before the tilt's sine */
	readonly perKt: number;
}

/** Highest potential that the surface shows, in kT. */
export const CAP = 6;

/** The camera at a progress. */
export function cameraAt(layout: MapLayout, reaches: Reaches, progress: number): Camera {
	const { stage, rem } = layout;
	const reach = reachAt(reaches, progress);
	const margin = 1.6 * rem;
	const scale = Math.min((stage.w - 2 * margin) / (2 * reach.right), (stage.h - 2 * margin) / (2 * reach.up));
	const tilt = tiltAngle(progress);
	const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)];
	const perKt = (0.56 * stage.h) / CAP;
	return {
		scale,
		x: stage.x + stage.w / 2,
		y: stage.y + stage.h / 2 + 0.3 * stage.h * sin,
		cos,
		sin,
		perKt
	};
}

/** A point of the plane at a height in kT, in px. */
export function project(camera: Camera, right: number, up: number, height = 0): Point {
	return {
		x: camera.x + right * camera.scale,
		y: camera.y - up * camera.scale * camera.cos - height * camera.perKt * camera.sin
	};
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
