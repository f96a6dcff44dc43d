// A round of one-sided Jacobi by blocks: a workgroup owns two blocks of columns. It takes their scalar products,
// diagonalises those 32×32 numbers in workgroup memory, and applies the rotation to both blocks and to their columns of
// V. A dispatch a round, nothing read back: a matrix that has converged is skipped on the device.
import { BLOCK, entry, itemWgsl, PAIR, SIZE } from './svdBlocks';
import { rotationWgsl } from './svdShape';

/** Distance of columns in workgroup memory: odd, so that rows and columns both spread over the banks. */
const PITCH = PAIR + 1;
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

	// Hundreds of rounds would add up what rounding has taken from orthogonality: a step of Newton and Schulz,
	// Q(3 − QᵀQ)/2, gives it back.
	// (Summed from −1 in groups: QᵀQ − 1 is all rounding, and must not get more of it.)
	let unit = select(0.0, 1.0, i0 == j0);
	var s00 = -unit;
	var s01 = 0.0;
	var s10 = 0.0;
	var s11 = -unit;
	for (var k0 = 0u; k0 < ${PAIR}u; k0 += 4u) {
		var t00 = 0.0;
		var t01 = 0.0;
		var t10 = 0.0;
		var t11 = 0.0;
		for (var k = k0; k < k0 + 4u; k++) {
			let x0 = turned[k * ${PITCH}u + i0];
			let x1 = turned[k * ${PITCH}u + i0 + ${BLOCK}u];
			let y0 = turned[k * ${PITCH}u + j0];
			let y1 = turned[k * ${PITCH}u + j0 + ${BLOCK}u];
			t00 += x0 * y0;
			t01 += x0 * y1;
			t10 += x1 * y0;
			t11 += x1 * y1;
		}
		s00 += t00;
		s01 += t01;
		s10 += t10;
		s11 += t11;
	}
	gram[i0 * ${PITCH}u + j0] = -0.5 * s00;
	gram[i0 * ${PITCH}u + j0 + ${BLOCK}u] = -0.5 * s01;
	gram[(i0 + ${BLOCK}u) * ${PITCH}u + j0] = -0.5 * s10;
	gram[(i0 + ${BLOCK}u) * ${PITCH}u + j0 + ${BLOCK}u] = -0.5 * s11;
	workgroupBarrier();
	s00 = 0.0;
	s01 = 0.0;
	s10 = 0.0;
	s11 = 0.0;
	for (var k = 0u; k < ${PAIR}u; k++) {
		let x0 = turned[i0 * ${PITCH}u + k];
		let x1 = turned[(i0 + ${BLOCK}u) * ${PITCH}u + k];
		let y0 = gram[k * ${PITCH}u + j0];
		let y1 = gram[k * ${PITCH}u + j0 + ${BLOCK}u];
		s00 += x0 * y0;
		s01 += x0 * y1;
		s10 += x1 * y0;
		s11 += x1 * y1;
	}
	workgroupBarrier();
	turned[i0 * ${PITCH}u + j0] += s00;
	turned[i0 * ${PITCH}u + j0 + ${BLOCK}u] += s01;
	turned[(i0 + ${BLOCK}u) * ${PITCH}u + j0] += s10;
	turned[(i0 + ${BLOCK}u) * ${PITCH}u + j0 + ${BLOCK}u] += s11;
	workgroupBarrier();

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
