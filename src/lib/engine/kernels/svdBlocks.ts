// Singular value decompositions on WebGPU, matrices too large for workgroup memory: one-sided Jacobi by blocks. A
// workgroup owns two blocks of columns a round: it takes their scalar products, diagonalises those 32×32 numbers in
// workgroup memory, and applies the rotation to both blocks and to their columns of V. A dispatch a round, nothing read
// back: a matrix that has converged is skipped on the device.
import {
	FAILED,
	FILL_PASSES,
	float,
	nanWgsl,
	rotationWgsl,
	shapeWgsl,
	startWgsl,
	type TallBatch
} from './svdShape';

/** Columns of a block, and of a pair of blocks. */
const BLOCK = 16;
const PAIR = 2 * BLOCK;
/** Distance of columns in workgroup memory: odd, so that rows and columns both spread over the banks. */
const PITCH = PAIR + 1;
/** Invocations of a workgroup: each owns 2×2 of a pair's products. */
const SIZE = 256;

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

const itemWgsl = `
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

const entry = (size: number): string => `
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

/** Makes the columns of two blocks orthogonal to each other. Workgroups: pairs of blocks × matrices. */
export function roundShader(): string {
	const loadTile = (limit: string) => `
		for (var i = me; i < ${PAIR * PAIR}u; i += ${SIZE}u) {
			let row = row0 + i % ${PAIR}u;
			var x = 0.0;
			if (row < ${limit}) { x = state[place(i / ${PAIR}u, group.y) + row]; }
			tile[(i / ${PAIR}u) * ${PITCH}u + i % ${PAIR}u] = x;
		}
		workgroupBarrier();`;
	return `
${itemWgsl}
@group(0) @binding(0) var<storage, read_write> state : array<f32>;
@group(0) @binding(1) var<storage, read_write> items : array<Item>;
@group(0) @binding(2) var<uniform> shape : Shape;
var<workgroup> tile : array<f32, ${PAIR * PITCH}>;
var<workgroup> gram : array<f32, ${PAIR * PITCH}>;
var<workgroup> turned : array<f32, ${PAIR * PITCH}>;
var<workgroup> turns : array<Rotation, ${BLOCK}>;
var<workgroup> widest : atomic<u32>;
var<workgroup> shared0 : u32;
var<private> firstBlock : u32;
var<private> secondBlock : u32;
${rotationWgsl}

// Where a column of the pair begins.
fn place(column : u32, item : u32) -> u32 {
	let block = select(secondBlock, firstBlock, column < ${BLOCK}u);
	return (item * paddedOf(shape) + block * ${BLOCK}u + column % ${BLOCK}u) * (shape.rows + shape.columns);
}

// The two columns that meet in a round of the tournament inside the pair.
fn players(round : u32, pair : u32) -> vec2<u32> {
	let p = (round + pair) % ${PAIR - 1}u;
	let q = select((round + ${PAIR - 1}u - pair) % ${PAIR - 1}u, ${PAIR - 1}u, pair == 0u);
	return vec2<u32>(min(p, q), max(p, q));
}

${entry(SIZE)} {
	let m = shape.rows;
	let length = m + shape.columns;
	let others = paddedOf(shape) / ${BLOCK}u - 1u;
	if (me == 0u) { shared0 = items[group.y].done; }
	if (workgroupUniformLoad(&shared0) != 0u) { return; }
	let floor = items[group.y].floor;
	firstBlock = (shape.round + group.x) % others;
	secondBlock = select((shape.round + others - group.x) % others, others, group.x == 0u);

	// Scalar products of all columns of the pair.
	let i0 = me / ${BLOCK}u;
	let j0 = me % ${BLOCK}u;
	var g00 = 0.0;
	var g01 = 0.0;
	var g10 = 0.0;
	var g11 = 0.0;
	for (var row0 = 0u; row0 < m; row0 += ${PAIR}u) {
		${loadTile('m')}
		// A tile's share by itself first: sums of sums lose less.
		var t00 = 0.0;
		var t01 = 0.0;
		var t10 = 0.0;
		var t11 = 0.0;
		for (var row = 0u; row < ${PAIR}u; row++) {
			let x0 = tile[i0 * ${PITCH}u + row];
			let x1 = tile[(i0 + ${BLOCK}u) * ${PITCH}u + row];
			let y0 = tile[j0 * ${PITCH}u + row];
			let y1 = tile[(j0 + ${BLOCK}u) * ${PITCH}u + row];
			t00 += x0 * y0;
			t01 += x0 * y1;
			t10 += x1 * y0;
			t11 += x1 * y1;
		}
		g00 += t00;
		g01 += t01;
		g10 += t10;
		g11 += t11;
		workgroupBarrier();
	}
	gram[i0 * ${PITCH}u + j0] = g00;
	gram[i0 * ${PITCH}u + j0 + ${BLOCK}u] = g01;
	gram[(i0 + ${BLOCK}u) * ${PITCH}u + j0] = g10;
	gram[(i0 + ${BLOCK}u) * ${PITCH}u + j0 + ${BLOCK}u] = g11;
	workgroupBarrier();

	// The widest departure from a right angle; nothing to do if it is none.
	for (var i = me; i < ${PAIR * PAIR}u; i += ${SIZE}u) {
		let p = i / ${PAIR}u;
		let q = i % ${PAIR}u;
		let aa = gram[p * ${PITCH}u + p];
		let bb = gram[q * ${PITCH}u + q];
		if (p < q && aa > floor && bb > floor) {
			let cosine = abs(gram[p * ${PITCH}u + q]) / (sqrt(aa) * sqrt(bb));
			if (cosine > shape.tolerance) { atomicMax(&widest, bitcast<u32>(cosine)); }
		}
		turned[p * ${PITCH}u + q] = select(0.0, 1.0, p == q);
	}
	workgroupBarrier();
	if (me == 0u) {
		shared0 = atomicLoad(&widest);
		if (shared0 != 0u) { atomicMax(&items[group.y].widest, shared0); }
	}
	if (workgroupUniformLoad(&shared0) == 0u) { return; }

	// One sweep of two-sided Jacobi over the products; its rotations gather in \`turned\`.
	for (var round = 0u; round < ${PAIR - 1}u; round++) {
		if (me < ${BLOCK}u) {
			let pq = players(round, me);
			let aa = gram[pq.x * ${PITCH}u + pq.x];
			let bb = gram[pq.y * ${PITCH}u + pq.y];
			let gg = gram[pq.x * ${PITCH}u + pq.y];
			var turn = Rotation(0.0, 0.0, 0.0);
			if (aa > floor && bb > floor && abs(gg) > shape.tolerance / 8.0 * (sqrt(aa) * sqrt(bb))) {
				turn = rotation(aa, bb, gg);
			}
			turns[me] = turn;
		}
		workgroupBarrier();
		let left = turns[i0];
		let right = turns[j0];
		let rows = players(round, i0);
		let cols = players(round, j0);
		let at00 = rows.x * ${PITCH}u + cols.x;
		let at01 = rows.x * ${PITCH}u + cols.y;
		let at10 = rows.y * ${PITCH}u + cols.x;
		let at11 = rows.y * ${PITCH}u + cols.y;
		let a00 = gram[at00];
		let a01 = gram[at01];
		let a10 = gram[at10];
		let a11 = gram[at11];
		if (i0 == j0) {
			gram[at00] = a00 - left.t * a01;
			gram[at11] = a11 + left.t * a01;
			gram[at01] = select(a01, 0.0, left.t != 0.0);
			gram[at10] = select(a10, 0.0, left.t != 0.0);
		} else {
			let b00 = a00 - left.s * (a10 + left.tau * a00);
			let b10 = a10 + left.s * (a00 - left.tau * a10);
			let b01 = a01 - left.s * (a11 + left.tau * a01);
			let b11 = a11 + left.s * (a01 - left.tau * a11);
			gram[at00] = b00 - right.s * (b01 + right.tau * b00);
			gram[at01] = b01 + right.s * (b00 - right.tau * b01);
			gram[at10] = b10 - right.s * (b11 + right.tau * b10);
			gram[at11] = b11 + right.s * (b10 - right.tau * b11);
		}
		for (var row = j0; row < ${PAIR}u; row += ${BLOCK}u) {
			let x = turned[row * ${PITCH}u + rows.x];
			let y = turned[row * ${PITCH}u + rows.y];
			turned[row * ${PITCH}u + rows.x] = x - left.s * (y + left.tau * x);
			turned[row * ${PITCH}u + rows.y] = y + left.s * (x - left.tau * y);
		}
		workgroupBarrier();
	}

	// Both blocks, and their columns of V, times what has gathered.
	let column = me / 8u;
	let rows0 = (me % 8u) * 4u;
	for (var row0 = 0u; row0 < length; row0 += ${PAIR}u) {
		${loadTile('length')}
		var x = vec4<f32>(0.0);
		for (var k = 0u; k < ${PAIR}u; k++) {
			let at = k * ${PITCH}u + rows0;
			x += turned[k * ${PITCH}u + column] * vec4<f32>(tile[at], tile[at + 1u], tile[at + 2u], tile[at + 3u]);
		}
		let to = place(column, group.y);
		for (var i = 0u; i < 4u; i++) {
			let row = row0 + rows0 + i;
			if (row < length) { state[to + row] = x[i]; }
		}
		workgroupBarrier();
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
