// What the session tells about the machine for the map: states of its Gibbs chains, the chosen mode's axes, and the
// moments of the leading modes. Types only.

/** One leading mode over the states, in stiff and soft coordinates from the centre s = ½. */
export interface MapMoments {
	readonly lambda: number;
	readonly stiffMean: number;
	readonly stiffVariance: number;
	readonly softMean: number;
	readonly softVariance: number;
	/** −∂E along u and w at the centre */
	readonly stiffField: number;
	readonly softField: number;
}

/** The present machine for the map, from its block-Gibbs chains. */
export interface MapSample {
	readonly step: number;
	readonly N: number;
	readonly M: number;
	readonly beta: number;
	/** of the lift in force */
	readonly sigma2: number;
	/** rank of the mode shown, from 0 by falling singular value */
	readonly mode: number;
	/** all, falling */
	readonly singularValues: Float64Array;
	/** left and right singular vector of the mode shown */
	readonly u: Float64Array;
	readonly v: Float64Array;
	/** count×(N+M) of 0 and 1, visible first */
	readonly bits: Uint8Array;
	readonly energies: Float64Array;
	/** leading modes by falling singular value */
	readonly moments: readonly MapMoments[];
	/** the parameters themselves where they are few (N·M ≤ 1024); else null */
	readonly parameters: {
		readonly weights: Float64Array;
		readonly visibleBias: Float64Array;
		readonly hiddenBias: Float64Array;
	} | null;
}
