// The reflections of a reduction to tridiagonal form applied to vectors, in blocks, by products.
import { multiply, SET, SUBTRACT } from './svdProduct';
import { BLOCK } from './svdTridiagonal';
import { dot } from './svdVector';

/**
 * Applies H to each of the `count` rows of q (length n): q ⟵ H·q. `a` and `tau` as `tridiagonalise` left them.
 */
export function reflectRows(
	n: i32, a: usize, stride: usize, tau: usize, count: i32, q: usize, qStride: usize, scratch: usize
): void {
	const total = n - 1;
	const row8 = <usize>n << 3;
	const y = scratch;
	const t = y + BLOCK * row8;
	const m1 = t + BLOCK * BLOCK * 8;
	const m2 = m1 + <usize>BLOCK * count * 8;
	const product = m2 + <usize>BLOCK * count * 8;
	let k0 = ((total - 1) / BLOCK) * BLOCK;
	for (; k0 >= 0; k0 -= BLOCK) {
		const size = min(BLOCK, total - k0);
		const from = <usize>(k0 + 1) << 3;
		const m = n - k0 - 1;
		const width = <usize>m << 3;
		// Y: the block's vectors as rows, zeros before their first entries.
		for (let j = 0; j < size; j++) {
			const to = y + j * width;
			memory.fill(to, 0, <usize>j << 3);
			memory.copy(to + (<usize>j << 3), a + (k0 + j) * stride + from + (<usize>j << 3), <usize>(m - j) << 3);
		}
		// H_k0 … H_k0+size−1 = I − Yᵀ T Y with T upper triangular: T_jj = τ_j, T_0..j,j = −τ_j T (Y y_j).
		for (let j = 0; j < size; j++) {
			const tj = load<f64>(tau + (<usize>(k0 + j) << 3));
			for (let i = 0; i < size; i++) store<f64>(t + (<usize>(i * BLOCK + j) << 3), 0);
			const gap = <usize>j << 3;
			for (let i = 0; i < j; i++) {
				store<f64>(m1 + (<usize>i << 3), dot(m - j, y + i * width + gap, y + j * width + gap));
			}
			for (let i = 0; i < j; i++) {
				let sum: f64 = 0;
				for (let l = i; l < j; l++) {
					sum += load<f64>(t + (<usize>(i * BLOCK + l) << 3)) * load<f64>(m1 + (<usize>l << 3));
				}
				store<f64>(t + (<usize>(i * BLOCK + j) << 3), -tj * sum);
			}
			store<f64>(t + (<usize>(j * BLOCK + j) << 3), tj);
		}
		// Rows: q ⟵ q − ((q Yᵀ) Tᵀ) Y.
		const size8 = <usize>size << 3;
		multiply(count, size, m, q + from, qStride, false, y, width, true, m1, size8, SET, false, product);
		multiply(count, size, size, m1, size8, false, t, BLOCK * 8, true, m2, size8, SET, false, product);
		multiply(count, m, size, m2, size8, false, y, width, false, q + from, qStride, SUBTRACT, false, product);
	}
}
