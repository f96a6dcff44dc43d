// A text as the modules of a QR code, joined to one SVG path. The encoder is fetched on first use: most visitors never
// ask for a code.

/** Light modules around the code, which the standard asks for. */
export const QUIET = 4;
/**
 * Most bytes of a text: beyond them a code has more than 117 modules a side (version 25 at the lowest correction), too
 * fine for a phone's camera before a projector. The standard itself ends at 2953.
 */
export const MOST = 1273;
/** Up to this length a code corrects 15 % of its modules, beyond it 7 %: it is better coarse than sturdy. */
const STURDY = 300;

export type QrDrawing =
	{ readonly side: number; readonly path: string } | { readonly length: number; readonly most: number };

/** The dark modules of each row as runs, row by row; one unit a module. */
export function modulesPath(modules: readonly (readonly boolean[])[]): string {
	let path = '';
	modules.forEach((row, y) => {
		for (let x = 0; x < row.length; x++) {
			if (!row[x]) continue;
			const from = x;
			while (row[x + 1]) x++;
			path += `M${from} ${y}h${x + 1 - from}v1h${from - x - 1}z`;
		}
	});
	return path;
}

/**
 * Draws a text.
 * @returns the path and its side in modules, quiet zone included; or the text's length in bytes when it is too long
 * @throws Error when the encoder cannot be fetched
 */
export async function drawQr(text: string): Promise<QrDrawing> {
	const length = new TextEncoder().encode(text).length;
	if (length > MOST) return { length, most: MOST };
	const { encodeQR } = await import('qr');
	const ecc = length <= STURDY ? 'medium' : 'low';
	const modules = encodeQR(text, 'raw', { ecc, border: QUIET });
	return { side: modules.length, path: modulesPath(modules) };
}
