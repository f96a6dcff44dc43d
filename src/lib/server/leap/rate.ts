// How many requests a client, and all clients together, may make: token buckets in memory, as many as there are clients
// of late. A restart forgets them; what costs money is counted on disk (budget.ts).
import { LeapFailure } from './failure';

interface Bucket {
	tokens: number;
	at: number;
}

/** Clients that are remembered at most; the one that was longest away is forgotten first. */
const MOST_CLIENTS = 10_000;

export class RateLimit {
	readonly #perMinute: number;
	readonly #buckets = new Map<string, Bucket>();

	constructor(perMinute: number) {
		this.#perMinute = perMinute;
	}

	/**
	 * Takes one request of `client` at time `now` (ms).
	 * @throws LeapFailure with the seconds until the next would be let through
	 */
	take(client: string, now: number): void {
		const most = this.#perMinute;
		const old = this.#buckets.get(client);
		const gained = old ? (Math.max(0, now - old.at) * most) / 60_000 : 0;
		const tokens = old ? Math.min(most, old.tokens + gained) : most;
		this.#buckets.delete(client);
		this.#buckets.set(client, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
		if (this.#buckets.size > MOST_CLIENTS) {
			const [oldest] = this.#buckets.keys();
			this.#buckets.delete(oldest);
		}
		if (tokens >= 1) return;
		const wait = Math.max(1, Math.ceil(((1 - tokens) * 60) / most));
		throw new LeapFailure(429, 'too-many-requests', `Too many requests. Try again in ${wait} s.`, wait);
	}
}
