// npm run -s theory: works out every number that docs/theory.md quotes, in its order, from src/lib/theory. One line a
// number: where it belongs, what it is, its value. Takes about a minute; --time measures the cost curve too.
import { readFile } from 'node:fs/promises';
import './typescript.js';

const lib = '../src/lib/theory/';
const { truth } = await import(`${lib}truth.ts`);
const rbms = await import(`${lib}rbm.ts`);
const { lnZ, moments } = await import(`${lib}enumerate.ts`);
const { bitsOf, jointDistribution, totalVariation } = await import(`${lib}enumerateStates.ts`);
const { svd, thinSvd } = await import(`${lib}linalg.ts`);
const products = await import(`${lib}linalgProducts.ts`);
const reciprocal = await import(`${lib}reciprocal.ts`);
const lifts = await import(`${lib}lift.ts`);
const denoisers = await import(`${lib}denoiser.ts`);
const gibbs = await import(`${lib}gibbsMatrix.ts`);
const { glauberGap } = await import(`${lib}glauber.ts`);
const { cdBias } = await import(`${lib}cdBias.ts`);
const { fitCost, extrapolateLog10Seconds, measureCost, lnZByAllStates } = await import(`${lib}costCurve.ts`);
const spectra = await import(`${lib}spectra.ts`);
const errata = await import(`${lib}errata.ts`);
const { smoothedClosure } = await import(`${lib}closures/smoothed.ts`);
const { entropicClosure } = await import(`${lib}closures/entropic.ts`);
const { landauExpansion, landauWell, landauBarrier } = await import(`${lib}closures/landau.ts`);
const { fokkerPlanckGenerator, applyGenerator } = await import(`${lib}fokkerPlanck.ts`);
const { slowestModes } = await import(`${lib}fokkerPlanckModes.ts`);
const { schrodingerPotential } = await import(`${lib}oscillators.ts`);
const { enumerateSpectrum } = await import(`${lib}oscillatorSpectrum.ts`);
const relaxation = await import(`${lib}relaxation.ts`);
const { tensorCross, freeEnergyWeight } = await import(`${lib}tensorCross.ts`);

/** @param {string} section @param {string} what @param {...unknown} values */
function say(section, what, ...values) {
	/** @param {unknown} x @returns {string} */
	const show = (x) =>
		typeof x === 'number'
			? Number.isInteger(x)
				? String(x)
				: x.toPrecision(4)
			: x && typeof x === 'object'
				? Array.from(/** @type {ArrayLike<unknown>} */ (x), show).join(' ')
				: String(x);
	console.log(`${section.padEnd(4)} ${what}: ${values.map(show).join('  ')}`);
}

/** mulberry32, for matrices that a formula is tried on. @param {number} seed */
function uniforms(seed) {
	let a = seed | 0;
	return () => {
		a = (a + 0x6d2b79f5) | 0;
		let t = Math.imul(a ^ (a >>> 15), 1 | a);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

/** @param {number} seed @param {number} n */
function normals(seed, n) {
	const next = uniforms(seed);
	return Float64Array.from({ length: n }, () => {
		const r = Math.sqrt(-2 * Math.log(1 - next()));
		return r * Math.cos(2 * Math.PI * next());
	});
}

/** A balanced N×M machine with given singular values in random orthogonal frames. @param {number} seed @param {number} N @param {number} M @param {number[]} lambdas */
function planted(seed, N, M, lambdas) {
	const f = svd(N, M, normals(seed, N * M));
	const weights = new Float64Array(N * M);
	for (let i = 0; i < N; i++)
		for (let j = 0; j < M; j++)
			lambdas.forEach((l, k) => (weights[i * M + j] += f.u[i * N + k] * l * f.v[j * M + k]));
	const plain = { weights, visibleBias: new Float64Array(N), hiddenBias: new Float64Array(M) };
	return rbms.balanced(rbms.makeRbm(plain));
}

const file = new URL('../tests/theory/truth-cases.json', import.meta.url);
/** @type {Record<string, any>[]} */
const examples = JSON.parse(await readFile(file, 'utf8'));
const tall = rbms.makeRbm(examples[0]);
const evenAnswer = truth(examples)[2];

// 1, 2: frames and landscape
const frame = reciprocal.reciprocalFrame(tall);
let worst = 0;
for (let s = 0; s < 256; s++) {
	const bits = bitsOf(s, 8);
	const z = reciprocal.unitsToModes(frame, bits);
	const e = rbms.energy(tall, bits.subarray(0, 5), bits.subarray(5));
	worst = Math.max(worst, Math.abs(reciprocal.energyModes(frame, z) - e));
}
say('1', 'singular values of the 5×3 example', frame.singularValues);
say('1', 'largest |E(u,w,rest) − E(v,h)| over its 256 states', worst);
const accuracy = [0, 0];
for (const [N, M] of [
	[784, 64],
	[64, 784],
	[300, 300]
]) {
	const w = normals(N, N * M);
	const t = thinSvd(N, M, w);
	const r = Math.min(N, M);
	const us = t.u.map((/** @type {number} */ x, /** @type {number} */ k) => x * t.singularValues[k % r]);
	const back = products.matMul(us, N, r, products.transpose(t.v, M, r), M);
	const off = back.map((/** @type {number} */ x, /** @type {number} */ k) => x - w[k]);
	accuracy[0] = Math.max(accuracy[0], products.norm2(off) / products.norm2(w));
	const gram = products.matMul(products.transpose(t.u, N, r), r, N, t.u, r);
	for (let k = 0; k < r; k++) gram[k * r + k] -= 1;
	accuracy[1] = Math.max(accuracy[1], products.norm2(gram) / Math.sqrt(r));
}
say('1', '‖UΣVᵀ−W‖/‖W‖ and ‖UᵀU−1‖/√r at worst, 784×64, 64×784, 300×300', accuracy);
const saddle = reciprocal.saddles(frame)[0];
say('2', 'saddle of mode 1: x, y, E', saddle.x, saddle.y, saddle.energy);

// 3: Fokker–Planck and Schrödinger
const pair = rbms.balanced(rbms.makeRbm({ weights: [[1]], visibleBias: [0], hiddenBias: [0] }));
const smooth = smoothedClosure(pair, 1, 0.25);
const pairFrame = reciprocal.reciprocalFrame(pair);
const middle = reciprocal.unitsToModes(pairFrame, Float64Array.of(0.5, 0.5));
/** @param {number} count */
function pairRates(count) {
	const reach = 4.5;
	const axis = { min: -reach, max: reach, count };
	const generator = fokkerPlanckGenerator(
		[axis, axis],
		(/** @type {number} */ u, /** @type {number} */ w) =>
			smooth.potential(reciprocal.modesToUnits(pairFrame, Float64Array.of(middle[0] + u, middle[1] + w))),
		1
	);
	return { generator, modes: slowestModes(generator, 3) };
}
const [coarse, fine] = [pairRates(41), pairRates(81)];
say('3', 'Γ of the pair W = 1, σ² = ¼: 41², 81², extrapolated', [
	coarse.modes.rates[1],
	fine.modes.rates[1],
	(4 * fine.modes.rates[1] - coarse.modes.rates[1]) / 3
]);
const flow = applyGenerator(fine.generator, fine.generator.stationary);
say('3', 'Σ of Gp for the stationary state, and its largest entry', [
	flow.reduce((/** @type {number} */ s, /** @type {number} */ x) => s + x, 0),
	flow.reduce((/** @type {number} */ s, /** @type {number} */ x) => Math.max(s, Math.abs(x)), 0)
]);
say('3', 'V_Q of the pair at its centre', schrodingerPotential(smooth, Float64Array.of(0.5, 0.5)));
const omegas = [0.5 * (4 - 1), 0.5 * (4 + 1)];
const levels = enumerateSpectrum(omegas, 6).states;
say(
	'3',
	'E(n) of one pair in the gaussian closure, βλ = 1, up to 6',
	levels.map((/** @type {{energy: number}} */ s) => s.energy)
);

// 4: closures
for (const name of ['gaussian', 'entropic', 'tap', 'fitted', 'smoothed'])
	say('4', `curvatures of the balanced 6×4 example, ${name}`, evenAnswer.curvatures[name]);
const deep = rbms.balanced(rbms.makeRbm({ weights: [[5]], visibleBias: [0], hiddenBias: [0] }));
const wells = entropicClosure(deep, 1).minima();
const landau = landauExpansion(deep, 1);
say('4', 'wells of one pair at βλ = 5: m*, Landau’s estimate, and barrier in kT', [
	...wells.map((/** @type {{at: Float64Array}} */ m) => m.at[0]),
	0.5 + landauWell(landau) * Math.SQRT1_2,
	landauBarrier(landau)
]);
const frozen = spectra.bulkStiffness(300, 300, 3.16 / (2 * Math.sqrt(300)), 1);
say('4', 'soft variance at the bulk edge λ = 3.16, N = M = 300: plain, Onsager', [
	1 / (4 - 3.16),
	1 / spectra.coupledCurvatures(frozen.visible, frozen.hidden, 3.16).soft
]);

// 5: lift and denoiser
const spread = [];
let gap = 0;
for (let seed = 1; seed <= 30; seed++) {
	const x = normals(seed, 19);
	const rbm = rbms.makeRbm({
		weights: x.slice(0, 12),
		visibleBias: x.slice(12, 16),
		hiddenBias: x.slice(16)
	});
	const top = reciprocal.couplingModes(rbm).singularValues[0];
	const lift = lifts.makeLift(rbm, 1.3, lifts.defaultSigma2(1.3, top));
	const p = jointDistribution(rbm, 1.3);
	/** @param {(l: unknown, s: Float64Array) => number} f */
	const law = (f) => {
		const w = Array.from({ length: 128 }, (_, s) => f(lift, bitsOf(s, 7)));
		const total = rbms.logSumExp(w);
		return w.map((e) => Math.exp(e - total));
	};
	law(lifts.liftLogMarginal).forEach((e, s) => (gap = Math.max(gap, Math.abs(e - p[s]))));
	spread.push(totalVariation(law(lifts.unliftedLogMarginal), p));
}
spread.sort((a, b) => a - b);
say('5', 'max |P(s) − RBM| with the lift, 30 random 4×3 at β = 1.3', gap);
say(
	'5',
	'total variation without it: least, median, most',
	spread[0],
	(spread[14] + spread[15]) / 2,
	spread[29]
);
const z = Float64Array.from(examples[0].z);
const denoised = denoisers.denoise(tall, 1, 0.25, z);
const score = denoisers.scoreFrom(denoised, z, 0.25);
let slopeGap = 0;
z.forEach((_, k) => {
	/** @param {number} step */
	const at = (step) =>
		denoisers.noisedLogDensity(
			tall,
			1,
			0.25,
			z.map((e, i) => (i === k ? e + step : e))
		);
	slopeGap = Math.max(slopeGap, Math.abs((at(1e-4) - at(-1e-4)) / 2e-4 - score[k]));
});
say('5', 'denoiser’s score against finite differences of ln density, at worst', slopeGap);
const near = denoisers.denoiseMeanField(tall, 1, 0.25, z);
say(
	'5',
	'mean-field denoiser off by',
	Math.max(...near.map((/** @type {number} */ e, /** @type {number} */ k) => Math.abs(e - denoised[k])))
);

// 6: relaxation
for (const lambda of [0.5, 1, 2, 3]) {
	const rbm = planted(
		1,
		10,
		8,
		Array.from({ length: 8 }, (_, k) => lambda * 0.6 ** k)
	);
	say('6', `10×8 balanced, λ₁ = ${lambda}: second eigenvalue, (βλ₁/4)²`, [
		gibbs.gibbsEigenvalues(rbm, 1)[1],
		relaxation.gibbsContraction(lambda, 1).factor
	]);
}
const small = planted(2, 5, 4, [2, 1, 0.5, 0.2]);
const p = jointDistribution(small, 1);
say(
	'6',
	'detailed-balance defect of the deterministic joint sweep, 5×4',
	gibbs.detailedBalanceDefect(gibbs.jointSweepMatrix(small, 1), p)
);
say('6', 'Glauber gap of the same at λ₁ = 2, and 1 − βλ₁/4', glauberGap(small, 1), 0.5);

// 7: partition function
say('7', 'ln Z of the examples: exact, gaussian, Laplace, TAP');
for (const a of truth(examples)) say('7', `  ${a.name}`, a.lnZ, a.lnZGaussian, a.lnZLaplace, a.lnZTap);
say(
	'7',
	'finite-difference check of ∂lnZ/∂β + ⟨E⟩, 5×3',
	(lnZ(tall, 1.0001) - lnZ(tall, 0.9999)) / 0.0002 + moments(tall, 1).meanEnergy
);
for (const scale of [0.25, 1, 4]) {
	const g = normals(12, 14 * 12);
	const rbm = rbms.balanced(
		rbms.makeRbm({
			weights: g.map((x) => (scale * x) / 4),
			visibleBias: new Float64Array(14),
			hiddenBias: new Float64Array(12)
		})
	);
	const { bits, logWeight } = freeEnergyWeight(rbm, 1);
	const cross = tensorCross(bits, logWeight, { tolerance: 1e-6 });
	say(
		'7',
		`tensor cross, 14×12, weights of scale ${scale / 4}: largest rank of 64, evaluations of 4096, ln Z off by`,
		[
			Math.max(...cross.ranks),
			cross.evaluations,
			cross.lnZ === null ? 'none' : Math.abs(cross.lnZ - lnZ(rbm, 1))
		]
	);
}

// 8: spectra and learning
const edges = spectra.marchenkoPasturEdges(784, 500, 0.01);
say('8', 'Marchenko–Pastur edges, 784×500, s = 0.01', edges.lower, edges.upper);
const bulk = spectra.bulkFreezing(300, 300, 0.1, 1);
say(
	'8',
	'300×300, s = 0.1: upper edge, β of plain and of Onsager freezing',
	bulk.upperEdge,
	bulk.betaPlain,
	bulk.betaOnsager
);
const rows = { count: 3, values: [1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1] };
for (const k of [1, 3, 10]) {
	const b = cdBias(planted(2, 5, 4, [3.6, 1, 0.5, 0.2]), 1, rows, k);
	say('8', `CD-${k} at λ₁ = 3.6, 5×4: ‖bias‖/‖gradient‖, cosine`, b.relative, b.cosine);
}

// 9: errata
const state = bitsOf(0b10101101, 8);
for (const e of [
	errata.transposedMaps(tall, state.subarray(0, 5), state.subarray(5)),
	errata.freeDirections(tall),
	errata.saddleConstant(frame, 0, 0.3, 0.4),
	errata.swappedSigns(tall, 1),
	errata.entropyOfStates(tall),
	errata.noTaylorExpansion(0.1),
	errata.unequalStiffness(5, 4.4, 1.2),
	errata.rateAndEnergy(3, 1),
	errata.coupledOscillators(4, 1, 3),
	errata.confinedBeyondThreshold(5)
])
	say('9', `${e.id} ${e.title}: printed left, right; corrected left, right`, [
		e.printed.left,
		e.printed.right,
		e.corrected.left,
		e.corrected.right
	]);

if (process.argv.includes('--time')) {
	// Processor time, so that other work on the machine does not count.
	const clock = () => process.cpuUsage().user / 1e6;
	for (const [name, sizes, compute] of [
		['smaller layer', [34, 36, 38, 40, 42, 44, 46], lnZ],
		['all states', [16, 18, 20, 22, 24], lnZByAllStates]
	]) {
		const points = measureCost(sizes, clock, 4, compute);
		const fit = fitCost(points);
		say(
			'c',
			`${name}: seconds at`,
			points.map(
				(/** @type {{units: number, seconds: number}} */ q) => `${q.units}:${q.seconds.toPrecision(3)}`
			)
		);
		say(
			'c',
			`${name}: log₂ slope ± error; log₁₀ seconds at 50, 100, 1000`,
			fit.slope,
			fit.slopeError,
			[50, 100, 1000].map((n) => extrapolateLog10Seconds(fit, n))
		);
	}
}
