// Computed styles as SVG attributes: what a drawing looks like, said in the drawing itself.
import { rgba } from './palette.svelte';

export const SVG = 'http://www.w3.org/2000/svg';

/** Properties that children take over, and those that they do not, with their initial values. */
const inherited = [
	'fill',
	'fill-opacity',
	'stroke',
	'stroke-opacity',
	'stroke-width',
	'stroke-dasharray',
	'stroke-dashoffset',
	'stroke-linecap',
	'stroke-linejoin',
	'font-family',
	'font-size',
	'font-style',
	'font-weight',
	'font-variant-numeric',
	'letter-spacing',
	'text-anchor',
	'paint-order',
	'shape-rendering',
	'visibility'
] as const;
const own: readonly (readonly [string, string])[] = [
	['opacity', '1'],
	['display', 'inline'],
	['mix-blend-mode', 'normal'],
	['dominant-baseline', 'auto'],
	['stop-color', 'rgb(0, 0, 0)'],
	['stop-opacity', '1'],
	['clip-path', 'none'],
	['mask', 'none'],
	['vector-effect', 'none']
];
/** What SVG elements start from where nothing is said. */
const initial: Record<string, string> = {
	fill: 'rgb(0, 0, 0)',
	'fill-opacity': '1',
	stroke: 'none',
	'stroke-opacity': '1',
	'stroke-width': '1px',
	'stroke-dasharray': 'none',
	'stroke-dashoffset': '0px',
	'stroke-linecap': 'butt',
	'stroke-linejoin': 'miter',
	'font-style': 'normal',
	'font-weight': '400',
	'font-variant-numeric': 'normal',
	'letter-spacing': 'normal',
	'text-anchor': 'start',
	'paint-order': 'normal',
	'shape-rendering': 'auto',
	visibility: 'visible'
};
const geometry = ['x', 'y', 'width', 'height', 'cx', 'cy', 'r', 'rx', 'ry'];

/** A colour every SVG reader knows, and its alpha. */
export function plainColor(color: string): { rgb: string; alpha: number } {
	const [r, g, b, a] = rgba(color);
	return { rgb: `rgb(${r}, ${g}, ${b})`, alpha: a };
}

const isColor = (value: string) => /^(rgb|hsl|color|lab|lch|ok|#)/.test(value);
const short = (value: string) => value.replace(/(\d)px\b/g, '$1');

/** Writes a colour property and, where it lets light through, the opacity that goes with it. */
function setColor(out: Element, name: string, value: string, opacityName: string, opacity: string): void {
	if (!isColor(value)) {
		out.setAttribute(name, value.replaceAll('"', ''));
		return;
	}
	const { rgb, alpha } = plainColor(value);
	out.setAttribute(name, rgb);
	const whole = alpha * Number(opacity);
	if (whole < 1) out.setAttribute(opacityName, String(Number(whole.toPrecision(4))));
}

/**
 * Writes what `style` says onto `out`, leaving away what `parent` says already (null: what SVG starts from).
 */
export function writeStyle(
	out: Element,
	style: CSSStyleDeclaration,
	parent: CSSStyleDeclaration | null
): void {
	for (const name of inherited) {
		const value = style.getPropertyValue(name);
		const before = parent ? parent.getPropertyValue(name) : (initial[name] ?? '');
		if (value === before || value === '') continue;
		if (name === 'fill') setColor(out, name, value, 'fill-opacity', style.fillOpacity);
		else if (name === 'stroke') setColor(out, name, value, 'stroke-opacity', style.strokeOpacity);
		else if (name === 'fill-opacity' || name === 'stroke-opacity') {
			const paint = style.getPropertyValue(name.slice(0, name.indexOf('-')));
			const alpha = isColor(paint) ? plainColor(paint).alpha : 1;
			out.setAttribute(name, String(Number((alpha * Number(value)).toPrecision(4))));
		} else if (name === 'font-variant-numeric') out.setAttribute('style', `font-variant-numeric:${value}`);
		else out.setAttribute(name, short(value));
	}
	for (const [name, start] of own) {
		const value = style.getPropertyValue(name);
		if (value === start || value === '' || (name === 'display' && value !== 'none')) continue;
		if (name === 'stop-color') setColor(out, name, value, 'stop-opacity', style.stopOpacity);
		else if (name === 'mix-blend-mode') out.setAttribute('style', `mix-blend-mode:${value}`);
		else out.setAttribute(name, value.replaceAll('"', ''));
	}
}

/** Sizes and places that CSS gives and no attribute does. */
function writeGeometry(out: Element, from: SVGElement, style: CSSStyleDeclaration): void {
	if (!/^(rect|circle|ellipse|image)$/.test(from.localName)) return;
	for (const name of geometry) {
		const value = style.getPropertyValue(name);
		if (from.style.getPropertyValue(name) === '' && from.hasAttribute(name)) continue;
		if (value && value !== 'auto' && value !== '0px') out.setAttribute(name, short(value));
	}
}

const number = (x: number) => String(Number(x.toFixed(3)));
export const matrixText = (m: DOMMatrix) => `matrix(${[m.a, m.b, m.c, m.d, m.e, m.f].map(number).join(' ')})`;

/** The transformation that CSS gives an element within its parent; null where an attribute says it, or there is none. */
function cssTransform(from: SVGElement, style: CSSStyleDeclaration): string | null {
	const css = from.style.transform !== '' || (style.transform !== 'none' && !from.hasAttribute('transform'));
	if (!css || !(from instanceof SVGGraphicsElement)) return null;
	const parent = from.parentElement;
	const here = from.getScreenCTM();
	const there = parent instanceof SVGGraphicsElement ? parent.getScreenCTM() : null;
	return here && there ? matrixText(there.inverse().multiply(here) as DOMMatrix) : null;
}

const dropped = /^(class|style|role|tabindex|id|aria-.*|data-.*|on.*)$/;

/** A copy of an SVG element and all below it that needs no style sheet. `texts` hears every run of text. */
export function styledCopy(
	from: SVGElement,
	parent: CSSStyleDeclaration | null,
	texts: (text: string, style: CSSStyleDeclaration) => void
): SVGElement | null {
	const style = getComputedStyle(from);
	if (style.display === 'none' || Number(style.opacity) === 0 || from.hasAttribute('data-unpictured'))
		return null;
	const name = from.localName === 'a' ? 'g' : from.localName;
	if (name === 'foreignObject' || name === 'script' || name === 'style') return null;
	const out = document.createElementNS(SVG, name);
	for (const { name: attribute, value } of from.attributes)
		if (!dropped.test(attribute) && !/var\(|color-mix/.test(value)) out.setAttribute(attribute, value);
	if (from.id && /^(clipPath|mask|linearGradient|radialGradient|pattern|marker|path|g)$/.test(name))
		out.setAttribute('id', from.id);
	for (const paint of [
		'fill',
		'stroke',
		'font-family',
		'font-size',
		'opacity',
		'font-weight',
		'stroke-width'
	])
		out.removeAttribute(paint);
	writeStyle(out, style, parent);
	writeGeometry(out, from, style);
	const moved = cssTransform(from, style);
	if (moved) out.setAttribute('transform', moved);
	for (const child of from.childNodes) {
		if (child instanceof SVGElement) {
			const copy = styledCopy(child, style, texts);
			if (copy) out.append(copy);
		} else if (child.nodeType === Node.TEXT_NODE && child.nodeValue) {
			const text = child.nodeValue.replace(/\s+/g, ' ');
			if (text.trim() === '' && !/^(text|tspan|textPath)$/.test(name)) continue;
			if (text.trim()) texts(text, style);
			out.append(text);
		}
	}
	return out;
}
