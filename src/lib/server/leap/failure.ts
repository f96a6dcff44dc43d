// What can go wrong between a page and an annealer, as one sentence that the page may show, with the HTTP status of the
// answer. Nothing else of an error reaches a browser.

/** Short names of failures, for programs; the sentence is for people. */
export type FailureCode =
	| 'not-configured'
	| 'cross-origin'
	| 'code-needed'
	| 'code-wrong'
	| 'bad-request'
	| 'too-large'
	| 'unknown-address'
	| 'unknown-job'
	| 'unknown-solver'
	| 'graph-changed'
	| 'id-taken'
	| 'does-not-fit'
	| 'over-limit'
	| 'over-budget'
	| 'too-many-requests'
	| 'leap-refused-token'
	| 'leap-refused'
	| 'leap-busy'
	| 'leap-failed'
	| 'leap-unreachable'
	| 'leap-unreadable'
	| 'state'
	| 'internal';

export class LeapFailure extends Error {
	override name = 'LeapFailure';
	readonly status: number;
	readonly code: FailureCode;
	/** seconds after which asking again may help */
	readonly retryAfter: number | undefined;
	/** the status that Leap itself gave */
	readonly upstream: number | undefined;

	constructor(status: number, code: FailureCode, sentence: string, retryAfter?: number, upstream?: number) {
		super(sentence);
		this.status = status;
		this.code = code;
		this.retryAfter = retryAfter;
		this.upstream = upstream;
	}
}
