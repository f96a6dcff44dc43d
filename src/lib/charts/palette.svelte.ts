// Colours and type size for canvases, which cannot read CSS variables by themselves: resolves tokens to colours
// and tells, reactively, when the theme has changed.

let version = $state(0);
let watching = false;

function watch(): void {
	if (watching || typeof document === 'undefined') return;
	watching = true;
	const bump = () => (version += 1);
	new MutationObserver(bump).observe(document.documentElement, { attributeFilter: ['data-theme'] });
	for (const q of ['(prefers-color-scheme: dark)', '(forced-colors: active)'])
		matchMedia(q).addEventListener('change', bump);
}

/** A number that grows when the theme changes; read it in an effect or draw function to run again then. */
export function themeVersion(): number {
	watch();
	return version;
}

let probe: HTMLElement | null = null;

/** Reads colours inside an element from now on (a figure whose picture is taken), or on the page again: null. */
export function setPaletteScope(element: HTMLElement | null): void {
	probe?.remove();
	probe = null;
	if (element) {
		probe = document.createElement('span');
		probe.hidden = true;
		element.append(probe);
	}
	version += 1;
}

let known: Record<string, string> = {};
let knownAt = -1;

/** A CSS colour ("var(--soft)", "color-mix(…)") as a canvas takes it, in the theme of now. Reactive. */
export function resolveColor(color: string): string {
	const at = themeVersion();
	if (typeof document === 'undefined') return color;
	if (at !== knownAt) {
		known = {};
		knownAt = at;
	}
	if (color in known) return known[color];
	if (!probe) {
		probe = document.createElement('span');
		probe.hidden = true;
		document.body.append(probe);
	}
	probe.style.color = '';
	probe.style.color = color;
	const resolved = getComputedStyle(probe).color;
	known[color] = resolved;
	return resolved;
}

let pixel: OffscreenCanvasRenderingContext2D | null = null;
const bytes: Record<string, [number, number, number, number]> = {};

/** The colour's red, green, blue (0–255) and alpha (0–1), in the theme of now. Reactive. */
export function rgba(color: string): [number, number, number, number] {
	const resolved = resolveColor(color);
	if (resolved in bytes) return bytes[resolved];
	pixel ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
	if (!pixel) return [0, 0, 0, 1];
	pixel.clearRect(0, 0, 1, 1);
	pixel.fillStyle = resolved;
	pixel.fillRect(0, 0, 1, 1);
	const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
	return (bytes[resolved] = [r, g, b, a / 255]);
}

/** Root type size in px (16, or 24 in the projector palette). Reactive. */
export function rem(): number {
	themeVersion();
	if (typeof document === 'undefined') return 16;
	return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
