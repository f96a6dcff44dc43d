// A plot as an SVG file for the documentation: light ground, axes, lines, points with intervals, names at their ends.

const WIDTH = 760;
const HEIGHT = 440;
const BOX = { left: 62, right: 190, top: 40, bottom: 48 };

/** The light theme's colours (src/tokens.css). @type {Record<string, string>} */
const colors = {
	'var(--ink)': '#1c2127',
	'var(--visible)': '#1337c6',
	'var(--hidden)': '#ab5206',
	'var(--stiff)': '#004d3f',
	'var(--soft)': '#911395',
	'var(--free)': '#676f5d',
	'var(--data)': '#22272e',
	'var(--model)': '#714fe6',
	'var(--exact)': '#6e4909'
};
const color = (/** @type {string} */ name) => colors[name] ?? '#1c2127';
const escape = (/** @type {string} */ text) =>
	text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
const px = (/** @type {number} */ v) => String(Math.round(v * 10) / 10);

/**
 * @param {readonly [number, number]} domain @param {boolean} log @param {number} from @param {number} to
 * @returns {(value: number | null) => number} NaN outside the domain
 */
function scale([lo, hi], log, from, to) {
	const f = log ? Math.log : (/** @type {number} */ v) => v;
	return (value) =>
		value === null || !(value >= lo && value <= hi)
			? NaN
			: from + ((f(value) - f(lo)) / (f(hi) - f(lo))) * (to - from);
}

/** @param {readonly [number, number]} domain @param {boolean} log */
function ticks([lo, hi], log) {
	if (log) {
		const out = [];
		for (let e = Math.floor(Math.log10(lo)); e <= Math.ceil(Math.log10(hi)); e++)
			for (const m of hi / lo > 400 ? [1] : [1, 2, 5]) out.push(Number(`${m}e${e}`));
		return out.filter((v) => v >= lo * 0.999 && v <= hi * 1.001);
	}
	const rough = (hi - lo) / 6;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? 10 * power;
	const out = [];
	for (let k = Math.ceil(lo / step - 1e-9); k * step <= hi + 1e-9; k++)
		out.push(Number((k * step).toPrecision(12)));
	return out;
}

/** Moves names apart. @param {{ y: number }[]} names */
function spread(names) {
	names.sort((a, b) => a.y - b.y);
	for (let k = 1; k < names.length; k++) names[k].y = Math.max(names[k].y, names[k - 1].y + 15);
	const over = (names.at(-1)?.y ?? 0) - (HEIGHT - BOX.bottom);
	if (over > 0) for (const name of names) name.y -= over;
}

/** @param {import('../relaxationFigures').Figure} figure @returns {string} */
export function svgPlot(figure) {
	const right = WIDTH - BOX.right;
	const x = scale(figure.x, figure.xLog ?? false, BOX.left, right);
	const y = scale(figure.y, figure.yLog ?? false, HEIGHT - BOX.bottom, BOX.top);
	const out = [];
	const text = (
		/** @type {number} */ at,
		/** @type {number} */ to,
		/** @type {string} */ words,
		anchor = 'start',
		fill = '#1c2127',
		size = 12
	) =>
		out.push(
			`<text x="${px(at)}" y="${px(to)}" text-anchor="${anchor}" fill="${fill}" font-size="${size}">${escape(words)}</text>`
		);
	for (const v of ticks(figure.y, figure.yLog ?? false)) {
		out.push(`<path d="M${BOX.left} ${px(y(v))}H${right}" stroke="#dcd7cc" fill="none"/>`);
		text(BOX.left - 6, y(v) + 4, String(v).replace('-', '−'), 'end', '#565c65');
	}
	for (const v of ticks(figure.x, figure.xLog ?? false))
		text(x(v), HEIGHT - BOX.bottom + 18, String(v), 'middle', '#565c65');
	out.push(`<path d="M${BOX.left} ${HEIGHT - BOX.bottom}H${right}" stroke="#83888f" fill="none"/>`);
	text(right, HEIGHT - 12, figure.xLabel, 'end');
	text(8, BOX.top - 24, figure.title, 'start', '#1c2127', 14);
	text(8, BOX.top - 8, figure.yLabel, 'start', '#565c65');
	let upright = 0;
	for (const mark of figure.marks) {
		const [mx, my] = [mark.x === undefined ? NaN : x(mark.x), mark.y === undefined ? NaN : y(mark.y)];
		if (Number.isFinite(mx)) {
			out.push(
				`<path d="M${px(mx)} ${BOX.top}V${HEIGHT - BOX.bottom}" stroke="#6e4909" stroke-dasharray="4 3" fill="none"/>`
			);
			// one below the other, so that near ones stay apart
			text(mx - 4, BOX.top + 12 + 14 * upright++, mark.label, 'end', '#6e4909', 11);
		} else if (Number.isFinite(my)) {
			out.push(
				`<path d="M${BOX.left} ${px(my)}H${right}" stroke="#1c2127" stroke-dasharray="4 3" fill="none"/>`
			);
			text(BOX.left + 4, my - 4, mark.label, 'start', '#1c2127', 11);
		}
	}
	/** @type {{ y: number, words: string, fill: string }[]} */
	const names = [];
	for (const line of figure.lines) {
		let d = '';
		let open = false;
		let last = NaN;
		for (let k = 0; k < line.x.length; k++) {
			const [a, b] = [x(line.x[k]), y(line.y[k])];
			if (Number.isFinite(a) && Number.isFinite(b)) {
				d += `${open ? 'L' : 'M'}${px(a)} ${px(b)}`;
				open = true;
				last = b;
			} else open = false;
		}
		if (!d) continue;
		const dash = line.dash ? ` stroke-dasharray="${line.dash}"` : '';
		out.push(`<path d="${d}" stroke="${color(line.color)}" stroke-width="1.75" fill="none"${dash}/>`);
		names.push({ y: last, words: line.label, fill: color(line.color) });
	}
	for (const points of figure.points) {
		const fill = color(points.color);
		let last = NaN;
		points.x.forEach((at, k) => {
			const [a, b] = [x(at), y(points.y[k])];
			if (!Number.isFinite(a) || !Number.isFinite(b)) return;
			const [lo, hi] = [y(points.lo[k]), y(points.hi[k])];
			if (Number.isFinite(lo) && Number.isFinite(hi))
				out.push(`<path d="M${px(a)} ${px(lo)}V${px(hi)}" stroke="${fill}" fill="none"/>`);
			const shapes = {
				disc: `<circle cx="${px(a)}" cy="${px(b)}" r="3.6" fill="${fill}"/>`,
				square: `<rect x="${px(a - 3.3)}" y="${px(b - 3.3)}" width="6.6" height="6.6" fill="${fill}"/>`,
				diamond: `<path d="M${px(a)} ${px(b - 4.8)}l4.8 4.8l-4.8 4.8l-4.8 -4.8z" fill="${fill}"/>`
			};
			out.push(shapes[points.shape]);
			last = b;
		});
		if (Number.isFinite(last)) names.push({ y: last, words: `● ${points.label}`, fill });
	}
	spread(names);
	for (const name of names) text(right + 10, name.y + 4, name.words, 'start', name.fill);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="system-ui, sans-serif" role="img" aria-label="${escape(figure.title)}">`,
		`<rect width="${WIDTH}" height="${HEIGHT}" fill="#faf8f4"/>`,
		...out,
		'</svg>',
		''
	].join('\n');
}
