// Addresses of states: a path within the site and what follows "#", e.g. "lab#1zabc…", "story/binary-units/#energy". The
// site may lie anywhere, so an address never names it. One that came from a file is checked before it is gone to.
import { MAX_LINK } from './codec';

/** The pages whose states can be kept. */
export const FILE_KINDS = ['lab', 'relaxation', 'annealer', 'story'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** What `encodeURIComponent`, base64url and the story's "~" write. */
const ADDRESS =
	/^(?:(lab|relaxation|annealer)\/?|(?:es\/)?(story)\/[a-z0-9-]{1,60}\/?)(?:#[\w\-.~!*'()%]*)?$/;
/** A study in JSON may be longer than a packed Scene. */
const LONGEST = 2 * MAX_LINK;

/** Which page an address leads to; null for anything but a page of this site that has states. */
export function kindOfAddress(address: string): FileKind | null {
	if (address.length > LONGEST) return null;
	const found = ADDRESS.exec(address);
	return found ? ((found[1] ?? found[2]) as FileKind) : null;
}

/**
 * The address of an absolute link.
 * @param base path of the site's first page, e.g. "/" or "/reciprocal/"
 */
export function addressOf(link: string, base: string): string {
	const { pathname, hash } = new URL(link);
	const root = base.endsWith('/') ? base : `${base}/`;
	const path = pathname.startsWith(root) ? pathname.slice(root.length) : pathname.replace(/^\//, '');
	return path + hash;
}
