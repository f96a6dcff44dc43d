// The light palette on one figure while its picture is taken, whatever the page's theme: the tokens of the style sheet's
// own light block, set on that figure alone.
import { tick } from 'svelte';
import { setPaletteScope } from './palette.svelte';

/** All style rules of the page's own sheets, those in layers and media apart. */
function* rules(): Generator<CSSStyleRule> {
	for (const sheet of document.styleSheets) {
		let list: CSSRuleList;
		try {
			list = sheet.cssRules;
		} catch {
			continue; // another origin's
		}
		for (const rule of list) if (rule instanceof CSSStyleRule) yield rule;
	}
}

/** Colour tokens as the light theme has them: what the dark block changes, and what is mixed from it. */
function lightTokens(): [string, string][] {
	const light = new Map<string, string>();
	const changed = new Set<string>();
	for (const { selectorText, style } of rules()) {
		const themed = /^:root\[data-theme=["']?dark["']?\]$/.test(selectorText);
		if (selectorText !== ':root' && !themed) continue;
		for (const name of style) {
			if (!name.startsWith('--')) continue;
			if (themed) changed.add(name);
			else light.set(name, style.getPropertyValue(name).trim());
		}
	}
	return [...light].filter(([name, value]) => changed.has(name) || value.includes('var(--'));
}

const frame = () => new Promise<void>((done) => requestAnimationFrame(() => done()));

/**
 * Runs `take` while `figure` has the light palette; canvases are painted anew before it, and after.
 * @param repaint milliseconds to wait for canvases that somebody else draws on
 */
export async function inLight<T>(figure: HTMLElement, repaint: number, take: () => Promise<T>): Promise<T> {
	const sheet = new CSSStyleSheet();
	const mark = 'data-picture';
	const tokens = lightTokens().map(([name, value]) => `${name}:${value}!important`);
	sheet.replaceSync(
		`[${mark}]{color-scheme:light;color:var(--ink);${tokens.join(';')}}` +
			// the ground is white, and so are the halos of labels on it
			`[${mark}]{--surface:#fff!important}` +
			`[${mark}] [data-unpictured]{display:none!important}` +
			`[${mark}],[${mark}] *{transition:none!important}`
	);
	document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
	figure.setAttribute(mark, '');
	const canvases = figure.querySelector('canvas') !== null;
	const paint = async () => {
		if (!canvases) return;
		await tick();
		await frame();
		await frame();
	};
	try {
		if (canvases) setPaletteScope(figure);
		await paint();
		if (repaint > 0) await new Promise((done) => setTimeout(done, repaint));
		return await take();
	} finally {
		figure.removeAttribute(mark);
		document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== sheet);
		if (canvases) setPaletteScope(null);
	}
}
