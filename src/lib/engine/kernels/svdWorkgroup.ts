// Singular value decompositions on WebGPU, small matrices: one-sided Jacobi (Hestenes), one workgroup a matrix, the whole
// batch in one dispatch. A matrix and its V live in workgroup memory; a sweep is a round-robin tournament, whose rounds
// pair every column once.
import {
	FAILED,
	FILL_PASSES,
	float,
	MAX_SWEEPS,
	nanWgsl,
	rotationWgsl,
	shapeWgsl,
	startWgsl,
	type TallBatch
} from './svdShape';

const powerBelow = (n: number): number => 2 ** Math.floor(Math.log2(n));

/** How many invocations work on a matrix, how many of them on a pair of columns, floats that hold matrix and V. */
export interface Crew {
	readonly size: number;
	readonly lanes: number;
	readonly room: number;
}

/** Most columns: as many rows and V besides make 32 kB. */
const MOST_COLUMNS = 64;

const bytesOf = (room: number, size: number): number => 4 * (room + 3 * size + 4 * MOST_COLUMNS + 8);

/** The largest crew that leaves room for the matrix in `bytes` of workgroup memory; null if none does. */
export function crewFor(batch: TallBatch, bytes: number, invocations: number): Crew | null {
	const { rows, columns } = batch;
	if (columns > MOST_COLUMNS) return null;
	const pairs = Math.max(1, Math.ceil(columns / 2));
	const floats = (rows + columns) * columns;
	for (let size = Math.min(256, powerBelow(invocations)); size >= 64; size /= 2) {
		if (bytesOf(floats, size) > bytes) continue;
		const lanes = Math.min(32, powerBelow(size / pairs));
		// A few sizes, so that few shaders are made; less room lets more workgroups run at once.
		const room = 2 ** Math.max(9, Math.ceil(Math.log2(floats)));
		return { size, lanes, room: bytesOf(room, size) > bytes ? floats : room };
	}
	return null;
}

/** The shader: input `a`; outputs `u` [count, rows, columns], `s` [count, columns], `v` [count, columns, columns]. */
export function workgroupShader({ size, room }: Crew): string {
	return `
@group(0) @binding(0) var<storage, read> a : array<f32>;
@group(0) @binding(1) var<storage, read_write> u : array<f32>;
@group(0) @binding(2) var<storage, read_write> s : array<f32>;
@group(0) @binding(3) var<storage, read_write> v : array<f32>;
@group(0) @binding(4) var<uniform> shape : Shape;
// Column by column: its entries, then its column of V.
var<workgroup> work : array<f32, ${room}>;
var<workgroup> sumA : array<f32, ${size}>;
var<workgroup> sumB : array<f32, ${size}>;
var<workgroup> sumG : array<f32, ${size}>;
var<workgroup> lengths : array<f32, ${MOST_COLUMNS}>;
var<workgroup> leads : array<f32, ${MOST_COLUMNS}>;
var<workgroup> dots : array<f32, ${MOST_COLUMNS}>;
var<workgroup> order : array<u32, ${MOST_COLUMNS}>;
var<workgroup> finite : atomic<u32>;
var<workgroup> widest : atomic<u32>;
var<workgroup> shared0 : f32;
var<workgroup> shared1 : f32;
var<workgroup> open : u32;
${shapeWgsl}
${rotationWgsl}
${nanWgsl}
${startWgsl}

// Sum of everyone's sumA.
fn total(me : u32) -> f32 {
	workgroupBarrier();
	if (me == 0u) {
		var sum = 0.0;
		for (var i = 0u; i < ${size}u; i++) { sum += sumA[i]; }
		shared0 = sum;
	}
	return workgroupUniformLoad(&shared0);
}

@compute @workgroup_size(${size})
fn main(
	@builtin(workgroup_id) group : vec3<u32>,
	@builtin(num_workgroups) groups : vec3<u32>,
	@builtin(local_invocation_index) me : u32
) {
	let m = shape.rows;
	let n = shape.columns;
	let length = m + n;
	let item = group.y * groups.x + group.x;
	if (item >= shape.count) { return; }
	let input = item * m * n;

	// Largest entry: everything is scaled by a power of two, so that no square leaves float32's range.
	if (me == 0u) { atomicStore(&finite, 1u); }
	workgroupBarrier();
	var most = 0.0;
	var good = true;
	for (var i = me; i < m * n; i += ${size}u) {
		let x = a[input + i];
		good = good && isFinite(x);
		most = max(most, abs(x));
	}
	if (!good) { atomicStore(&finite, 0u); }
	sumA[me] = most;
	workgroupBarrier();
	if (me == 0u) {
		for (var i = 1u; i < ${size}u; i++) { most = max(most, sumA[i]); }
		shared0 = most;
		shared1 = f32(atomicLoad(&finite));
	}
	let top = workgroupUniformLoad(&shared0);
	if (workgroupUniformLoad(&shared1) == 0.0) {
		for (var i = me; i < m * n; i += ${size}u) { u[item * m * n + i] = notANumber(); }
		for (var i = me; i < n; i += ${size}u) { s[item * n + i] = notANumber(); }
		for (var i = me; i < n * n; i += ${size}u) { v[item * n * n + i] = notANumber(); }
		return;
	}
	let power = frexp(top).exp;

	var square = 0.0;
	for (var i = me; i < n * length; i += ${size}u) {
		let column = i / length;
		let row = i % length;
		var x = select(0.0, 1.0, row == column + m);
		if (row < m) {
			x = ldexp(a[input + inputIndex(shape, row, column)], -power);
			square += x * x;
		}
		work[i] = x;
	}
	sumA[me] = square;
	// Columns not longer than 2^-25 of all together are rounding: they take no part.
	let floor = total(me) * ${float(2 ** -50)};

	let players = n + n % 2u;
	let others = max(1u, players - 1u);
	let pairOfMine = me / shape.lanes;
	let lane = me % shape.lanes;
	for (var sweep = 0u; sweep < ${MAX_SWEEPS}u; sweep++) {
		if (me == 0u) { atomicStore(&widest, 0u); }
		for (var round = 0u; round < others; round++) {
			var p = (round + pairOfMine) % others;
			var q = select((round + others - pairOfMine) % others, players - 1u, pairOfMine == 0u);
			let low = min(p, q);
			q = max(p, q);
			p = low;
			let playing = pairOfMine < players / 2u && q < n;
			let x = p * length;
			let y = q * length;
			var aa = 0.0;
			var bb = 0.0;
			var gg = 0.0;
			if (playing) {
				for (var row = lane; row < m; row += shape.lanes) {
					let xi = work[x + row];
					let yi = work[y + row];
					aa += xi * xi;
					bb += yi * yi;
					gg += xi * yi;
				}
			}
			sumA[me] = aa;
			sumB[me] = bb;
			sumG[me] = gg;
			workgroupBarrier();
			if (playing) {
				aa = 0.0;
				bb = 0.0;
				gg = 0.0;
				let first = me - lane;
				for (var i = first; i < first + shape.lanes; i++) {
					aa += sumA[i];
					bb += sumB[i];
					gg += sumG[i];
				}
				let cosine = select(0.0, abs(gg) / (sqrt(aa) * sqrt(bb)), aa > floor && bb > floor);
				if (cosine > shape.tolerance) {
					if (lane == 0u) { atomicMax(&widest, bitcast<u32>(cosine)); }
					let turn = rotation(aa, bb, gg);
					for (var row = lane; row < length; row += shape.lanes) {
						let xi = work[x + row];
						let yi = work[y + row];
						work[x + row] = xi - turn.s * (yi + turn.tau * xi);
						work[y + row] = yi + turn.s * (xi - turn.tau * yi);
					}
				}
			}
			workgroupBarrier();
		}
		if (me == 0u) { shared0 = bitcast<f32>(atomicLoad(&widest)); }
		if (workgroupUniformLoad(&shared0) == 0.0) { break; }
	}
	// Angles of the last sweep: squared since, if it turned any.
	let failed = workgroupUniformLoad(&shared0) > ${float(Math.sqrt(FAILED))};

	// Lengths; the largest entry of each column of V, which is to be positive; the columns' order.
	for (var k = me; k < n; k += ${size}u) {
		var sum = 0.0;
		for (var row = 0u; row < m; row++) {
			let x = work[k * length + row];
			sum += x * x;
		}
		lengths[k] = select(0.0, sqrt(sum), sum > floor);
		var lead = 0.0;
		for (var row = m; row < length; row++) {
			let x = work[k * length + row];
			if (abs(x) > abs(lead) * 1.000001) { lead = x; }
		}
		leads[k] = select(1.0, -1.0, lead < 0.0);
	}
	workgroupBarrier();
	for (var k = me; k < n; k += ${size}u) {
		var rank = 0u;
		for (var i = 0u; i < n; i++) {
			let ahead = lengths[i] > lengths[k] || (lengths[i] == lengths[k] && i < k);
			rank += select(0u, 1u, ahead);
		}
		order[rank] = k;
	}
	workgroupBarrier();
	var rank = 0u;
	for (var k = 0u; k < n; k++) { rank += select(0u, 1u, lengths[k] > 0.0); }
	if (me == 0u) { open = rank; }
	rank = workgroupUniformLoad(&open);

	// Columns to length 1; those that were none are drawn anew and made orthogonal to all before them.
	for (var i = me; i < n * m; i += ${size}u) {
		let k = i / m;
		let row = i % m;
		let x = work[k * length + row] / lengths[k];
		work[k * length + row] = select(start(row, k), x, lengths[k] > 0.0);
	}
	for (var k = rank; k < n; k++) {
		let x = order[k] * length;
		for (var turn = 0; turn < ${FILL_PASSES}; turn++) {
			workgroupBarrier();
			for (var j = me; j < k; j += ${size}u) {
				var along = 0.0;
				for (var row = 0u; row < m; row++) { along += work[x + row] * work[order[j] * length + row]; }
				dots[j] = along;
			}
			workgroupBarrier();
			var square = 0.0;
			for (var row = me; row < m; row += ${size}u) {
				var xi = work[x + row];
				for (var j = 0u; j < k; j++) { xi -= dots[j] * work[order[j] * length + row]; }
				work[x + row] = xi;
				square += xi * xi;
			}
			sumA[me] = square;
			let shrink = inverseSqrt(total(me));
			for (var row = me; row < m; row += ${size}u) { work[x + row] *= shrink; }
		}
	}
	workgroupBarrier();

	for (var k = me; k < n; k += ${size}u) {
		s[item * n + k] = select(ldexp(lengths[order[k]], power), notANumber(), failed);
	}
	for (var i = me; i < n * length; i += ${size}u) {
		let row = i / n;
		let column = order[i % n];
		let x = select(work[column * length + row] * leads[column], notANumber(), failed);
		if (row < m) {
			u[item * m * n + i] = x;
		} else {
			v[item * n * n + i - m * n] = x;
		}
	}
}`;
}
