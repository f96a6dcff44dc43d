// Where the packed data sets lie, as the session wants it: an absolute address. Call in the browser only.
import { asset } from '$app/paths';

export function dataFolder(): string {
	return new URL(asset('/data/'), location.href).href;
}
