// The palette's promises, computed from src/tokens.css itself: contrast in every theme, quantities that stay apart for
// colour-blind eyes, and the dark theme written twice but alike.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../src/tokens.css', import.meta.url), 'utf8').replace(
	/\/\*[^]*?\*\//g,
	''
);

type Tokens = Record<string, string>;

/** Custom properties of the first block after `selector`. */
function block(selector: string): Tokens {
	const at = css.indexOf(selector);
	expect(at, selector).toBeGreaterThanOrEqual(0);
	const open = css.indexOf('{', at);
	const body = css.slice(open + 1, css.indexOf('}', open));
	return Object.fromEntries(
		[...body.matchAll(/(--[\w-]+|color-scheme):\s*([^;]+);/g)].map((m) => [m[1], m[2].trim()])
	);
}

const light = block(':root {');
const dark = block(":root[data-theme='dark']");
const themes: Record<string, Tokens> = {
	light,
	dark: { ...light, ...dark },
	projector: { ...light, ...block(":root[data-theme='projector']") }
};

type Rgb = [number, number, number];
const linear = (hex: string): Rgb =>
	[1, 3, 5].map((i) => {
		const c = parseInt(hex.slice(i, i + 2), 16) / 255;
		return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
	}) as Rgb;

/** WCAG 2 contrast ratio. */
function contrast(a: string, b: string): number {
	const [x, y] = [a, b].map((h) => {
		const [r, g, bl] = linear(h);
		return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
	});
	return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Linear RGB as a dichromat sees it: Machado, Oliveira & Fernandes 2009, severity 1. */
const eyes: Record<string, [Rgb, Rgb, Rgb]> = {
	usual: [
		[1, 0, 0],
		[0, 1, 0],
		[0, 0, 1]
	],
	protanopia: [
		[0.152286, 1.052583, -0.204868],
		[0.114503, 0.786281, 0.099216],
		[-0.003882, -0.048116, 1.051998]
	],
	deuteranopia: [
		[0.367322, 0.860646, -0.227968],
		[0.280085, 0.672501, 0.047413],
		[-0.01182, 0.04294, 0.968881]
	],
	tritanopia: [
		[1.255528, -0.076749, -0.178779],
		[-0.078411, 0.930809, 0.147602],
		[0.004733, 0.691367, 0.3039]
	]
};

/** Oklab (Ottosson 2020), lightness 0…100. */
function oklab(rgb: Rgb): Rgb {
	const [r, g, b] = rgb.map((c) => Math.min(1, Math.max(0, c)));
	const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	return [
		100 * (0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s),
		100 * (1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s),
		100 * (0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s)
	];
}

function apart(a: string, b: string, eye: string): number {
	const seen = (h: string) =>
		oklab(eyes[eye].map((row) => row.reduce((s, w, i) => s + w * linear(h)[i], 0)) as Rgb);
	const [p, q] = [seen(a), seen(b)];
	return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

const quantities = ['visible', 'hidden', 'stiff', 'soft', 'free', 'data', 'model', 'exact'];
const together = [
	['visible', 'hidden'],
	['stiff', 'soft', 'free'],
	['data', 'model', 'exact']
];
const surfaces = ['surface', 'raised', 'sunken'];

describe.each(Object.keys(themes))('the %s palette', (name) => {
	const tokens = themes[name];
	const text = name === 'projector' ? 7 : 4.5;
	const of = (token: string) => {
		expect(tokens[`--${token}`], token).toMatch(/^#[0-9a-f]{6}$/);
		return tokens[`--${token}`];
	};

	it.each(['ink', 'muted', 'danger', 'accent', ...quantities])(
		'has enough contrast for text in --%s',
		(token) => {
			for (const s of surfaces) expect(contrast(of(token), of(s)), s).toBeGreaterThanOrEqual(text);
		}
	);

	it('has enough contrast for lines, focus, signed ends and button text', () => {
		for (const s of surfaces)
			for (const token of ['line', 'focus', 'negative', 'positive'])
				expect(contrast(of(token), of(s)), `${token} on ${s}`).toBeGreaterThanOrEqual(3);
		expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(text);
	});

	it.each(Object.keys(eyes))('keeps quantities apart under %s', (eye) => {
		for (let i = 0; i < quantities.length; i++)
			for (let j = 0; j < i; j++) {
				const pair = [quantities[i], quantities[j]];
				const close = together.some((group) => pair.every((q) => group.includes(q)));
				expect(apart(of(pair[0]), of(pair[1]), eye), pair.join(' and ')).toBeGreaterThan(close ? 11 : 6);
			}
	});
});

describe('themes', () => {
	it('writes the dark theme the same for the system and for the switch', () => {
		const bySystem = block(":root:not([data-theme='light'], [data-theme='projector'])");
		expect(bySystem).toEqual(dark);
		expect(Object.keys(dark).length).toBeGreaterThan(20);
	});

	it('gives the projector half as much more type and twice the contrast of grey text', () => {
		const at = css.indexOf(":root[data-theme='projector']");
		expect(css.slice(at, css.indexOf('}', at))).toContain('font-size: 150%');
		const ratio = (t: Tokens) => contrast(t['--muted'], t['--surface']);
		expect(ratio(themes.projector)).toBeGreaterThan(2 * ratio(themes.light));
	});

	it('uses no token that is not defined', () => {
		const defined = new Set([...css.matchAll(/(--[\w-]+):/g)].map((m) => m[1]));
		for (const m of css.matchAll(/var\((--[\w-]+)/g)) expect(defined).toContain(m[1]);
	});
});
