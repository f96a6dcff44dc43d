// Errata of the slides (S), each as a function of given numbers that works out both sides of the equation as
// printed and as it should read, so that a page can show the check live (theory section 9).
import { lnZ } from './enumerate.ts';
import { symEigen } from './linalg.ts';
import { energy, sigmoid, type Rbm } from './rbm.ts';
import {
	couplingMatrix,
	energyReciprocal,
	modeEnergy,
	reciprocalFrame,
	SADDLE_CUTOFF,
	saddles,
	toReciprocal,
	type Frame
} from './reciprocal.ts';
import { coupledCurvatures } from './spectra.ts';

/** An equation in TeX with the values its two sides take. */
export interface Equation {
	readonly tex: string;
	readonly left: number;
	readonly right: number;
}

/** One erratum: what S prints, what holds, and why, in a sentence or two. */
export interface Erratum {
	readonly id: number;
	readonly title: string;
	readonly explanation: string;
	readonly printed: Equation;
	readonly corrected: Equation;
}

/** 1. x = Uᵀv, not Uv: only then is E(v,h) = −a·x − b·y − Σλxy. */
export function transposedMaps(rbm: Rbm, visible: Float64Array, hidden: Float64Array): Erratum {
	const frame = reciprocalFrame(rbm);
	const turned: Frame = { ...frame, u: transposed(frame.u, frame.N), v: transposed(frame.v, frame.M) };
	const left = energy(rbm, visible, hidden);
	return {
		id: 1,
		title: 'The maps are transposed',
		explanation:
			'With W = UΣVᵀ the energy is a sum over modes in x = Uᵀv and y = Vᵀh. S writes U and V without the ' +
			'transpose in places; with those the energy of a state changes.',
		printed: {
			tex: 'E(v,h) = -a\\cdot Uv - b\\cdot Vh - (Uv)^{\\top}\\Sigma\\,(Vh)',
			left,
			right: energyReciprocal(frame, toReciprocal(turned, visible, hidden))
		},
		corrected: {
			tex: 'E(v,h) = -a\\cdot x - b\\cdot y - x^{\\top}\\Sigma\\,y,\\quad x = U^{\\top}v,\\; y = V^{\\top}h',
			left,
			right: energyReciprocal(frame, toReciprocal(frame, visible, hidden))
		}
	};
}

function transposed(q: Float64Array, n: number): Float64Array {
	return q.map((_, k) => q[(k % n) * n + Math.floor(k / n)]);
}

/** 2. N+M coordinates less a pair for each λ > 0 are free of W: |N−M| of them at full rank, more below it. */
export function freeDirections(rbm: Rbm): Erratum {
	const n = rbm.N + rbm.M;
	const { values } = symEigen(n, couplingMatrix(rbm));
	const cut = SADDLE_CUTOFF * values[n - 1];
	const left = values.filter((x) => Math.abs(x) <= cut).length;
	const withSaddle = saddles(reciprocalFrame(rbm)).filter((s) => s !== null).length;
	return {
		id: 2,
		title: 'Saddles for min(N,M) modes, free directions for the rest',
		explanation:
			'Only i ≤ min(N,M) can have a saddle: along the |N−M| directions left over the energy is linear. S numbers ' +
			'its modes 1…N, with the free ones at 2M+1…N, though there are N+M coordinates.',
		printed: { tex: '\\#\\{\\mathrm{free}\\} = N - 2M', left, right: rbm.N - 2 * rbm.M },
		corrected: {
			tex: '\\#\\{\\mathrm{free}\\} = N + M - 2\\operatorname{rank} W \\ge |N-M|',
			left,
			right: n - 2 * withSaddle
		}
	};
}

/** 3. About its saddle mode i keeps the constant ab/λ. `x`, `y` is any point of mode `i`. */
export function saddleConstant(frame: Frame, i: number, x: number, y: number): Erratum {
	const saddle = saddles(frame)[i];
	if (!saddle) throw new RangeError(`saddleConstant: mode ${i} has no saddle`);
	const dx = x - saddle.x;
	const dy = y - saddle.y;
	// u² − w² = −2xy, so that the quadratic part is −λδxδy.
	const quadratic = -frame.singularValues[i] * dx * dy;
	const left = modeEnergy(frame, i, x, y);
	return {
		id: 3,
		title: 'The saddle has a height',
		explanation:
			'Shifting to the saddle leaves the constant ab/λ. It moves no minimum, but it belongs to ln Z.',
		printed: { tex: 'E_i = \\tfrac{\\lambda_i}{2}(u_i^2 - w_i^2)', left, right: quadratic },
		corrected: {
			tex: 'E_i = \\tfrac{\\lambda_i}{2}(u_i^2 - w_i^2) + \\tfrac{a_i b_i}{\\lambda_i}',
			left,
			right: quadratic + saddle.energy
		}
	};
}

/** 4. With S's own u = (x−y)/√2 the frequency is (k+βλ)/2: u is stiff and w soft. Mode i, vertex stiffness k. */
export function swappedSigns(rbm: Rbm, beta: number, i = 0, k = 4): Erratum {
	const frame = reciprocalFrame(rbm);
	const { N, M } = rbm;
	const s = new Float64Array(N + M);
	for (let j = 0; j < N; j++) s[j] = frame.u[j * N + i] * Math.SQRT1_2;
	for (let j = 0; j < M; j++) s[N + j] = -frame.v[j * M + i] * Math.SQRT1_2;
	// Second difference of βE along u, exact since E is quadratic.
	const e = (f: number) => {
		const p = s.map((c) => f * c);
		return energy(rbm, p.subarray(0, N), p.subarray(N));
	};
	const left = (k + beta * (e(1) - 2 * e(0) + e(-1))) / 2;
	const lambda = frame.singularValues[i];
	return {
		id: 4,
		title: 'Stiff and soft are exchanged',
		explanation:
			'S gives the first set of frequencies, those of u = (x−y)/√2, a minus sign. Along u the energy curves ' +
			'upwards, so u is the stiff one; w = (x+y)/√2 softens.',
		printed: { tex: '\\omega_u = \\tfrac12(k - \\beta\\lambda)', left, right: (k - beta * lambda) / 2 },
		corrected: { tex: '\\omega_u = \\tfrac12(k + \\beta\\lambda)', left, right: (k + beta * lambda) / 2 }
	};
}

/** 5. The constant is the logarithm of the number of states. */
export function entropyOfStates(rbm: Rbm): Erratum {
	const n = rbm.N + rbm.M;
	const left = lnZ(rbm, 0);
	return {
		id: 5,
		title: 'The entropy is a logarithm',
		explanation:
			'At β = 0 every state weighs 1, so ln Z is the logarithm of their number. S prints the number itself. It is ' +
			'a constant, so no force and no rate ever sees it.',
		printed: { tex: 'S_c = \\ln Z(\\beta{=}0) = 2^{N+M}', left, right: 2 ** n },
		corrected: { tex: 'S_c = \\ln Z(\\beta{=}0) = (N+M)\\ln 2', left, right: n * Math.LN2 }
	};
}

/** Curvature of −ln ρ_σ for one unit at s: (1 − m(1−m)/σ²)/σ² with m = σ((s−½)/σ²). */
export function smearedCurvature(s: number, sigma2: number): number {
	const m = sigmoid((s - 0.5) / sigma2);
	return (1 - (m * (1 - m)) / sigma2) / sigma2;
}

/** 6. −ln of a sum of deltas cannot be expanded: its curvature depends on how the deltas are smeared. */
export function noTaylorExpansion(sigma2: number): Erratum {
	return {
		id: 6,
		title: 'Deltas have no Taylor expansion',
		explanation:
			'Smear the vertices a little and take the curvature between them: halving σ² does not settle it, it runs off ' +
			'to minus infinity. Every expansion of V_const therefore chooses a closure; the plainest keeps mean and ' +
			'variance of the vertices, and k = 1/Var = 4.',
		printed: {
			tex: 'k(\\sigma^2) = k(\\tfrac12\\sigma^2)',
			left: smearedCurvature(0.5, sigma2),
			right: smearedCurvature(0.5, sigma2 / 2)
		},
		corrected: {
			tex: 'k = 1/\\operatorname{Var}(s_k) = 4',
			left: 1 / (((0 - 0.5) ** 2 + (1 - 0.5) ** 2) / 2),
			right: 4
		}
	};
}

/** 7. Rotating by π/4 diagonalises only if both layers are equally stiff. */
export function unequalStiffness(kx: number, ky: number, betaLambda: number): Erratum {
	const left = symEigen(2, Float64Array.of(kx, -betaLambda, -betaLambda, ky)).values[0];
	return {
		id: 7,
		title: 'π/4 needs equal stiffness',
		explanation:
			'With k_x ≠ k_y the rotation leaves a coupling (k_x−k_y)/2 between u and w. The Onsager term makes them ' +
			'differ whenever N ≠ M.',
		printed: {
			tex: '\\kappa_- = \\tfrac12(k_x+k_y) - \\beta\\lambda',
			left,
			right: (kx + ky) / 2 - betaLambda
		},
		corrected: {
			tex: '\\kappa_- = \\tfrac12\\bigl[k_x+k_y-\\sqrt{(k_x-k_y)^2+4\\beta^2\\lambda^2}\\bigr]',
			left,
			right: coupledCurvatures(kx, ky, betaLambda).soft
		}
	};
}

/** 8. Γ = 2D·E(n). One oscillator of curvature κ of βU: its mean decays as e^{−Dκt}, and E(1) = κ/2. */
export function rateAndEnergy(curvature: number, diffusion: number): Erratum {
	const time = 1 / (diffusion * curvature);
	const mean = Math.exp(-diffusion * curvature * time);
	const left = -Math.log(mean) / time;
	const energyOfOne = curvature / 2;
	return {
		id: 8,
		title: 'A rate is 2D times an energy',
		explanation:
			'The Fokker–Planck generator is −2D times the Hamiltonian that S writes down, so its decay rates are ' +
			'Γ = 2D·E. Without the factor, rates come out right at β = 2 alone.',
		printed: { tex: '\\Gamma_1 = E(1)', left, right: energyOfOne },
		corrected: { tex: '\\Gamma_1 = 2D\\,E(1)', left, right: 2 * diffusion * energyOfOne }
	};
}

/** 9. With k₁₂ ≠ 0 the spectrum needs the normal modes of K = [[k₁₁,k₁₂],[k₁₂,k₂₂]], not its diagonal. */
export function coupledOscillators(k11: number, k12: number, k22: number): Erratum {
	const left = ((k11 + k22) / 2 - Math.hypot((k11 - k22) / 2, k12)) / 2;
	return {
		id: 9,
		title: 'Coupled oscillators need normal modes',
		explanation:
			'S keeps the couplings k_ij in V_Q and then adds up ω_i = k_ii/2 as if they were zero. The first excited ' +
			'level is half the smallest eigenvalue of K.',
		printed: { tex: 'E_1 = \\tfrac12\\min_i k_{ii}', left, right: Math.min(k11, k22) / 2 },
		corrected: {
			tex: 'E_1 = \\tfrac12\\min\\operatorname{eig} K',
			left,
			right: symEigen(2, Float64Array.of(k11, k12, k12, k22)).values[0] / 2
		}
	};
}

/**
 * Where the soft mode of a balanced pair settles for βλ > 4: the root 0 < δ < ½ of ln((½+δ)/(½−δ)) = βλδ, and
 * ½−δ to full accuracy. @throws RangeError at or below 4.
 */
export function brokenMinimum(betaLambda: number): { delta: number; toTheEnd: number } {
	if (!(betaLambda > 4)) throw new RangeError(`brokenMinimum: βλ = ${betaLambda} is not above 4`);
	// In t = βλδ: δ = ½tanh(t/2), so t = (βλ/2)tanh(t/2); the right side is concave, bisection cannot miss.
	let low = 0;
	let high = betaLambda / 2;
	for (let k = 0; k < 200; k++) {
		const t = (low + high) / 2;
		if ((betaLambda / 2) * Math.tanh(t / 2) > t) low = t;
		else high = t;
	}
	const t = (low + high) / 2;
	return { delta: t / betaLambda, toTheEnd: 1 / (Math.exp(t) + 1) };
}

/** 10. Past βλ = 4 the full closure confines the mode; only its second-order truncation does not. */
export function confinedBeyondThreshold(betaLambda: number): Erratum {
	const { delta, toTheEnd } = brokenMinimum(betaLambda);
	const pull = betaLambda * delta;
	return {
		id: 10,
		title: 'Modes past the threshold are confined',
		explanation:
			'Cut at second order, the pull βλδ beats the restoring force 4δ at every distance δ and the mode runs away. ' +
			'The full force of a unit, ln(m/(1−m)), grows without bound towards its ends and balances the pull at a ' +
			'finite δ: two wells, not a divergence.',
		printed: { tex: '4\\delta = \\beta\\lambda\\,\\delta', left: 4 * delta, right: pull },
		corrected: {
			tex: '\\ln\\frac{1/2+\\delta}{1/2-\\delta} = \\beta\\lambda\\,\\delta',
			left: Math.log((0.5 + delta) / toTheEnd),
			right: pull
		}
	};
}
