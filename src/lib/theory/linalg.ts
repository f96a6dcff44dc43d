// Linear algebra for theory/: dense, real, float64, row-major flat arrays.

/** W = U·diag(s)·Vᵀ with full orthogonal U (rows×rows) and V (cols×cols); s has min(rows,cols) entries, falling. */
export interface Svd {
	readonly rows: number;
	readonly cols: number;
	readonly u: Float64Array;
	readonly singularValues: Float64Array;
	readonly v: Float64Array;
}
