// Where things stand in the figure, in CSS px: units as a net or in their strip, the modes' bars, the columns of
// springs and levels. Pure arithmetic, so that marks, canvas and buttons agree.
import type { MapModel, MapMode } from './mapModel';

export interface Point {
	readonly x: number;
	readonly y: number;
}

export interface MapLayout {
	readonly width: number;
	readonly height: number;
	/** root type size */
	readonly rem: number;
	/** the strip stands at the left; else above */
	readonly wide: boolean;
	/** where the picture proper is */
	readonly stage: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
	/** units as a net, and in the strip */
	readonly net: readonly Point[];
	readonly netRadius: number;
	readonly strip: readonly Point[];
	readonly stripRadius: number;
	/** bars of the leading singular values: left end, and the length of the largest */
	readonly bars: readonly Point[];
	readonly barLength: number;
	/** places in `modes` that have a column, from left to right, and its x */
	readonly columns: readonly { readonly mode: number; readonly x: number }[];
	readonly columnWidth: number;
	/** x of the column with all levels together */
	readonly all: number;
}

/** At most so many units are drawn one by one. */
export const DRAWN_UNITS = 40;

/** Lays a map out. @param width @param height of the figure @param rem root type size, all in CSS px */
export function mapLayout(model: MapModel, width: number, height: number, rem: number): MapLayout {
	const { N, M, n } = model;
	const wide = width >= 40 * rem;
	const few = n <= DRAWN_UNITS;
	const most = Math.max(N, M);
	const shownModes = Math.min(model.singularValues.length, wide ? 8 : 5);

	const stripRadius = few ? Math.min(0.5 * rem, (wide ? 4.4 * rem : 0.19 * width) / most) : 0;
	const step = stripRadius * 2.5;
	const left = wide ? 0.9 * rem : 0.6 * rem;
	const top = wide ? 2.2 * rem : 1.8 * rem;
	const strip = Array.from({ length: few ? n : 0 }, (_, k) => ({
		x: left + stripRadius + 1.1 * rem + (k < N ? k : k - N) * step,
		y: top + (k < N ? 0 : stripRadius * 2.9)
	}));
	const stripWidth = wide ? 11 * rem : 0;
	const stripHeight = wide ? 0 : Math.max(5.4 * rem, (1.9 + 1.15 * Math.min(3, shownModes)) * rem);
	const bars = Array.from({ length: shownModes }, (_, k) =>
		wide
			? { x: left + 1.7 * rem, y: 7.9 * rem + k * 1.75 * rem }
			: { x: width * 0.52 + 1.4 * rem, y: top - 0.1 * rem + k * 1.5 * rem }
	).slice(0, wide ? 8 : 3);
	const stage = wide
		? { x: stripWidth, y: 0.4 * rem, w: width - stripWidth - 0.5 * rem, h: height - 0.8 * rem }
		: { x: 0.3 * rem, y: stripHeight, w: width - 0.6 * rem, h: height - stripHeight };

	// The net: two rows in the middle of the whole figure.
	const gap = Math.min(8.5 * rem, (width - 4 * rem) / Math.max(2, most));
	const netRadius = few ? Math.min(1.7 * rem, gap * 0.3) : 0;
	const middle = { x: width / 2, y: height / 2 };
	const net = strip.map((_, k) => {
		const [size, place] = k < N ? [N, k] : [M, k - N];
		return {
			x: middle.x + (place - (size - 1) / 2) * gap,
			y: middle.y + (k < N ? -1 : 1) * Math.min(height * 0.25, 7 * rem)
		};
	});

	const inner = { x: stage.x + 3.2 * rem, w: stage.w - (wide ? 10.5 : 8.2) * rem };
	const order = columnOrder(
		model.modes,
		Math.max(3, Math.min(12, Math.floor(inner.w / (wide ? 2.4 * rem : 1.9 * rem))))
	);
	const columnWidth = inner.w / Math.max(1, order.length);
	return {
		width,
		height,
		rem,
		wide,
		stage,
		net,
		netRadius,
		strip,
		stripRadius,
		bars,
		barLength: wide ? 5.2 * rem : width * 0.48 - 5.2 * rem,
		columns: order.map((mode, k) => ({ mode, x: inner.x + (k + 0.5) * columnWidth })),
		columnWidth,
		all: stage.x + stage.w - (wide ? 5.4 : 3.9) * rem
	};
}

/** Modes with a column: stiff first, the stiffest leftmost, free between, the softest rightmost; at most `most`. */
function columnOrder(modes: readonly MapMode[], most: number): number[] {
	const places = modes.map((_, k) => k);
	const of = (kind: MapMode['kind']) => places.filter((k) => modes[k].kind === kind);
	const free = of('free');
	const pairs = Math.max(1, Math.floor((most - (free.length ? 1 : 0)) / 2));
	const byLambda = (a: number, b: number) => modes[b].lambda - modes[a].lambda;
	const stiff = of('stiff').sort(byLambda).slice(0, pairs);
	const soft = of('soft').sort(byLambda).slice(0, pairs);
	const room = Math.max(0, most - stiff.length - soft.length);
	return [...stiff, ...free.slice(0, Math.min(room, free.length)), ...soft.reverse()];
}
