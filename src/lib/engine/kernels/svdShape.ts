// What the WebGPU shaders of the decomposition share: the shape of a batch, tolerances, pieces of WGSL.

/** A batch of tall matrices, rows ≥ columns. */
export interface TallBatch {
	readonly count: number;
	readonly rows: number;
	readonly columns: number;
	/** the input holds the transposes, [count, columns, rows] */
	readonly transposed: boolean;
}

/** Spacing of float32 numbers at 1. */
const EPSILON = 2 ** -23;

/** Cosine of the angle between two columns that counts as a right one: some roundings of their scalar product. */
export const tolerance = (rows: number): number => EPSILON * Math.max(4, Math.sqrt(rows) / 2);

/** Jacobi converges quadratically, in six to ten sweeps of a matrix of any size; the bound is for those that stall. */
export const MAX_SWEEPS = 18;

/** Beyond this cosine after the last sweep the result is not what was promised: NaN is given. */
export const FAILED = 1e-5;

/** A float literal of WGSL. */
export const float = (x: number): string => (Number.isInteger(x) ? `${x}.0` : x.toExponential(9));

/** Bytes of the uniform `Shape` below. */
export const SHAPE_BYTES = 32;

/** The uniform that tells a shader what it works on, so that one serves every shape. */
export const shapeWgsl = `
struct Shape {
	count : u32, // matrices
	rows : u32, // of a tall matrix
	columns : u32,
	transposed : u32, // 1: the input holds the transposes
	tolerance : f32, // cosine up to which an angle is a right one
	lanes : u32, // invocations that share a pair of columns
	round : u32, // of a tournament of blocks
	first : u32, // matrix of the batch at which this part of it begins
}
fn inputIndex(shape : Shape, row : u32, column : u32) -> u32 {
	return select(row * shape.columns + column, column * shape.rows + row, shape.transposed == 1u);
}`;

/** A uniform buffer with a batch's `Shape`. */
export function shapeBuffer(
	device: GPUDevice,
	{ count, rows, columns, transposed }: TallBatch,
	{ lanes = 0, round = 0, first = 0 }
): GPUBuffer {
	const usage = GPUBufferUsage.UNIFORM;
	const buffer = device.createBuffer({ size: SHAPE_BYTES, usage, mappedAtCreation: true });
	const range = buffer.getMappedRange();
	new Uint32Array(range).set([count, rows, columns, transposed ? 1 : 0, 0, lanes, round, first]);
	new Float32Array(range)[4] = tolerance(rows);
	buffer.unmap();
	return buffer;
}

/** The rotation that makes two columns orthogonal, from their squared lengths a, b and product g. */
export const rotationWgsl = `
struct Rotation { s : f32, tau : f32, t : f32 }
// x' = x − s(y + τx), y' = y + s(x − τy): what is added is small when the angle is, and so is its rounding.
fn rotation(a : f32, b : f32, g : f32) -> Rotation {
	let zeta = (b - a) / (2.0 * g);
	// A huge ζ may overflow when squared; the angle is then 1/2ζ, or nothing.
	let t = select(sign(zeta) / (abs(zeta) + sqrt(1.0 + zeta * zeta)), 0.5 / zeta, abs(zeta) > 1.0e9);
	let turn = select(t, 1.0, zeta == 0.0);
	let c = 1.0 / sqrt(1.0 + turn * turn);
	let s = c * turn;
	return Rotation(s, s / (1.0 + c), turn);
}`;

/** A number that is not one; WGSL has no literal for it. */
export const nanWgsl = `
fn notANumber() -> f32 { var bits = 0x7fc00000u; return bitcast<f32>(bits); }
fn isFinite(x : f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }`;

/**
 * A number in −½…½ by a hash of where it stands: entries of a start for the vectors that a matrix without full rank
 * leaves open, which Gram and Schmidt then make orthogonal to the others.
 */
export const startWgsl = `
fn start(row : u32, column : u32) -> f32 {
	var x = row * 2654435769u + (column + 1u) * 2246822519u;
	x = (x ^ (x >> 15u)) * 2246822519u;
	x = (x ^ (x >> 13u)) * 3266489917u;
	return f32((x ^ (x >> 16u)) >> 8u) / 16777216.0 - 0.5;
}`;

/** Passes of Gram and Schmidt: a start may lie all but 1/√rows of it among the vectors that there are. */
export const FILL_PASSES = 3;
