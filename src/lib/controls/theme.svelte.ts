// The visitor's theme: 'system' follows the system, the others are set as `data-theme` on <html> and kept in
// localStorage, where static/theme.js finds them before the first paint.

export const themes = ['system', 'light', 'dark', 'projector'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'reciprocal:theme';
let choice = $state<Theme>('system');

/** The theme chosen now; reactive. */
export function currentTheme(): Theme {
	return choice;
}

/** Applies a theme to the document and, unless `keep` is false, remembers it for the next visit. */
export function setTheme(theme: Theme, keep = true): void {
	choice = theme;
	if (theme === 'system') delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme;
	if (!keep) return;
	try {
		if (theme === 'system') localStorage.removeItem(storageKey);
		else localStorage.setItem(storageKey, theme);
	} catch {
		// Storage may be forbidden: the choice then lasts for this page.
	}
}

/** Takes over what static/theme.js set; call once when the page mounts. */
export function readTheme(): void {
	const set = document.documentElement.dataset.theme;
	choice = themes.find((t) => t === set) ?? 'system';
}
