// Springs and rungs of the map as geometry: each mode in its column, its mass where the particle is along it, on the
// way from the surface before and to the first rung after.
import type { Camera, Picture } from './mapCamera';
import { project } from './mapCamera';
import type { Ladder } from './mapLadder';
import type { MapMode } from './mapModel';
import { planeModes } from './mapProcess';
import { smooth } from './mapStages';

export interface Spring {
	/** place in `MapModel.modes` */
	readonly mode: number;
	readonly own: MapMode;
	/** column */
	readonly x: number;
	readonly mass: { readonly x: number; readonly y: number; readonly r: number };
	/** rms width of the particle, and of the spring alone (NaN without one), in px about `rest` */
	readonly spread: number;
	readonly thermal: number;
	readonly rest: number;
	readonly name: string;
	readonly lit: boolean;
	readonly dim: boolean;
}

/** The vertical frame that springs and ladder share, in px. */
export function columnFrame(pic: Picture): {
	beam: number;
	rest: number;
	foot: number;
	top: number;
	unit: number;
} {
	const { stage, rem } = pic.layout;
	const beam = stage.y + 0.6 * rem;
	const foot = stage.y + stage.h - 3.4 * rem;
	const top = stage.y + 1.8 * rem;
	const rest = beam + 0.56 * (foot - beam);
	const widest = pic.layout.columns.reduce((m, { mode }) => {
		const { mean, spread } = pic.model.modes[mode];
		return Math.max(m, Math.abs(mean) + 2.4 * spread);
	}, 0.5);
	return { beam, rest, foot, top, unit: (foot - rest - 0.6 * rem) / widest };
}

const LETTER = { stiff: 'u', soft: 'w', free: 'x' } as const;

/** All springs that have a column. @param ladder for the rungs that masses end on */
export function springsOf(
	pic: Picture,
	ladder: Ladder,
	height: (soft: number, stiff: number) => number
): Spring[] {
	const { model, layout, camera, progress, motion, hot } = pic;
	const frame = columnFrame(pic);
	const [soft, stiff] = planeModes(model);
	const arrive = smooth(progress, 6.1, 6.8);
	const climb = smooth(progress, 7.12, 7.75);
	const [w, u] = soft < 0 ? [0, 0] : [motion.modes[soft], motion.modes[stiff]];
	const from = (k: number) => start(camera, k === soft ? [w, 0] : k === stiff ? [0, u] : [w, u], height);
	return layout.columns.map(({ mode, x }) => {
		const own = model.modes[mode];
		const start = from(mode);
		const swing = frame.rest - motion.modes[mode] * frame.unit;
		const rung =
			own.omega > 0 ? frame.foot - (own.omega / ladder.top) * (frame.foot - frame.top) : frame.foot + 2;
		const y = start.y + arrive * (swing - start.y);
		const lit =
			(hot?.kind === 'mode' && own.kind !== 'free' && own.index === hot.index) ||
			(hot?.kind === 'mode' && own.kind === 'free' && hot.index === own.index);
		const number = (own.kind === 'free' ? own.index - singular(model.modes) : own.index) + 1;
		return {
			mode,
			own,
			x,
			mass: {
				x: start.x + arrive * (x - start.x),
				y: y + climb * (rung - y),
				r: layout.rem * (0.6 - 0.32 * climb) * Math.min(1, layout.columnWidth / (2.2 * layout.rem) + 0.25)
			},
			spread: own.spread * frame.unit,
			thermal: own.thermal * frame.unit,
			rest: frame.rest - own.mean * frame.unit,
			name: `${own.kind === 'free' && model.M > model.N ? 'y' : LETTER[own.kind]}${digits(
				own.kind === 'free' ? singular(model.modes) + number : number
			)}`,
			lit,
			dim: hot?.kind === 'mode' && !lit
		};
	});
}

const start = (camera: Camera, [w, u]: readonly number[], height: (soft: number, stiff: number) => number) =>
	project(camera, w, u, height(w, u));

/** How many pairs there are before the free modes begin. */
function singular(modes: readonly MapMode[]): number {
	return modes.reduce((r, m) => (m.kind === 'stiff' ? Math.max(r, m.index + 1) : r), 0);
}

/** A whole number as lower digits, for labels. */
export function digits(k: number): string {
	return [...String(k)].map((d) => '₀₁₂₃₄₅₆₇₈₉'[Number(d)]).join('');
}

/** A zigzag coil between two heights. */
export function coil(x: number, from: number, to: number, half: number, turns = 8): string {
	const lead = Math.min(10, Math.abs(to - from) * 0.12);
	const [a, b] = [from + lead, to - lead];
	const step = (b - a) / (2 * turns);
	let d = `M${x.toFixed(1)} ${from.toFixed(1)}V${a.toFixed(1)}`;
	for (let k = 0; k < 2 * turns; k++)
		d += `L${(x + (k % 2 ? -half : half)).toFixed(1)} ${(a + step * (k + 0.5)).toFixed(1)}`;
	return `${d}L${x.toFixed(1)} ${b.toFixed(1)}V${to.toFixed(1)}`;
}
