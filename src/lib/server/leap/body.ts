// Reads the JSON of a request, and no more of it than is allowed.
import { LeapFailure } from './failure';

/** @throws LeapFailure for another type, more than `most` bytes (then the rest is not read), or what is no JSON */
export async function readJson(request: Request, most: number): Promise<unknown> {
	const type = request.headers.get('Content-Type') ?? '';
	if (!/^application\/json\s*(;|$)/i.test(type))
		throw new LeapFailure(415, 'bad-request', 'The body of the request must be application/json.');
	const tooLarge = new LeapFailure(
		413,
		'too-large',
		`The request is larger than ${Math.floor(most / 1024)} kB, which is the limit of this server.`
	);
	if (Number(request.headers.get('Content-Length')) > most) throw tooLarge;
	const parts: Uint8Array[] = [];
	let size = 0;
	// Cancelling the stream would close the connection before the answer is out: it is left unread instead.
	const reader = request.body?.getReader();
	for (;;) {
		let part: { done: boolean; value?: Uint8Array };
		try {
			part = reader ? await reader.read() : { done: true };
		} catch (error) {
			if ((error as { status?: unknown } | null)?.status === 413) throw tooLarge;
			throw new LeapFailure(400, 'bad-request', 'The request broke off.');
		}
		if (part.done || !part.value) break;
		size += part.value.length;
		if (size > most) throw tooLarge;
		parts.push(part.value);
	}
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)));
	} catch {
		throw new LeapFailure(400, 'bad-request', 'The body of the request is no JSON.');
	}
}
