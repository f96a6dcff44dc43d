// Electromagnetic showers in a homogeneous medium: the parametrisation of Grindhammer and Peters (GFLASH,
// hep-ex/0001020), as Geant4's GVFlashHomoShowerTuning has it. Depths t in radiation lengths X₀, radii r in Molière radii
// R_M, energies E in GeV unless said otherwise.

/** An absorber. */
export interface Material {
	readonly Z: number;
	/** g/mol */
	readonly A: number;
	/** X₀ in g/cm² */
	readonly radiationLength: number;
}

export const TUNGSTEN: Material = { Z: 74, A: 183.84, radiationLength: 6.76 };

/** E_c in MeV. */
export function criticalEnergy({ Z, A, radiationLength }: Material): number {
	return 2.66 * ((radiationLength * Z) / A) ** 1.1;
}

/** Laws of ln T and ln α of single showers: a bivariate normal. */
export interface LongitudinalLaw {
	/** ⟨ln T⟩, T the depth of the maximum */
	readonly meanLnT: number;
	readonly meanLnAlpha: number;
	readonly sigmaLnT: number;
	readonly sigmaLnAlpha: number;
	readonly correlation: number;
}

/** @param energy GeV; ln(E/E_c) above 2 or so, where the formulas hold */
export function longitudinalLaw(energy: number, material: Material): LongitudinalLaw {
	const lnY = Math.log((1000 * energy) / criticalEnergy(material));
	return {
		meanLnT: Math.log(lnY - 0.812),
		meanLnAlpha: Math.log(0.81 + (0.458 + 2.26 / material.Z) * lnY),
		sigmaLnT: 1 / (-1.4 + 1.26 * lnY),
		sigmaLnAlpha: 1 / (-0.58 + 0.86 * lnY),
		correlation: 0.705 - 0.023 * lnY
	};
}

/** The radial density at one depth: f(r) = p·2rR_C²/(r²+R_C²)² + (1−p)·2rR_T²/(r²+R_T²)². */
export interface RadialLaw {
	/** R_C and R_T, core and tail */
	readonly core: number;
	readonly tail: number;
	/** p, the core's share */
	readonly share: number;
}

/** @param tau depth in units of the shower's centre of gravity: `showerTau` */
export function radialLaw(energy: number, tau: number, { Z }: Material): RadialLaw {
	const lnE = Math.log(energy);
	const deep = tau - 0.645;
	const [p1, p2, p3] = [2.632 - 0.00094 * Z, 0.401 + 0.00187 * Z, 1.313 - 0.0686 * lnE];
	const g = (p2 - tau) / p3;
	return {
		core: 0.0251 + 0.00319 * lnE + (0.1162 - 0.000381 * Z) * tau,
		tail: (0.659 - 0.00309 * Z) * (Math.exp(-2.59 * deep) + Math.exp((0.3585 + 0.0412 * lnE) * deep)),
		share: Math.min(1, Math.max(0, p1 * Math.exp(g - Math.exp(g))))
	};
}

/** Share of the energy within r. */
export function radialBelow({ core, tail, share }: RadialLaw, r: number): number {
	const within = (R: number) => (r * r) / (r * r + R * R);
	return share * within(core) + (1 - share) * within(tail);
}

/** τ = (t/T)·((α−1)/α)·ᾱ/(ᾱ−1), ᾱ = e^{⟨ln α⟩}. */
export function showerTau(t: number, T: number, alpha: number, meanLnAlpha: number): number {
	const mean = Math.exp(meanLnAlpha);
	return ((t / T) * ((alpha - 1) / alpha) * mean) / (mean - 1);
}

/** Mean number of energy spots of a shower: 93 ln Z · E^0.876. */
export function spotCount(energy: number, { Z }: Material): number {
	return 93 * Math.log(Z) * energy ** 0.876;
}
