// Scene ⇄ the text after "#" in a link. A link is read as data and nothing else; whatever it holds, it opens a valid
// Scene, with a sentence for each thing that was put right.
//
//   1 z kQ4 q1YqVrJSMjLQUTKxUirJzE1VsqpWKlGyMtCBAA   (parts run together)
//   │ │ │   └ flat JSON (flat.ts) in base64url, deflated (z) or as it is (j), whichever is shorter
//   │ │ └ check: 18 bits of a hash of that JSON, so that a changed link is noticed
//   │ └ packing
//   └ version of the Scene, a digit to base 36
//
// No text at all is the default Scene.
import { flatten, unflatten } from './flat';
import type { Repair } from './repair';
import { defaultScene, SCENE_VERSION, type Scene } from './schema';
import { repairScene } from './validate';

/** Longest text that is read, and longest JSON that is unpacked from it, in characters: 64 drawings of 16×16 fit. */
export const MAX_LINK = 8192;
export const MAX_TEXT = 8192;

export interface Decoded {
	readonly scene: Scene;
	readonly repairs: readonly Repair[];
}

function toBase64Url(bytes: Uint8Array): string {
	let binary = '';
	for (const b of bytes) binary += String.fromCharCode(b);
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @throws if the text is no base64url */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
	if (!/^[\w-]*$/.test(text)) throw new Error('not base64url');
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(binary, (c) => c.charCodeAt(0));
}

/** All bytes of a stream; throws, and stops reading, once there are more than `limit`. */
async function collect(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
	const reader = stream.getReader();
	const out = new Uint8Array(limit);
	let length = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return out.slice(0, length);
		if (length + value.length > limit) {
			void reader.cancel().catch(() => {});
			throw new Error('too long');
		}
		out.set(value, length);
		length += value.length;
	}
}

function through(bytes: Uint8Array<ArrayBuffer>, transform: GenericTransformStream, limit: number) {
	return collect(new Blob([bytes]).stream().pipeThrough(transform), limit);
}

/** Three base64url characters of FNV-1a. */
function check(bytes: Uint8Array): string {
	let hash = 0x811c9dc5;
	for (const b of bytes) hash = Math.imul(hash ^ b, 0x01000193);
	hash ^= hash >>> 15;
	return toBase64Url(Uint8Array.of(hash >>> 10, hash >>> 2, hash << 6)).slice(0, 3);
}

/** JSON text as a link of the given version; for `encodeScene`, and for tests that build links of their own. */
export async function packText(text: string, version = SCENE_VERSION): Promise<string> {
	const bytes = new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
	const plain = toBase64Url(bytes);
	const deflated = toBase64Url(
		await through(bytes, new CompressionStream('deflate-raw'), 2 * bytes.length + 64)
	);
	const packed = deflated.length < plain.length ? `z${check(bytes)}${deflated}` : `j${check(bytes)}${plain}`;
	return version.toString(36) + packed;
}

/**
 * The text of a link that `packText` made, at most MAX_TEXT bytes of it, and whether its check agrees.
 * @throws Error when it cannot be read
 */
export async function unpackText(link: string): Promise<{ version: number; text: string; intact: boolean }> {
	const version = parseInt(link[0], 36);
	if (!(version >= 1) || !'jz'.includes(link[1])) throw new Error('no packing');
	const body = fromBase64Url(link.slice(5));
	const bytes =
		link[1] === 'j' ? body : await through(body, new DecompressionStream('deflate-raw'), MAX_TEXT);
	const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	return { version, text, intact: link.slice(2, 5) === check(bytes) };
}

/** The text for after "#": shorter than 200 characters for any usual state, empty for the default one. */
export async function encodeScene(scene: Scene): Promise<string> {
	const flat = flatten(scene);
	return Object.keys(flat).length === 0 ? '' : packText(JSON.stringify(flat));
}

/** Takes off what mail and chat programs leave around a link. */
function trim(fragment: string): string {
	let from = 0;
	let to = fragment.length;
	while (from < to && /[#\s]/.test(fragment[from])) from++;
	while (to > from && !/[\w-]/.test(fragment[to - 1])) to--;
	return fragment.slice(from, to);
}

function whole(sentence: string): Decoded {
	return {
		scene: defaultScene,
		repairs: [{ path: '', sentence: `${sentence} The default state is shown.` }]
	};
}

/**
 * The Scene of a link, whatever the link holds, and a sentence for each thing that was put right. Never throws; input
 * and unpacked text are both limited in length.
 * @param fragment what follows "#", with or without it
 */
export async function decodeScene(fragment: string): Promise<Decoded> {
	if (fragment.length > MAX_LINK)
		return whole(`The link has ${fragment.length} characters, more than the ${MAX_LINK} that are read.`);
	const link = trim(fragment);
	if (link === '') return { scene: defaultScene, repairs: [] };

	const repairs: Repair[] = [];
	let version: number;
	let flat: unknown;
	try {
		const unpacked = await unpackText(link);
		version = unpacked.version;
		flat = JSON.parse(unpacked.text);
		if (typeof flat !== 'object' || flat === null || Array.isArray(flat)) throw new Error('no record');
		if (!unpacked.intact)
			repairs.push({
				path: '',
				sentence: 'The link was changed on its way: its check does not agree. What can be read of it is used.'
			});
	} catch {
		const newer =
			parseInt(link[0], 36) > SCENE_VERSION ? ' Or it was made by a newer version of this page.' : '';
		return whole(`The link is damaged or cut short and cannot be read.${newer}`);
	}
	if (version > SCENE_VERSION)
		repairs.push({
			path: 'version',
			sentence: `The link was made by a newer version of this page (${version}; this is ${SCENE_VERSION}). The fields known here are used.`
		});
	const { value, strangers } = unflatten(flat as Record<string, unknown>);
	const repaired = repairScene(value, strangers);
	return { scene: repaired.scene, repairs: [...repairs, ...repaired.repairs] };
}
