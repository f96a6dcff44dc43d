// What every data set of the Lab looks like to the rest of the app: packed binary rows and how to draw them.

/** Binary rows, packed: `stride` = ⌈units/8⌉ bytes a row, first unit in the highest bit of the first byte. */
export interface BitRows {
	readonly count: number;
	readonly units: number;
	readonly stride: number;
	readonly bytes: Uint8Array;
}

/** A data set: training rows, held-out rows where there are any, and the shape in which a row is drawn. */
export interface Dataset {
	/** short name for headings, e.g. "Bars and stripes 4×4" */
	readonly title: string;
	/** which convention was used, in a sentence that the page shows */
	readonly convention: string;
	readonly units: number;
	/** a row is drawn as rows×cols pixels, row by row; rows·cols = units */
	readonly rows: number;
	readonly cols: number;
	readonly train: BitRows;
	/** held-out rows; null where the data are a complete enumeration */
	readonly heldOut: BitRows | null;
	/** the training rows are each distinct pattern once, so ln(1/count) bounds the average log-likelihood */
	readonly complete: boolean;
	/** for synthetic data: the structure put in, and what the machine that drew the rows gives them */
	readonly planted?: Planted;
}

/** What is known of the machine that drew a synthetic data set. All of it is exact. */
export interface Planted {
	/** singular values of its βW, falling; all others are 0 */
	readonly singularValues: readonly number[];
	/** its left singular vectors, one array of `units` each, in the same order */
	readonly patterns: readonly Float64Array[];
	/** its average log-likelihood of the training rows, in nats a row: none does better on average over fresh rows */
	readonly trainLogLikelihood: number;
	readonly heldOutLogLikelihood: number;
}
