// The matrix product behind our fused WebGPU kernels: tiles of both factors in workgroup memory, read from their buffers
// so that neighbouring invocations read neighbouring numbers, and an ending of the kernel's own for each result. An
// output's terms are added in the order of the inner dimension whatever the tiles, so that they change no number.

/** Invocations of a workgroup. */
const LANES = 128;
/** Inner indices held at a time. */
const DEPTH = 32;
/** Fewer workgroups than this leave a GPU idle, and smaller tiles are taken. An estimate: no GPU was at hand. */
const ENOUGH_WORKGROUPS = 48;

export interface Tiling {
	/** invocations side by side, each with four columns, the generator's block: 4 for narrow results, else 16 */
	readonly quads: 4 | 16;
	/** rows of each invocation */
	readonly each: 1 | 2 | 4;
	readonly workgroups: readonly [number, number];
}

/** How a result [rows, columns] is cut. Both factors' tiles fit the 16 kB that every device has. */
export function tilingOf(rows: number, columns: number): Tiling {
	const quads = columns <= 16 ? 4 : 16;
	const across = Math.ceil(columns / (4 * quads));
	const down = (each: number): number => Math.ceil((rows * quads) / (LANES * each));
	const heights = quads === 16 ? ([4, 2] as const) : ([2] as const);
	const each = heights.find((e) => across * down(e) >= ENOUGH_WORKGROUPS) ?? 1;
	return { quads, each, workgroups: [across, down(each)] };
}

/** One factor: its element as WGSL, and which of its indices runs through neighbouring numbers. */
export interface Factor {
	/** an f32 expression in `outer` (row of the left, column of the right factor) and `inner`; both in range */
	readonly element: string;
	/** neighbouring numbers differ in `inner`, not in `outer` */
	readonly innerFirst: boolean;
}

export interface TiledProduct {
	readonly tiling: Tiling;
	/** WGSL expressions (i32) for the sizes of the result and of the inner dimension */
	readonly rows: string;
	readonly columns: string;
	readonly inner: string;
	readonly left: Factor;
	readonly right: Factor;
	/**
	 * an f32 expression in `inner`: with it the ending also has `leftSum` (f32), the left factor's row summed with these
	 * weights, and `rightSums` (vec4<f32>), the right factor's columns summed
	 */
	readonly weight?: string;
	/**
	 * WGSL run for each row and block of four columns: `row`, `block`, `column` = 4·block (i32), `count` = how many of
	 * the four exist, `sums` (vec4<f32>)
	 */
	readonly ending: string;
	/** functions in front */
	readonly prelude: string;
}

/** The shader's text: `main` and what it needs, without bindings. */
export function tiledProductWgsl(product: TiledProduct): string {
	const { tiling, rows, columns, inner, left, right, weight, ending, prelude } = product;
	const { each, quads } = tiling;
	const tileRows = (LANES / quads) * each;
	const lines = Array.from({ length: each }, (_, e) => e);
	const place = (outers: number, factor: Factor): string =>
		factor.innerFirst
			? `let o = at / ${DEPTH}; let i = at % ${DEPTH};`
			: `let i = at / ${outers}; let o = at % ${outers};`;
	const term = (e: number): string =>
		`let left${e} = lefts[(y + ${e}) * ${DEPTH + 1} + i]; sums${e} = sums${e} + left${e} * four;` +
		(weight ? ` leftSum${e} = leftSum${e} + weight * left${e};` : '');
	return `${prelude}
${weight ? `fn weightAt(inner : i32) -> f32 { return ${weight}; }` : ''}
fn leftAt(outer : i32, inner : i32) -> f32 { return ${left.element}; }
fn rightAt(outer : i32, inner : i32) -> f32 { return ${right.element}; }

var<workgroup> lefts : array<f32, ${tileRows * (DEPTH + 1)}>;
var<workgroup> rights : array<vec4<f32>, ${DEPTH * (quads + 1)}>;

fn finish(row : i32, block : i32, sums : vec4<f32>${weight ? ', leftSum : f32, rightSums : vec4<f32>' : ''}) {
	let column = 4 * block;
	let count = min(4, ${columns} - column);
	if (row >= ${rows} || count <= 0) { return; }
	${ending}
}

@compute @workgroup_size(${quads}, ${LANES / quads}, 1)
fn main(
	@builtin(workgroup_id) group : vec3<u32>,
	@builtin(local_invocation_id) place : vec3<u32>,
	@builtin(local_invocation_index) lane : u32
) {
	let firstRow = i32(group.y) * ${tileRows};
	let firstColumn = i32(group.x) * ${4 * quads};
	let x = i32(place.x);
	let y = i32(place.y) * ${each};
	${lines.map((e) => `var sums${e} = vec4<f32>(0.0);`).join(' ')}
	${weight ? `var rightSums = vec4<f32>(0.0); ${lines.map((e) => `var leftSum${e} = 0.0;`).join(' ')}` : ''}
	for (var start = 0; start < ${inner}; start = start + ${DEPTH}) {
		for (var at = i32(lane); at < ${tileRows * DEPTH}; at = at + ${LANES}) {
			${place(tileRows, left)}
			var element = 0.0;
			if (firstRow + o < ${rows} && start + i < ${inner}) { element = leftAt(firstRow + o, start + i); }
			lefts[o * ${DEPTH + 1} + i] = element;
		}
		for (var at = i32(lane); at < ${quads * DEPTH}; at = at + ${LANES}) {
			${place(quads, right)}
			var four = vec4<f32>(0.0);
			for (var k = 0; k < 4; k = k + 1) {
				let column = firstColumn + 4 * o + k;
				if (column < ${columns} && start + i < ${inner}) { four[k] = rightAt(column, start + i); }
			}
			rights[i * ${quads + 1} + o] = four;
		}
		workgroupBarrier();
		let end = min(${DEPTH}, ${inner} - start);
		for (var i = 0; i < end; i = i + 1) {
			let four = rights[i * ${quads + 1} + x];
			${weight ? 'let weight = weightAt(start + i); rightSums = rightSums + four;' : ''}
			${lines.map(term).join('\n\t\t\t')}
		}
		workgroupBarrier();
	}
	let block = firstColumn / 4 + x;
	${lines.map((e) => `finish(firstRow + y + ${e}, block, sums${e}${weight ? `, leftSum${e}, rightSums` : ''});`).join('\n\t')}
}
`;
}
