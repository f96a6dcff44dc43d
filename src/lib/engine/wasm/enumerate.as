// Exact sums over all states of one layer of an RBM, the other summed in closed form (theory/enumerateSweep.ts is the
// definition): Z = Σ_h e^{βb·h} Πᵢ (1 + e^{fᵢ(h)}), and the mean of βE by the product's derivative, carried along as in
// dual numbers: from P = Π(1+xᵢ) and D = P·Σ fᵢxᵢ/(1+xᵢ) to one more factor without a division or a logarithm. Weights
// are kept as mantissa and power of two, so that no state needs an exponential either. Float64.

/** Doubles of a group's record: Σ w, its power of two, Σ w·(−βE). */
// @ts-ignore: decorator
@inline const RECORD_BYTES: i32 = 24;

/** Products and derivatives of four states, then mantissa, power and −βE of each. */
// @ts-ignore: decorator
@inline const OUT_BYTES: i32 = 128 + 96;

// @ts-ignore: decorator
@inline const FRACTION: u64 = 0x000fffffffffffff;
// @ts-ignore: decorator
@inline const ONE_BITS: u64 = 0x3ff0000000000000;

/** 2^e for −1022 ≤ e ≤ 1023. */
// @ts-ignore: decorator
@inline
function power(e: i32): f64 {
	return reinterpret<f64>(<u64>(e + 1023) << 52);
}

/** Scratch bytes of `enumerateStates` for one thread. */
export function enumerateScratch(units: i32, hidden: i32, inner: i32, energy: bool): i32 {
	const rows = (1 << inner) + hidden - inner;
	return rows * units * 8 * (energy ? 2 : 1) + (hidden + 2) * 8 + (24 << inner) + OUT_BYTES;
}

/** to = a·b for rows of `units` doubles. */
function combine(a: usize, b: usize, to: usize, units: i32): void {
	for (let k = 0; k < units * 8; k += 16) {
		v128.store(to + k, f64x2.mul(v128.load(a + k), v128.load(b + k)));
	}
}

/** to = a + b. */
function addRows(a: usize, b: usize, to: usize, units: i32): void {
	for (let k = 0; k < units * 8; k += 16) {
		v128.store(to + k, f64x2.add(v128.load(a + k), v128.load(b + k)));
	}
}

/** Products of the units from…end−1 of four inner states with an outer one, two lanes each, at `out`. */
// @ts-ignore: decorator
@inline
function multiply(out: usize, outer: usize, a: usize, stride: usize, from: i32, end: i32): void {
	const one = f64x2.splat(1);
	let p0 = one;
	let p1 = one;
	let p2 = one;
	let p3 = one;
	const b = a + stride;
	const c = b + stride;
	const d = c + stride;
	for (let k: usize = from * 8; k < <usize>(end * 8); k += 16) {
		const e = v128.load(outer + k);
		p0 = f64x2.mul(p0, f64x2.add(f64x2.mul(e, v128.load(a + k)), one));
		p1 = f64x2.mul(p1, f64x2.add(f64x2.mul(e, v128.load(b + k)), one));
		p2 = f64x2.mul(p2, f64x2.add(f64x2.mul(e, v128.load(c + k)), one));
		p3 = f64x2.mul(p3, f64x2.add(f64x2.mul(e, v128.load(d + k)), one));
	}
	v128.store(out, p0);
	v128.store(out, p1, 16);
	v128.store(out, p2, 32);
	v128.store(out, p3, 48);
}

/** The same with their derivatives, at out+64; fields lie `fields` bytes after the exponentials. */
// @ts-ignore: decorator
@inline
function multiplyDual(
	out: usize, outer: usize, outerField: usize, a: usize, stride: usize, fields: usize, from: i32, end: i32
): void {
	const one = f64x2.splat(1);
	let p0 = one;
	let p1 = one;
	let p2 = one;
	let p3 = one;
	let d0 = f64x2.splat(0);
	let d1 = d0;
	let d2 = d0;
	let d3 = d0;
	const b = a + stride;
	const c = b + stride;
	const d = c + stride;
	const fa = a + fields;
	const fb = b + fields;
	const fc = c + fields;
	const fd = d + fields;
	for (let k: usize = from * 8; k < <usize>(end * 8); k += 16) {
		const e = v128.load(outer + k);
		const f = v128.load(outerField + k);
		let x = f64x2.mul(e, v128.load(a + k));
		let y = f64x2.add(x, one);
		d0 = f64x2.add(f64x2.mul(d0, y), f64x2.mul(p0, f64x2.mul(f64x2.add(f, v128.load(fa + k)), x)));
		p0 = f64x2.mul(p0, y);
		x = f64x2.mul(e, v128.load(b + k));
		y = f64x2.add(x, one);
		d1 = f64x2.add(f64x2.mul(d1, y), f64x2.mul(p1, f64x2.mul(f64x2.add(f, v128.load(fb + k)), x)));
		p1 = f64x2.mul(p1, y);
		x = f64x2.mul(e, v128.load(c + k));
		y = f64x2.add(x, one);
		d2 = f64x2.add(f64x2.mul(d2, y), f64x2.mul(p2, f64x2.mul(f64x2.add(f, v128.load(fc + k)), x)));
		p2 = f64x2.mul(p2, y);
		x = f64x2.mul(e, v128.load(d + k));
		y = f64x2.add(x, one);
		d3 = f64x2.add(f64x2.mul(d3, y), f64x2.mul(p3, f64x2.mul(f64x2.add(f, v128.load(fd + k)), x)));
		p3 = f64x2.mul(p3, y);
	}
	v128.store(out, p0);
	v128.store(out, p1, 16);
	v128.store(out, p2, 32);
	v128.store(out, p3, 48);
	v128.store(out, d0, 64);
	v128.store(out, d1, 80);
	v128.store(out, d2, 96);
	v128.store(out, d3, 112);
}

/**
 * Sums of the groups group…end−1 of 2^(inner+middle) states each, a record a group at `records`. Of `hidden` units the
 * first `inner` ≥ 2 make the states of a table, the rest are multiplied in. Rows of `units` doubles (even; beyond the
 * last unit 1 in `factors`, 0 in the rest): factors [hidden, units] = e^{βw}, fields [hidden, units] = βw; base [units]
 * = e^{βa}, baseField [units] = βa. bias [hidden, 3]: mantissa and power of two of e^{βb}, and βb. ends [chunks]: int32,
 * even; the product of a chunk's factors never overflows.
 */
export function enumerateStates(
	factors: usize, fields: usize, base: usize, baseField: usize, bias: usize, ends: usize, chunks: i32,
	units: i32, hidden: i32, inner: i32, middle: i32, energy: bool, records: usize,
	scratch: usize, group: i32, end: i32
): void {
	const rowBytes = <usize>units * 8;
	const states = 1 << inner;
	const outer = hidden - inner;
	const table = scratch;
	// the table's fields, or nothing
	const fieldsAt = energy ? <usize>states * rowBytes : 0;
	const levels = table + (energy ? 2 : 1) * <usize>states * rowBytes;
	const levelFields = energy ? <usize>outer * rowBytes : 0;
	// place of the row that holds the outer units from a bit on
	const places = levels + (energy ? 2 : 1) * <usize>outer * rowBytes;
	const biases = places + <usize>(hidden + 2) * 8;
	const out = biases + 24 * states;

	for (let k = 0; k < units; k++) store<f64>(table + k * 8, 1);
	if (energy) memory.fill(table + fieldsAt, 0, rowBytes);
	store<f64>(biases, 1);
	store<f64>(biases, 0, 8);
	store<f64>(biases, 0, 16);
	for (let s = 1; s < states; s++) {
		const bit = 31 - clz(s);
		const from = s - (1 << bit);
		const to = table + <usize>s * rowBytes;
		combine(table + <usize>from * rowBytes, factors + bit * rowBytes, to, units);
		if (energy) addRows(table + fieldsAt + <usize>from * rowBytes, fields + bit * rowBytes, to + fieldsAt, units);
		const b = biases + 24 * from;
		const own = bias + 24 * bit;
		store<f64>(biases + 24 * s, load<f64>(b) * load<f64>(own));
		store<f64>(biases + 24 * s, load<f64>(b, 8) + load<f64>(own, 8), 8);
		store<f64>(biases + 24 * s, load<f64>(b, 16) + load<f64>(own, 16), 16);
	}
	// level `outer` is the base alone
	store<u32>(places + outer * 4, <u32>base);

	for (; group < end; group++) {
		let mass: f64 = 0;
		let sum: f64 = 0;
		let shift: i32 = i32.MIN_VALUE;
		for (let m = 0; m < 1 << middle; m++) {
			const o = (group << middle) | m;
			// what the last step has changed: all bits at a group's start
			const top = m == 0 ? outer - 1 : min(outer - 1, ctz(m));
			for (let bit = top; bit >= 0; bit--) {
				const above = load<u32>(places + bit * 4 + 4);
				if ((o >> bit) & 1) {
					const row = levels + bit * rowBytes;
					const factor = factors + <usize>(inner + bit) * rowBytes;
					combine(above, factor, row, units);
					if (energy) {
						const field = fields + <usize>(inner + bit) * rowBytes;
						addRows(above == base ? baseField : above + levelFields, field, row + levelFields, units);
					}
					store<u32>(places + bit * 4, <u32>row);
				} else store<u32>(places + bit * 4, <u32>above);
			}
			let mantissa: f64 = 1;
			let exponent: f64 = 0;
			let linear: f64 = 0;
			for (let bit = 0; bit < outer; bit++) {
				if (!((o >> bit) & 1)) continue;
				const own = bias + 24 * (inner + bit);
				mantissa *= load<f64>(own);
				exponent += load<f64>(own, 8);
				linear += load<f64>(own, 16);
			}
			const row = load<u32>(places);
			const rowField = row == base ? baseField : row + levelFields;
			for (let s = 0; s < states; s += 4) {
				const inside = table + <usize>s * rowBytes;
				const totals = out + 128;
				for (let i = 0; i < 4; i++) {
					const b = biases + 24 * (s + i);
					store<f64>(totals + i * 24, mantissa * load<f64>(b));
					store<f64>(totals + i * 24, exponent + load<f64>(b, 8), 8);
					store<f64>(totals + i * 24, linear + load<f64>(b, 16), 16);
				}
				let from = 0;
				for (let c = 0; c < chunks; c++) {
					const until = load<i32>(ends + c * 4);
					if (energy) multiplyDual(out, row, rowField, inside, rowBytes, fieldsAt, from, until);
					else multiply(out, row, inside, rowBytes, from, until);
					from = until;
					for (let i = 0; i < 4; i++) {
						const p = load<f64>(out + i * 16);
						const q = load<f64>(out + i * 16, 8);
						const total = totals + i * 24;
						const bits = reinterpret<u64>(p * q);
						store<f64>(total, load<f64>(total) * reinterpret<f64>((bits & FRACTION) | ONE_BITS));
						store<f64>(total, load<f64>(total, 8) + <f64>(<i32>(bits >> 52) - 1023), 8);
						if (energy) {
							const slope = load<f64>(out + i * 16, 64) / p + load<f64>(out + i * 16, 72) / q;
							store<f64>(total, load<f64>(total, 16) + slope, 16);
						}
					}
				}
				for (let i = 0; i < 4; i++) {
					const total = totals + i * 24;
					const bits = reinterpret<u64>(load<f64>(total));
					const e = <i32>load<f64>(total, 8) + <i32>(bits >> 52) - 1023;
					if (e > shift) {
						const fade = shift > e - 1000 ? power(shift - e) : 0;
						mass *= fade;
						sum *= fade;
						shift = e;
					}
					if (e < shift - 1000) continue;
					const weight = reinterpret<f64>((bits & FRACTION) | ONE_BITS) * power(e - shift);
					mass += weight;
					sum += weight * load<f64>(total, 16);
				}
			}
		}
		const record = records + group * RECORD_BYTES;
		store<f64>(record, mass);
		store<f64>(record, <f64>shift, 8);
		store<f64>(record, sum, 16);
	}
}
