// A = U·Σ·Vᵀ of one matrix in float64: V from the eigenvectors of AᵀA (tridiagonal form, divide and conquer), then
// B = A·V, whose columns are U·Σ, repaired where AᵀA was not accurate enough. Nearly all of the work is in products.
// Matrices are worked on with their columns as rows, the longer side along memory.
import { divideScratch, tridiagonalEigen } from './svdDivide';
import { multiply, multiplyScratch, SET } from './svdProduct';
import { repair } from './svdRepair';
import { reflectRows } from './svdReflect';
import { tridiagonalise, tridiagonalScratch } from './svdTridiagonal';
import { addScaled, dot, scale } from './svdVector';

// Where the parts of the decomposition at work lie; m is the longer side, n the shorter.
/** n rows of length m: the columns of A, of entries not far from 1. */
export let columnsOfA: usize = 0;
/** n×m: A·V, transposed. */
export let columnsOfB: usize = 0;
/** n×n: Vᵀ. */
export let columnsOfV: usize = 0;
/** n: squared lengths of B's columns. */
export let squares: usize = 0;
/** n 32-bit integers: the columns by falling length. */
export let order: usize = 0;
/** n: free once the decomposition is done. */
export let offDiagonal: usize = 0;
export let factors: usize = 0;
/** n×m, n×n */
let spareLong: usize = 0;
let spareSquare: usize = 0;
/** m numbers. */
let leverage: usize = 0;
let gram: usize = 0;
let inner: usize = 0;

/** Bytes that `layOut` lays out. */
export function decomposeScratch(m: i32, n: i32): usize {
	const work = max(max(tridiagonalScratch(n), divideScratch(n)), multiplyScratch(n));
	return (<usize>n * (3 * m + 3 * n + 4) + m + 64) * 8 + work;
}

export function layOut(m: i32, n: i32, scratch: usize): void {
	const long = (<usize>n * m) << 3;
	const square = (<usize>n * n) << 3;
	const line = <usize>n << 3;
	columnsOfA = scratch;
	columnsOfB = columnsOfA + long;
	spareLong = columnsOfB + long;
	columnsOfV = spareLong + long;
	gram = columnsOfV + square;
	spareSquare = gram + square;
	squares = spareSquare + square;
	offDiagonal = squares + line;
	factors = offDiagonal + line;
	order = factors + line;
	leverage = order + line;
	inner = leverage + (<usize>m << 3) + 64;
}

/**
 * From A: V, B, `squares` and `order`. Columns of B not longer than floor·‖A‖_F become zeros; the others are orthogonal
 * within `tolerance`, relative to their lengths. Returns false if that was not reached.
 */
export function decompose(m: i32, n: i32, floor: f64, tolerance: f64): bool {
	const a8 = <usize>m << 3;
	const n8 = <usize>n << 3;
	multiply(n, n, m, columnsOfA, a8, false, columnsOfA, a8, true, gram, n8, SET, true, inner);
	let trace: f64 = 0;
	for (let i = 0; i < n; i++) trace += load<f64>(gram + i * n8 + (<usize>i << 3));
	tridiagonalise(n, gram, n8, squares, offDiagonal, factors, inner);
	tridiagonalEigen(n, squares, offDiagonal, columnsOfV, n8, inner);
	reflectRows(n, gram, n8, factors, n, columnsOfV, n8, inner);
	multiply(n, m, n, columnsOfV, n8, false, columnsOfA, a8, false, columnsOfB, a8, SET, false, inner);
	// AᵀA and its eigenvalues are known to some n·ε·λ₁: enough when the least eigenvalue is far above that.
	const least = load<f64>(squares);
	const doubt = 8 * 1.1e-16 * n * load<f64>(squares + n8 - 8);
	let done = true;
	if (doubt <= tolerance * least && least > floor * floor * trace) {
		for (let i = 0; i < n; i++) {
			const row = columnsOfB + i * a8;
			store<f64>(squares + (<usize>i << 3), dot(m, row, row));
		}
	} else {
		done = repair(
			n, m, columnsOfB, columnsOfV, floor * Math.sqrt(trace), tolerance,
			squares, gram, spareSquare, spareLong, offDiagonal, factors, inner
		);
	}
	// The columns come nearly in rising order.
	for (let i = 0; i < n; i++) {
		const from = n - 1 - i;
		const x = load<f64>(squares + (<usize>from << 3));
		let j = i;
		for (; j > 0; j--) {
			const before = load<i32>(order + (<usize>(j - 1) << 2));
			if (load<f64>(squares + (<usize>before << 3)) >= x) break;
			store<i32>(order + (<usize>j << 2), before);
		}
		store<i32>(order + (<usize>j << 2), from);
	}
	return done;
}

/**
 * Makes B's columns from `rank` on, which are zeros, unit vectors orthogonal to all others, and the others of length 1
 * too: each from the unit vector that lies least in the span of those before, orthogonalised twice.
 */
export function complete(m: i32, n: i32, rank: i32): void {
	const m8 = <usize>m << 3;
	memory.fill(leverage, 0, m8);
	for (let k = 0; k < n; k++) {
		const row = columnOfB(m, k);
		if (k >= rank) {
			let at = 0;
			for (let i = 1; i < m; i++) {
				if (load<f64>(leverage + (<usize>i << 3)) < load<f64>(leverage + (<usize>at << 3))) at = i;
			}
			memory.fill(row, 0, m8);
			store<f64>(row + (<usize>at << 3), 1);
			for (let turn = 0; turn < 2; turn++) {
				for (let j = 0; j < k; j++) {
					const other = columnOfB(m, j);
					const along = turn == 0 ? load<f64>(other + (<usize>at << 3)) : dot(m, other, row);
					if (along != 0) addScaled(m, -along, other, row);
				}
			}
		}
		scale(m, 1 / Math.sqrt(dot(m, row, row)), row);
		for (let i = 0; i < m; i++) {
			const o = <usize>i << 3;
			const x = load<f64>(row + o);
			store<f64>(leverage + o, load<f64>(leverage + o) + x * x);
		}
	}
}

/** Where the column of B that comes k-th by length lies. */
// @ts-ignore: decorator
@inline
export function columnOfB(m: i32, k: i32): usize {
	return columnsOfB + ((<usize>load<i32>(order + (<usize>k << 2)) * m) << 3);
}
