// WGSL of the particles' picture (particlePicture.ts): projection and histogram in one compute shader, density and discs
// in two render pipelines.

/** Invocations of a workgroup of the projection, a particle each, and coordinates read at a time. */
export const LANES = 64;
const CHUNK = 32;

/** Bytes of the uniform `View`. */
export const VIEW_BYTES = 80;

const viewWgsl = `
struct View {
	color : vec4<f32>, // red, green, blue, alpha, each 0…1
	low : vec2<f32>, // the plane's point at the left lower corner
	high : vec2<f32>, // and at the right upper one
	pixels : vec2<f32>, // size of the picture
	radius : f32, // of a disc, in pixels
	binPixels : f32, // side of a bin
	bins : vec2<i32>, // columns and rows of the histogram
	count : i32, // points
	units : i32, // coordinates of a point before the projection
	counted : i32, // 1: into the histogram
	groupsAcross : i32,
	single : f32, // opacity of a bin with one point
	full : f32 // and of the fullest
}`;

/**
 * Points of the plane from rows of coordinates: two scalar products and an offset each, from tiles that neighbouring
 * invocations read side by side; then each point into its bin. The number after the last bin is the fullest one's.
 */
export const projectWgsl = `${viewWgsl}
@group(0) @binding(0) var<storage, read> Rows : array<f32>;
@group(0) @binding(1) var<storage, read> Axes : array<f32>; // x's coefficients, y's, the two offsets
@group(0) @binding(2) var<storage, read_write> Points : array<vec2<f32>>;
@group(0) @binding(3) var<storage, read_write> Bins : array<atomic<u32>>;
@group(0) @binding(4) var<uniform> view : View;

var<workgroup> chunk : array<f32, ${LANES * (CHUNK + 1)}>;

@compute @workgroup_size(${LANES}, 1, 1)
fn main(@builtin(workgroup_id) group : vec3<u32>, @builtin(local_invocation_index) local : u32) {
	let lane = i32(local);
	let units = view.units;
	let first = (i32(group.y) * view.groupsAcross + i32(group.x)) * ${LANES};
	var point = vec2<f32>(Axes[2 * units], Axes[2 * units + 1]);
	for (var start = 0; start < units; start = start + ${CHUNK}) {
		for (var at = lane; at < ${LANES * CHUNK}; at = at + ${LANES}) {
			let row = first + at / ${CHUNK};
			let unit = start + at % ${CHUNK};
			var value = 0.0;
			if (row < view.count && unit < units) { value = Rows[row * units + unit]; }
			chunk[(at / ${CHUNK}) * ${CHUNK + 1} + at % ${CHUNK}] = value;
		}
		workgroupBarrier();
		for (var i = 0; i < min(${CHUNK}, units - start); i = i + 1) {
			let value = chunk[lane * ${CHUNK + 1} + i];
			point = point + value * vec2<f32>(Axes[start + i], Axes[units + start + i]);
		}
		workgroupBarrier();
	}
	let row = first + lane;
	if (row >= view.count) { return; }
	Points[row] = point;
	if (view.counted == 0) { return; }
	let part = (point - view.low) / (view.high - view.low);
	let place = vec2<f32>(part.x, 1.0 - part.y) * view.pixels / view.binPixels;
	let bin = vec2<i32>(floor(place));
	if (any(bin < vec2<i32>(0)) || any(bin >= view.bins)) { return; }
	let before = atomicAdd(&Bins[bin.y * view.bins.x + bin.x], 1u);
	atomicMax(&Bins[view.bins.x * view.bins.y], before + 1u);
}
`;

/** Opacity of a bin by the logarithm of its count, from `single` to `full`; one triangle covers the picture. */
export const densityWgsl = `${viewWgsl}
@group(0) @binding(0) var<storage, read> Bins : array<u32>;
@group(0) @binding(1) var<uniform> view : View;

@vertex
fn corners(@builtin(vertex_index) index : u32) -> @builtin(position) vec4<f32> {
	return vec4<f32>(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

@fragment
fn shade(@builtin(position) place : vec4<f32>) -> @location(0) vec4<f32> {
	let bin = min(vec2<i32>(place.xy / view.binPixels), view.bins - 1);
	let count = Bins[bin.y * view.bins.x + bin.x];
	if (count == 0u) { return vec4<f32>(0.0); }
	let fullest = max(2.0, f32(Bins[view.bins.x * view.bins.y]));
	let tone = log(f32(count)) / log(fullest);
	let alpha = mix(view.single, view.full, tone) * view.color.a;
	return vec4<f32>(view.color.rgb * alpha, alpha);
}
`;

/** A disc at each point, an instance each, its edge smooth over a pixel. */
export const discsWgsl = `${viewWgsl}
@group(0) @binding(0) var<uniform> view : View;

struct Corner {
	@builtin(position) place : vec4<f32>,
	@location(0) offset : vec2<f32> // from the disc's centre, in pixels
}

@vertex
fn corners(@builtin(vertex_index) index : u32, @location(0) point : vec2<f32>) -> Corner {
	let side = vec2<f32>(f32(index & 1u), f32(index >> 1u)) * 2.0 - 1.0;
	let offset = side * (view.radius + 1.0);
	let centre = (point - view.low) / (view.high - view.low) * 2.0 - 1.0;
	return Corner(vec4<f32>(centre + 2.0 * offset / view.pixels, 0.0, 1.0), offset);
}

@fragment
fn shade(corner : Corner) -> @location(0) vec4<f32> {
	let alpha = view.color.a * clamp(view.radius + 0.5 - length(corner.offset), 0.0, 1.0);
	return vec4<f32>(view.color.rgb * alpha, alpha);
}
`;
