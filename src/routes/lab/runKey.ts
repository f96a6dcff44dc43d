// Names the run that a Scene describes: what is only looked at (panels, planes, theme) is no part of it.
import type { Scene } from '$lib/scene/schema';

export function runKey({ view: _view, closure: _closure, at: _at, ...run }: Scene): string {
	return JSON.stringify(run);
}
