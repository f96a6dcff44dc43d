// A figure as one SVG drawing, made from what is on the page: drawings of SVG are copied with their styles, canvases
// become images, text and boxes of HTML become text and rectangles where they stand. Controls are left out.
import { matrixText, plainColor, styledCopy, SVG, writeStyle } from './exportStyle';
import type { TextUse } from './exportFonts';

export interface Drawing {
	/** a group with everything, its origin at the figure's upper left corner */
	readonly group: SVGGElement;
	readonly width: number;
	/** down to the lowest thing painted */
	readonly height: number;
	readonly texts: readonly TextUse[];
}

const CONTROLS =
	'button,input,select,textarea,details,dialog,summary,[popover],[data-unpictured],label:has(input,select),script,style';
/** Canvases are written with at most so many pixels a side. */
const MOST_PIXELS = 2400;

class Walk {
	readonly texts: TextUse[] = [];
	bottom = 0;
	#ids = 0;
	#ascents = new Map<string, number>();
	#pen = new OffscreenCanvas(1, 1).getContext('2d');

	constructor(
		readonly x: number,
		readonly y: number
	) {}

	use(text: string, style: CSSStyleDeclaration): void {
		this.texts.push({ text, family: style.fontFamily, italic: style.fontStyle === 'italic' });
	}

	element(el: Element, out: Element): void {
		if (el.matches(CONTROLS)) return;
		const style = getComputedStyle(el);
		if (style.display === 'none' || Number(style.opacity) === 0) return;
		const box = el.getBoundingClientRect();
		// What is said to screen readers alone is a clipped pixel.
		if (style.clipPath !== 'none' && box.width <= 2 && box.height <= 2) return;
		let into = out;
		if (Number(style.opacity) < 1 && !(el instanceof SVGElement)) {
			into = document.createElementNS(SVG, 'g');
			into.setAttribute('opacity', style.opacity);
			out.append(into);
		}
		const hidden = style.visibility !== 'visible';
		if (el instanceof SVGSVGElement) this.#drawing(el, box, into);
		else if (el instanceof HTMLCanvasElement) {
			if (!hidden) this.#canvas(el, style, box, into);
		} else {
			if (!hidden) this.#box(style, box, into);
			for (const child of el.childNodes) {
				if (child instanceof Element) this.element(child, into);
				else if (child instanceof Text && !hidden) this.#text(child, style, into);
			}
		}
	}

	#reach(box: DOMRect): void {
		if (box.width > 0 && box.height > 0) this.bottom = Math.max(this.bottom, box.bottom - this.y);
	}

	#drawing(svg: SVGSVGElement, box: DOMRect, out: Element): void {
		const matrix = svg.getScreenCTM();
		if (!matrix || box.width === 0) return;
		const style = getComputedStyle(svg);
		const copy = styledCopy(svg, null, (text, s) => this.use(text, s));
		if (!copy) return;
		this.#box(style, box, out);
		const group = document.createElementNS(SVG, 'g');
		const { a, b, c, d, e, f } = matrix;
		group.setAttribute('transform', matrixText(new DOMMatrix([a, b, c, d, e - this.x, f - this.y])));
		writeStyle(group, style, null);
		group.removeAttribute('clip-path');
		group.append(...copy.childNodes);
		if (style.overflow === 'visible') out.append(group);
		else {
			const clip = document.createElementNS(SVG, 'clipPath');
			clip.id = `clip-${++this.#ids}`;
			clip.append(this.#rect(box));
			const clipped = document.createElementNS(SVG, 'g');
			clipped.setAttribute('clip-path', `url(#${clip.id})`);
			clipped.append(group);
			out.append(clip, clipped);
		}
		this.#reach(box);
	}

	#canvas(canvas: HTMLCanvasElement, style: CSSStyleDeclaration, box: DOMRect, out: Element): void {
		if (!canvas.width || !canvas.height || !box.width || !box.height) return;
		const crisp = /pixelated|crisp/.test(style.imageRendering);
		// Crisp pixels are enlarged here, since not every reader keeps them crisp.
		const wanted = crisp ? Math.ceil((2 * box.width) / canvas.width) : 1;
		const times = Math.max(
			1,
			Math.min(wanted, Math.floor(MOST_PIXELS / Math.max(canvas.width, canvas.height)))
		);
		const copy = document.createElement('canvas');
		copy.width = canvas.width * times;
		copy.height = canvas.height * times;
		const pen = copy.getContext('2d');
		if (!pen) return;
		pen.imageSmoothingEnabled = !crisp;
		// Also of a canvas that a worker draws on, which gives no data of its own.
		pen.drawImage(canvas, 0, 0, copy.width, copy.height);
		const image = document.createElementNS(SVG, 'image');
		for (const [name, value] of this.#place(box)) image.setAttribute(name, value);
		image.setAttribute('preserveAspectRatio', 'none');
		if (crisp) image.setAttribute('style', 'image-rendering:pixelated');
		image.setAttribute('href', copy.toDataURL('image/png'));
		out.append(image);
		this.#reach(box);
	}

	#place(box: DOMRect): [string, string][] {
		const number = (x: number) => String(Number(x.toFixed(2)));
		return [
			['x', number(box.left - this.x)],
			['y', number(box.top - this.y)],
			['width', number(box.width)],
			['height', number(box.height)]
		];
	}

	#rect(box: DOMRect): SVGRectElement {
		const rect = document.createElementNS(SVG, 'rect');
		for (const [name, value] of this.#place(box)) rect.setAttribute(name, value);
		return rect;
	}

	/** Background and border. */
	#box(style: CSSStyleDeclaration, box: DOMRect, out: Element): void {
		if (box.width <= 0 || box.height <= 0) return;
		const paint = (rect: SVGElement, name: 'fill' | 'stroke', color: string) => {
			const { rgb, alpha } = plainColor(color);
			rect.setAttribute(name, rgb);
			if (alpha < 1) rect.setAttribute(`${name}-opacity`, String(alpha));
		};
		const radius = parseFloat(style.borderTopLeftRadius) || 0;
		const round = (rect: SVGElement) => {
			const percent = style.borderTopLeftRadius.endsWith('%') ? (radius / 100) * box.width : radius;
			if (percent > 0) rect.setAttribute('rx', String(Math.min(percent, box.width / 2)));
		};
		const gradient = /^linear-gradient\((.*)\)$/.exec(style.backgroundImage);
		if (plainColor(style.backgroundColor).alpha > 0 || gradient) {
			const rect = this.#rect(box);
			round(rect);
			if (gradient) rect.setAttribute('fill', this.#gradient(gradient[1], out));
			else paint(rect, 'fill', style.backgroundColor);
			out.append(rect);
			this.#reach(box);
		}
		const sides = (['Top', 'Right', 'Bottom', 'Left'] as const).map((side) => ({
			width: style[`border${side}Style`] === 'none' ? 0 : parseFloat(style[`border${side}Width`]) || 0,
			color: style[`border${side}Color`],
			style: style[`border${side}Style`]
		}));
		if (sides.every((s) => s.width === 0)) return;
		const dash = (line: SVGElement, s: (typeof sides)[number]) => {
			line.setAttribute('stroke-width', String(s.width));
			if (s.style === 'dashed') line.setAttribute('stroke-dasharray', `${3 * s.width} ${2 * s.width}`);
			paint(line, 'stroke', s.color);
		};
		if (sides.every((s) => s.width === sides[0].width && s.color === sides[0].color)) {
			const half = sides[0].width / 2;
			const inner = new DOMRect(box.x + half, box.y + half, box.width - 2 * half, box.height - 2 * half);
			const rect = this.#rect(inner);
			round(rect);
			rect.setAttribute('fill', 'none');
			dash(rect, sides[0]);
			out.append(rect);
			return;
		}
		const [x0, y0, x1, y1] = [box.left - this.x, box.top - this.y, box.right - this.x, box.bottom - this.y];
		const ends = [
			[x0, y0, x1, y0],
			[x1, y0, x1, y1],
			[x0, y1, x1, y1],
			[x0, y0, x0, y1]
		];
		sides.forEach((s, k) => {
			if (s.width === 0) return;
			const line = document.createElementNS(SVG, 'line');
			['x1', 'y1', 'x2', 'y2'].forEach((name, c) => line.setAttribute(name, ends[k][c].toFixed(2)));
			dash(line, s);
			out.append(line);
		});
	}

	/** A linear gradient along an axis, as CSS writes it once computed. */
	#gradient(source: string, out: Element): string {
		const parts = source.split(/,(?![^(]*\))/).map((p) => p.trim());
		const along = /^(to |-?\d)/.test(parts[0]) ? parts.shift()! : 'to bottom';
		const gradient = document.createElementNS(SVG, 'linearGradient');
		gradient.id = `gradient-${++this.#ids}`;
		const [x1, y1, x2, y2] = /to right|^90deg/.test(along)
			? [0, 0, 1, 0]
			: /to left|270deg/.test(along)
				? [1, 0, 0, 0]
				: /to top|^0deg/.test(along)
					? [0, 1, 0, 0]
					: [0, 0, 0, 1];
		Object.entries({ x1, y1, x2, y2 }).forEach(([name, value]) => gradient.setAttribute(name, String(value)));
		parts.forEach((part, k) => {
			const at = /\s([\d.]+)%$/.exec(part);
			const stop = document.createElementNS(SVG, 'stop');
			stop.setAttribute('offset', at ? `${at[1]}%` : String(k / Math.max(1, parts.length - 1)));
			const { rgb, alpha } = plainColor(at ? part.slice(0, at.index) : part);
			stop.setAttribute('stop-color', rgb);
			if (alpha < 1) stop.setAttribute('stop-opacity', String(alpha));
			gradient.append(stop);
		});
		out.append(gradient);
		return `url(#${gradient.id})`;
	}

	/** A run of HTML text, a line at a time, each where the page set it. */
	#text(node: Text, style: CSSStyleDeclaration, out: Element): void {
		const source = node.data;
		if (!source.trim()) return;
		const range = document.createRange();
		let line: { top: number; left: number; text: string; height: number } | null = null;
		const flush = () => {
			if (!line || !line.text.trim()) return;
			const text = document.createElementNS(SVG, 'text');
			const lead = line.text.length - line.text.trimStart().length;
			void lead;
			text.setAttribute('x', (line.left - this.x).toFixed(2));
			text.setAttribute('y', (line.top - this.y + this.#ascent(style)).toFixed(2));
			writeStyle(text, style, null);
			text.removeAttribute('stroke');
			text.removeAttribute('text-anchor');
			const { rgb, alpha } = plainColor(style.color);
			text.setAttribute('fill', rgb);
			text.removeAttribute('fill-opacity');
			text.removeAttribute('opacity');
			if (alpha < 1) text.setAttribute('fill-opacity', String(alpha));
			const shown = style.textTransform === 'uppercase' ? line.text.toUpperCase() : line.text;
			text.textContent = shown.replace(/\s+/g, ' ').trim();
			this.use(shown, style);
			out.append(text);
			this.bottom = Math.max(this.bottom, line.top + line.height - this.y);
		};
		for (const { 0: word, index } of source.matchAll(/\S+\s*/g)) {
			const bare = word.trimEnd();
			range.setStart(node, index);
			range.setEnd(node, index + bare.length);
			const box = range.getClientRects()[0];
			if (!box || box.width === 0) continue;
			if (line && Math.abs(box.top - line.top) < 2) line.text += word;
			else {
				flush();
				line = { top: box.top, left: box.left, height: box.height, text: word };
			}
		}
		flush();
	}

	/** From a text box's top to its baseline. */
	#ascent(style: CSSStyleDeclaration): number {
		const font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
		let ascent = this.#ascents.get(font);
		if (ascent === undefined) {
			if (this.#pen) this.#pen.font = font;
			ascent = this.#pen?.measureText('x').fontBoundingBoxAscent ?? parseFloat(style.fontSize);
			this.#ascents.set(font, ascent);
		}
		return ascent;
	}
}

/** The drawing of a figure as it is now. */
export function drawingOf(figure: HTMLElement): Drawing {
	const box = figure.getBoundingClientRect();
	const walk = new Walk(box.left, box.top);
	const group = document.createElementNS(SVG, 'g');
	walk.element(figure, group);
	return { group, width: box.width, height: walk.bottom, texts: walk.texts };
}
