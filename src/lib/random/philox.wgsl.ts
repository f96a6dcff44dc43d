// Philox4x32-10 and what is made of it, as WGSL functions: the same integers as philox.ts, bit for bit, and the same
// uniforms; normals to the accuracy of the device's logarithm and cosine. Pasted in front of a kernel's own code.

/**
 * `philox(counter, key)`, `uniformOf(word)` in (0,1), `boxMuller(a, b)` → two standard normals.
 * A WGSL compiler may not assume exactness of log, sqrt, cos; nothing that must be identical across backends uses them.
 */
export const philoxWgsl = /* wgsl */ `
fn philoxMulHigh(a : u32, b : u32) -> u32 {
	let aHigh = a >> 16u;
	let aLow = a & 0xffffu;
	let bHigh = b >> 16u;
	let bLow = b & 0xffffu;
	let cross1 = aHigh * bLow;
	let cross2 = aLow * bHigh;
	let middle = ((aLow * bLow) >> 16u) + (cross1 & 0xffffu) + (cross2 & 0xffffu);
	return aHigh * bHigh + (cross1 >> 16u) + (cross2 >> 16u) + (middle >> 16u);
}

fn philox(counter : vec4<u32>, key : vec2<u32>) -> vec4<u32> {
	var c = counter;
	var k = key;
	for (var round = 0u; round < 10u; round = round + 1u) {
		let high0 = philoxMulHigh(c.x, 0xd2511f53u);
		let low0 = c.x * 0xd2511f53u;
		let high1 = philoxMulHigh(c.z, 0xcd9e8d57u);
		let low1 = c.z * 0xcd9e8d57u;
		c = vec4<u32>(high1 ^ c.y ^ k.x, low1, high0 ^ c.w ^ k.y, low0);
		k = k + vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
	}
	return c;
}

fn uniformOf(word : u32) -> f32 {
	return (f32(word >> 9u) + 0.5) * 1.1920928955078125e-7;
}

fn boxMuller(a : u32, b : u32) -> vec2<f32> {
	let radius = sqrt(-2.0 * log(uniformOf(a)));
	let angle = 6.283185307179586 * uniformOf(b);
	return radius * vec2<f32>(cos(angle), sin(angle));
}
`;
