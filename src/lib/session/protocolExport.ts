// What the session hands out to be saved: arrays of a run and the figures they give. Types only.

/** Packed binary rows, ⌈units/8⌉ bytes each, first unit in the highest bit. */
export interface PackedBits {
	readonly count: number;
	readonly units: number;
	readonly bytes: Uint8Array;
}

/** Everything of a run where it stands. Matrices are row by row. */
export interface RunExport {
	readonly step: number;
	readonly title: string;
	readonly N: number;
	readonly M: number;
	readonly beta: number;
	/** of the lift in force */
	readonly sigma2: number;
	/** name of the backend that computed */
	readonly backend: string;
	/** W [N, M], a₀ [N], b₀ [M] */
	readonly weights: Float32Array;
	readonly visibleBias: Float32Array;
	readonly hiddenBias: Float32Array;
	/** what learning started from */
	readonly initial: {
		readonly weights: Float32Array;
		readonly visibleBias: Float32Array;
		readonly hiddenBias: Float32Array;
	};
	/** falling, r = min(N,M); U [N, r] and V [M, r] */
	readonly singularValues: Float64Array;
	readonly u: Float64Array;
	readonly v: Float64Array;
	/** states of the chains that are shown, one byte a unit: [chains, N], [chains, M] */
	readonly shown: { readonly count: number; readonly visible: Uint8Array; readonly hidden: Uint8Array };
	/** coordinates of the Langevin particles in units, visible first: [count, N+M]; null without any */
	readonly particles: {
		readonly count: number;
		readonly step: number;
		readonly time: number;
		readonly z: Float32Array;
	} | null;
	readonly train: PackedBits;
	readonly heldOut: PackedBits | null;
	/** rows that the mean free energy is taken over: the first ones */
	readonly rowsLookedAt: number;
	/** figures by name, float64, from the parameters above; no entry where one cannot be had */
	readonly numbers: Readonly<Record<string, number>>;
	/** hash of the run's integers (scene/resultHash.ts) */
	readonly hash: string;
}

/** The part of the worker's face that hands out arrays. */
export interface ExportApi {
	/** Null without a run. */
	exportRun(): Promise<RunExport | null>;
}
