// Philox4x32-10 on four counters at once (random/philox.ts is the definition and the test).

// @ts-ignore: decorator
@inline const M0: i32 = 0xd2511f53;
// @ts-ignore: decorator
@inline const M1: i32 = 0xcd9e8d57;
// @ts-ignore: decorator
@inline const W0: i32 = 0x9e3779b9;
// @ts-ignore: decorator
@inline const W1: i32 = 0xbb67ae85;

/**
 * Words of blocks block…block+3 of a row, in column order: sixteen u32 at `out`.
 */
// @ts-ignore: decorator
@inline
export function fourBlocks(out: usize, block: i32, row: i32, low: i32, high: i32, key0: i32, key1: i32): void {
	let c0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
	let c1 = i32x4.splat(row);
	let c2 = i32x4.splat(low);
	let c3 = i32x4.splat(high);
	let k0 = i32x4.splat(key0);
	let k1 = i32x4.splat(key1);
	const m0 = i32x4.splat(M0);
	const m1 = i32x4.splat(M1);
	for (let round = 0; round < 10; round++) {
		const a = i64x2.extmul_low_i32x4_u(c0, m0);
		const b = i64x2.extmul_high_i32x4_u(c0, m0);
		const c = i64x2.extmul_low_i32x4_u(c2, m1);
		const d = i64x2.extmul_high_i32x4_u(c2, m1);
		c0 = v128.xor(v128.xor(v128.shuffle<u32>(c, d, 1, 3, 5, 7), c1), k0);
		c2 = v128.xor(v128.xor(v128.shuffle<u32>(a, b, 1, 3, 5, 7), c3), k1);
		c1 = v128.shuffle<u32>(c, d, 0, 2, 4, 6);
		c3 = v128.shuffle<u32>(a, b, 0, 2, 4, 6);
		k0 = i32x4.add(k0, i32x4.splat(W0));
		k1 = i32x4.add(k1, i32x4.splat(W1));
	}
	// Lane b of c_w is word w of block b: transpose to column order.
	const p = v128.shuffle<u32>(c0, c1, 0, 4, 1, 5);
	const q = v128.shuffle<u32>(c2, c3, 0, 4, 1, 5);
	const r = v128.shuffle<u32>(c0, c1, 2, 6, 3, 7);
	const s = v128.shuffle<u32>(c2, c3, 2, 6, 3, 7);
	v128.store(out, v128.shuffle<u64>(p, q, 0, 2));
	v128.store(out, v128.shuffle<u64>(p, q, 1, 3), 16);
	v128.store(out, v128.shuffle<u64>(r, s, 0, 2), 32);
	v128.store(out, v128.shuffle<u64>(r, s, 1, 3), 48);
}

/** Uniforms of (0,1) from four words: ((word>>>9)+½)·2⁻²³, exact. */
// @ts-ignore: decorator
@inline
export function uniformOf(words: v128): v128 {
	const n = f32x4.convert_i32x4_s(i32x4.shr_u(words, 9));
	return f32x4.mul(f32x4.add(n, f32x4.splat(0.5)), f32x4.splat(1.1920928955078125e-7));
}
