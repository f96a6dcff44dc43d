// JacobiSvd on WebGPU: one-sided Jacobi, one workgroup a matrix, a whole batch in one dispatch. Columns are rotated in
// pairs until all are orthogonal; a sweep is a round-robin tournament whose rounds pair every column once. Small
// matrices live in workgroup memory, larger ones in the output's own storage.
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';

/** Sizes of a batch of tall matrices: rows ≥ columns. */
export interface TallBatch {
	readonly count: number;
	readonly rows: number;
	readonly columns: number;
	/** the input holds the transposes, [count, columns, rows] */
	readonly transposed: boolean;
}

/** Cosine of the angle between columns that counts as a right one: a few roundings of a float32 dot product. */
const TOLERANCE = 3e-7;
/** Columns shorter than this part of the longest are rounding noise: their singular value is 0. */
const NOISE = 2e-7;
/** Jacobi converges quadratically: six to ten sweeps; the bound ends what rounding keeps turning. */
const MAX_SWEEPS = 20;

/** Floats of the result of one matrix: U (rows×columns), V (columns×columns), s, row by row; then the workspace. */
export function resultFloats({ rows, columns }: TallBatch, inStorage: boolean): number {
	const final = (rows + columns + 1) * columns;
	return inStorage ? final + (rows + columns) * columns : final;
}

const nextPower = (n: number): number => 2 ** Math.floor(Math.log2(Math.max(1, n)));

/** How the invocations of a workgroup share the pairs of a round. */
function layout({ columns }: TallBatch, invocations: number) {
	const players = columns + (columns % 2);
	const pairs = players / 2;
	const lanes = nextPower(Math.min(64, invocations / Math.min(pairs, invocations)));
	return { players, pairs, lanes, size: invocations };
}

/** Does a matrix fit workgroup memory, besides the partial sums and the order? */
export function fitsWorkgroup({ rows, columns }: TallBatch, bytes: number, invocations: number): boolean {
	return 4 * ((rows + columns) * columns + 3 * invocations + 3 * columns + 8) <= bytes;
}

/** The shader: see the comments in it. */
function code(batch: TallBatch, inStorage: boolean, invocations: number): string {
	const { rows, columns, transposed } = batch;
	const { players, pairs, lanes, size } = layout(batch, invocations);
	const length = rows + columns;
	const final = (rows + columns + 1) * columns;
	const barrier = inStorage ? 'storageBarrier(); workgroupBarrier();' : 'workgroupBarrier();';
	const cell = (column: string, row: string) =>
		inStorage
			? `result[work + (${column}) * ${length} + (${row})]`
			: `work[(${column}) * ${length} + (${row})]`;
	return `
${inStorage ? '' : `var<workgroup> work : array<f32, ${columns * length}>;`}
var<workgroup> sumA : array<f32, ${size}>;
var<workgroup> sumB : array<f32, ${size}>;
var<workgroup> sumG : array<f32, ${size}>;
var<workgroup> norms : array<f32, ${columns}>;
var<workgroup> order : array<i32, ${columns}>;
var<workgroup> dots : array<f32, ${columns}>;
var<workgroup> turned : atomic<u32>;
var<workgroup> going : u32;
var<workgroup> longest : f32;
var<workgroup> scale : f32;

fn main(index : i32) {
	let me = i32(localIndex);
	let base = i32(workgroupId.x) * uniforms.floats;
	let input = i32(workgroupId.x) * ${rows * columns};
	${inStorage ? `let work = base + ${final};` : ''}

	// Entries are scaled to at most 1, so that no square overflows or vanishes.
	var most = 0.0;
	for (var at = me; at < ${rows * columns}; at = at + ${size}) { most = max(most, abs(A[input + at])); }
	sumA[me] = most;
	workgroupBarrier();
	if (me == 0) {
		for (var k = 0; k < ${size}; k = k + 1) { most = max(most, sumA[k]); }
		scale = select(1.0, most, most > 0.0);
	}
	workgroupBarrier();

	// Columns in sequence, each followed by its column of V = 1.
	for (var at = me; at < ${columns * length}; at = at + ${size}) {
		let column = at / ${length};
		let row = at - column * ${length};
		if (row < ${rows}) {
			${cell('column', 'row')} = A[input + ${transposed ? `column * ${rows} + row` : `row * ${columns} + column`}] / scale;
		} else {
			${cell('column', 'row')} = select(0.0, 1.0, row - ${rows} == column);
		}
	}
	${barrier}

	for (var sweep = 0; sweep < ${MAX_SWEEPS}; sweep = sweep + 1) {
		// The longest column: what is rounding noise beside it is left alone.
		for (var column = me; column < ${columns}; column = column + ${size}) {
			var square = 0.0;
			for (var row = 0; row < ${rows}; row = row + 1) {
				let x = ${cell('column', 'row')};
				square = square + x * x;
			}
			norms[column] = square;
		}
		workgroupBarrier();
		if (me == 0) {
			atomicStore(&turned, 0u);
			longest = 0.0;
			for (var column = 0; column < ${columns}; column = column + 1) { longest = max(longest, norms[column]); }
		}
		workgroupBarrier();
		let floor = longest * ${NOISE * NOISE};

		for (var round = 0; round < ${players - 1}; round = round + 1) {
			for (var first = 0; first < ${pairs}; first = first + ${size / lanes}) {
				let pair = first + me / ${lanes};
				let lane = me % ${lanes};
				var p = (round + pair) % ${Math.max(1, players - 1)};
				var q = (round + ${players - 1} - pair) % ${Math.max(1, players - 1)};
				if (pair == 0) { q = ${players - 1}; }
				if (p > q) { let other = p; p = q; q = other; }
				let playing = pair < ${pairs} && q < ${columns};
				var a = 0.0;
				var b = 0.0;
				var g = 0.0;
				if (playing) {
					for (var row = lane; row < ${rows}; row = row + ${lanes}) {
						let x = ${cell('p', 'row')};
						let y = ${cell('q', 'row')};
						a = a + x * x;
						b = b + y * y;
						g = g + x * y;
					}
				}
				sumA[me] = a;
				sumB[me] = b;
				sumG[me] = g;
				workgroupBarrier();
				if (playing) {
					a = 0.0;
					b = 0.0;
					g = 0.0;
					let start = me - lane;
					for (var k = 0; k < ${lanes}; k = k + 1) {
						a = a + sumA[start + k];
						b = b + sumB[start + k];
						g = g + sumG[start + k];
					}
					if (a > floor && b > floor && abs(g) > ${TOLERANCE} * sqrt(a) * sqrt(b)) {
						let zeta = (b - a) / (2.0 * g);
						let t = select(1.0, -1.0, zeta < 0.0) / (abs(zeta) + sqrt(1.0 + zeta * zeta));
						let c = 1.0 / sqrt(1.0 + t * t);
						let s = c * t;
						// A rotation as a small change (Rutishauser): its rounding shrinks with the angle, so that hundreds of
						// rotations do not stretch the vectors.
						let h = s / (1.0 + c);
						for (var row = lane; row < ${length}; row = row + ${lanes}) {
							let x = ${cell('p', 'row')};
							let y = ${cell('q', 'row')};
							${cell('p', 'row')} = x - s * (y + h * x);
							${cell('q', 'row')} = y + s * (x - h * y);
						}
						if (lane == 0) { atomicAdd(&turned, 1u); }
					}
				}
				${barrier}
			}
		}
		if (me == 0) { going = atomicLoad(&turned); }
		if (workgroupUniformLoad(&going) == 0u) { break; }
	}

	// Singular values and their order.
	for (var column = me; column < ${columns}; column = column + ${size}) {
		var square = 0.0;
		for (var row = 0; row < ${rows}; row = row + 1) {
			let x = ${cell('column', 'row')};
			square = square + x * x;
		}
		norms[column] = sqrt(square);
	}
	workgroupBarrier();
	if (me == 0) {
		longest = 0.0;
		for (var column = 0; column < ${columns}; column = column + 1) { longest = max(longest, norms[column]); }
	}
	workgroupBarrier();
	let noise = longest * ${NOISE};
	for (var column = me; column < ${columns}; column = column + ${size}) {
		if (norms[column] <= noise) { norms[column] = 0.0; }
	}
	workgroupBarrier();
	for (var column = me; column < ${columns}; column = column + ${size}) {
		var rank = 0;
		for (var other = 0; other < ${columns}; other = other + 1) {
			let ahead = norms[other] > norms[column] || (norms[other] == norms[column] && other < column);
			rank = rank + select(0, 1, ahead);
		}
		order[rank] = column;
	}
	workgroupBarrier();

	// Left vectors: the columns divided by their length; one without length is drawn anew and made orthogonal to all
	// before it, twice (Gram and Schmidt; twice is enough).
	for (var rank = 0; rank < ${columns}; rank = rank + 1) {
		let column = order[rank];
		if (me == 0) { going = select(1u, 0u, norms[column] > 0.0); }
		if (workgroupUniformLoad(&going) == 0u) {
			for (var row = me; row < ${rows}; row = row + ${size}) {
				${cell('column', 'row')} = ${cell('column', 'row')} / norms[column];
			}
		} else {
			for (var row = me; row < ${rows}; row = row + ${size}) {
				${cell('column', 'row')} = f32((u32(row + 1) * 2654435769u + u32(rank + 1) * 2246822519u) >> 9u) / 8388608.0 - 0.5;
			}
			for (var again = 0; again < 3; again = again + 1) {
				${barrier}
				for (var other = me; other < rank; other = other + ${size}) {
					var dot = 0.0;
					for (var row = 0; row < ${rows}; row = row + 1) {
						dot = dot + ${cell('column', 'row')} * ${cell('order[other]', 'row')};
					}
					dots[other] = dot;
				}
				workgroupBarrier();
				for (var row = me; row < ${rows}; row = row + ${size}) {
					var x = ${cell('column', 'row')};
					for (var other = 0; other < rank; other = other + 1) {
						x = x - dots[other] * ${cell('order[other]', 'row')};
					}
					${cell('column', 'row')} = x;
				}
				${barrier}
				if (me == 0) {
					var square = 0.0;
					for (var row = 0; row < ${rows}; row = row + 1) {
						square = square + ${cell('column', 'row')} * ${cell('column', 'row')};
					}
					dots[${columns - 1}] = inverseSqrt(square);
				}
				workgroupBarrier();
				for (var row = me; row < ${rows}; row = row + ${size}) {
					${cell('column', 'row')} = ${cell('column', 'row')} * dots[${columns - 1}];
				}
			}
		}
		${barrier}
	}

	// Out, row by row: U, V, s, by falling singular value.
	for (var at = me; at < ${final}; at = at + ${size}) {
		let row = at / ${columns};
		let column = order[at - row * ${columns}];
		if (row < ${length}) { result[base + at] = ${cell('column', 'row')}; } else { result[base + at] = scale * norms[column]; }
	}
}`;
}

/**
 * U, V and s of every matrix of a batch, as [count, resultFloats]; `a` is [count, rows, columns] (or their transposes).
 * One dispatch. `forceStorage` keeps small ones out of workgroup memory too. Throws RangeError past 65 535 matrices.
 */
export function jacobiSvdWebgpu(
	backend: WebGPUBackend,
	a: TensorInfo,
	batch: TallBatch,
	forceStorage: boolean
): TensorInfo {
	const { limits } = backend.device;
	if (batch.count > limits.maxComputeWorkgroupsPerDimension)
		throw new RangeError('Too many matrices for a batch.');
	const invocations = nextPower(Math.min(256, limits.maxComputeInvocationsPerWorkgroup));
	const inStorage = forceStorage || !fitsWorkgroup(batch, limits.maxComputeWorkgroupStorageSize, invocations);
	const { rows, columns, transposed } = batch;
	const floats = resultFloats(batch, inStorage);
	const program: WebGPUProgram = {
		variableNames: ['A'],
		// The automatic layout drops a uniform buffer that no line reads.
		uniforms: 'floats : i32,',
		outputShape: [batch.count, floats],
		workgroupSize: [invocations, 1, 1],
		dispatchLayout: { x: [0] },
		dispatch: [batch.count, 1, 1],
		shaderKey: `JacobiSvd_${rows}_${columns}_${transposed}_${inStorage}`,
		getUserCode: () => code(batch, inStorage, invocations)
	};
	return backend.runWebGPUProgram(program, [a], 'float32', [{ type: 'int32', data: [floats] }]);
}
