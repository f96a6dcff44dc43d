// Singular value decompositions on WebGPU, matrices too large for workgroup memory: how their columns lie in storage,
// block after block, and the shaders around the rounds of one-sided Jacobi (svdRound.ts).
import { FAILED, FILL_PASSES, float, nanWgsl, shapeWgsl, startWgsl, type TallBatch } from './svdShape';

/** Columns of a block, and of a pair of blocks. */
export const BLOCK = 16;
export const PAIR = 2 * BLOCK;
/** Invocations of a workgroup: each owns 2×2 of a pair's products. */
export const SIZE = 256;

/** Blocks of columns, an even number; columns with those that fill the last blocks; length of a column with its V. */
export function blockLayout({ rows, columns }: TallBatch): {
	blocks: number;
	padded: number;
	length: number;
} {
	const blocks = 2 * Math.ceil(columns / PAIR);
	return { blocks, padded: blocks * BLOCK, length: rows + columns };
}

/** Bytes of a matrix's record: `Item` below. */
export const ITEM_BYTES = 32;

export const itemWgsl = `
${shapeWgsl}
struct Item {
	power : i32, // entries are scaled by 2^-power
	floor : f32, // squared length up to which a column is rounding
	finite : u32,
	done : u32,
	widest : atomic<u32>, // largest cosine of this sweep, as bits
	last : f32, // that of the sweep before
	spare0 : u32,
	spare1 : u32,
}
fn paddedOf(shape : Shape) -> u32 { return (shape.columns + ${PAIR - 1}u) / ${PAIR}u * ${PAIR}u; }`;

export const entry = (size: number): string => `
@compute @workgroup_size(${size})
fn main(@builtin(workgroup_id) group : vec3<u32>, @builtin(local_invocation_index) me : u32)`;

/** Scales a matrix into columns in sequence, each followed by its column of V = 1. A workgroup a matrix. */
export function loadShader(): string {
	return `
${itemWgsl}
@group(0) @binding(0) var<storage, read> a : array<f32>;
@group(0) @binding(1) var<storage, read_write> state : array<f32>;
@group(0) @binding(2) var<storage, read_write> items : array<Item>;
@group(0) @binding(3) var<uniform> shape : Shape;
var<workgroup> sums : array<f32, ${SIZE}>;
var<workgroup> bad : atomic<u32>;
var<workgroup> shared0 : f32;
${nanWgsl}
${entry(SIZE)} {
	let m = shape.rows;
	let n = shape.columns;
	let length = m + n;
	let padded = paddedOf(shape);
	let input = (shape.first + group.x) * m * n;
	var most = 0.0;
	var good = true;
	for (var i = me; i < m * n; i += ${SIZE}u) {
		let x = a[input + i];
		good = good && isFinite(x);
		most = max(most, abs(x));
	}
	if (!good) { atomicStore(&bad, 1u); }
	sums[me] = most;
	workgroupBarrier();
	if (me == 0u) {
		for (var i = 1u; i < ${SIZE}u; i++) { most = max(most, sums[i]); }
		shared0 = most;
	}
	let power = frexp(workgroupUniformLoad(&shared0)).exp;
	var square = 0.0;
	for (var i = me; i < padded * length; i += ${SIZE}u) {
		let column = i / length;
		let row = i % length;
		var x = select(0.0, 1.0, row == column + m);
		if (row < m) {
			x = 0.0;
			if (column < n) { x = ldexp(a[input + inputIndex(shape, row, column)], -power); }
			square += x * x;
		}
		state[group.x * padded * length + i] = x;
	}
	sums[me] = square;
	workgroupBarrier();
	if (me == 0u) {
		for (var i = 1u; i < ${SIZE}u; i++) { square += sums[i]; }
		let wrong = atomicLoad(&bad);
		items[group.x].power = power;
		items[group.x].floor = square * ${float(2 ** -50)};
		items[group.x].finite = 1u - wrong;
		items[group.x].done = wrong;
		items[group.x].last = 1.0;
		atomicStore(&items[group.x].widest, 0u);
	}
}`;
}

/** Ends a sweep: a matrix in which no angle was wide is done. A workgroup a matrix. */
export function checkShader(): string {
	return `
${itemWgsl}
@group(0) @binding(0) var<storage, read_write> items : array<Item>;
${entry(1)} {
	let widest = atomicLoad(&items[group.x].widest) + me;
	if (items[group.x].done == 0u) {
		items[group.x].last = bitcast<f32>(widest);
		items[group.x].done = select(0u, 1u, widest == 0u);
	}
	atomicStore(&items[group.x].widest, 0u);
}`;
}

/** Length of each column, −1 for those that only fill the blocks, and the sign of V's largest entry in it. */
export function lengthShader(): string {
	return `
${itemWgsl}
@group(0) @binding(0) var<storage, read> state : array<f32>;
@group(0) @binding(1) var<storage, read_write> items : array<Item>;
@group(0) @binding(2) var<storage, read_write> columns : array<vec2<f32>>;
@group(0) @binding(3) var<uniform> shape : Shape;
var<workgroup> sums : array<f32, 64>;
var<workgroup> parts : array<f32, 64>;
var<workgroup> leads : array<f32, 64>;
${entry(64)} {
	let m = shape.rows;
	let n = shape.columns;
	let length = m + n;
	let padded = paddedOf(shape);
	let column = group.y * padded + group.x;
	let at = column * length;
	var sum = 0.0;
	for (var row = me; row < m; row += 64u) { sum += state[at + row] * state[at + row]; }
	sums[me] = sum;
	// Each a run of rows, so that of equal entries the first decides.
	var part = 0.0;
	var lead = 0.0;
	let run = (n + 63u) / 64u;
	for (var row = me * run; row < min(me * run + run, n); row++) {
		let x = state[at + m + row];
		part += x * x;
		if (abs(x) > abs(lead) * 1.000001) { lead = x; }
	}
	parts[me] = part;
	leads[me] = lead;
	workgroupBarrier();
	if (me != 0u) { return; }
	for (var i = 1u; i < 64u; i++) {
		sum += sums[i];
		part += parts[i];
		if (abs(leads[i]) > abs(lead) * 1.000001) { lead = leads[i]; }
	}
	let size = select(0.0, sqrt(sum), sum > items[group.y].floor);
	columns[column] = vec2<f32>(select(-1.0, size, part > 0.5), select(1.0, -1.0, lead < 0.0));
}`;
}

/** Writes a column of u and v and its singular value at its place by falling length. Workgroups: columns × matrices. */
export function outShader(): string {
	return `
${itemWgsl}
@group(0) @binding(0) var<storage, read> state : array<f32>;
@group(0) @binding(1) var<storage, read_write> items : array<Item>;
@group(0) @binding(2) var<storage, read> columns : array<vec2<f32>>;
@group(0) @binding(3) var<storage, read_write> u : array<f32>;
@group(0) @binding(4) var<storage, read_write> s : array<f32>;
@group(0) @binding(5) var<storage, read_write> v : array<f32>;
@group(0) @binding(6) var<uniform> shape : Shape;
var<workgroup> ahead : atomic<u32>;
${nanWgsl}
${entry(64)} {
	let m = shape.rows;
	let n = shape.columns;
	let length = m + n;
	let padded = paddedOf(shape);
	let base = group.y * padded;
	let mine = columns[base + group.x];
	var count = 0u;
	for (var i = me; i < padded; i += 64u) {
		let other = columns[base + i].x;
		if (other > mine.x || (other == mine.x && i < group.x)) { count += 1u; }
	}
	atomicAdd(&ahead, count);
	workgroupBarrier();
	let k = atomicLoad(&ahead);
	if (k >= n) { return; }
	let good = items[group.y].finite == 1u && items[group.y].last <= ${float(Math.sqrt(FAILED))};
	let item = shape.first + group.y;
	let factor = select(notANumber(), select(0.0, mine.y / mine.x, mine.x > 0.0), good);
	let sign = select(notANumber(), mine.y, good);
	let at = (base + group.x) * length;
	for (var row = me; row < m; row += 64u) { u[(item * m + row) * n + k] = state[at + row] * factor; }
	for (var row = me; row < n; row += 64u) {
		v[(item * n + row) * n + k] = state[at + m + row] * sign;
	}
	if (me == 0u) { s[item * n + k] = select(notANumber(), ldexp(mine.x, items[group.y].power), good); }
}`;
}

/**
 * The longer side's vectors that belong to s = 0: drawn anew, one after the other made orthogonal to all before them.
 * A workgroup a matrix; `dots` has room for `columns` numbers each.
 */
export function fillShader(): string {
	return `
${itemWgsl}
@group(0) @binding(0) var<storage, read_write> dots : array<f32>;
@group(0) @binding(1) var<storage, read_write> u : array<f32>;
@group(0) @binding(2) var<storage, read> s : array<f32>;
@group(0) @binding(3) var<uniform> shape : Shape;
var<workgroup> open : atomic<u32>;
var<workgroup> sums : array<f32, ${SIZE}>;
var<workgroup> shared0 : u32;
var<workgroup> shared1 : f32;
${startWgsl}
${entry(SIZE)} {
	let m = shape.rows;
	let n = shape.columns;
	let padded = paddedOf(shape);
	let item = shape.first + group.x;
	for (var k = me; k < n; k += ${SIZE}u) {
		if (s[item * n + k] == 0.0) { atomicAdd(&open, 1u); }
	}
	workgroupBarrier();
	if (me == 0u) { shared0 = n - atomicLoad(&open); }
	let rank = workgroupUniformLoad(&shared0);
	let base = item * m * n;
	let mine = group.x * 2u * padded;
	for (var k = rank; k < n; k++) {
		for (var row = me; row < m; row += ${SIZE}u) { u[base + row * n + k] = start(row, k); }
		for (var turn = 0; turn < ${FILL_PASSES}; turn++) {
			storageBarrier();
			for (var j = me; j < k; j += ${SIZE}u) {
				var along = 0.0;
				for (var row = 0u; row < m; row++) { along += u[base + row * n + k] * u[base + row * n + j]; }
				dots[mine + j] = along;
			}
			storageBarrier();
			var square = 0.0;
			for (var row = me; row < m; row += ${SIZE}u) {
				let at = base + row * n;
				var x = u[at + k];
				for (var j = 0u; j < k; j++) { x -= dots[mine + j] * u[at + j]; }
				u[at + k] = x;
				square += x * x;
			}
			sums[me] = square;
			workgroupBarrier();
			if (me == 0u) {
				for (var i = 1u; i < ${SIZE}u; i++) { square += sums[i]; }
				shared1 = inverseSqrt(square);
			}
			let shrink = workgroupUniformLoad(&shared1);
			for (var row = me; row < m; row += ${SIZE}u) { u[base + row * n + k] *= shrink; }
		}
	}
}`;
}
