// What the relaxation figures draw: measured rows and predictions turned into points and lines. Pure functions; the
// headless study draws the same ones.
import type { Series } from '../../charts/series';
import type { Predicted } from '../../session/clientRelaxation.svelte';
import type { Row } from '../../session/protocolRelaxation';
import { METHODS, type Method, type Study } from '../../scene/study';

/** Points of one colour and shape. */
export interface Points {
	readonly id: string;
	readonly label: string;
	readonly color: string;
	readonly shape: 'disc' | 'square' | 'diamond';
	readonly x: readonly number[];
	readonly y: readonly number[];
	readonly lo: readonly number[];
	readonly hi: readonly number[];
	/** row ids, for picking */
	readonly ids: readonly string[];
}

export const methodNames: Record<Method, string> = {
	gibbs: 'block Gibbs',
	glauber: 'random-scan Glauber',
	smoothed: 'Langevin, exact lift',
	gaussian: 'Langevin, gaussian',
	entropic: 'Langevin, entropic',
	tap: 'Langevin, TAP',
	fitted: 'Langevin, fitted'
};

/** A row's name in words: "Langevin, exact lift, σ² = 0.25, βλ₁ = 3, 10×8". */
export function rowName(row: Pick<Row, 'method' | 'wish' | 'strength' | 'N' | 'M'>): string {
	const sigma = row.wish === null ? '' : `, σ² = ${row.wish}`;
	return `${methodNames[row.method]}${sigma}, βλ₁ = ${row.strength}, ${row.N}×${row.M}`;
}

/** Rows of the study's own size on the top mode. */
export const ownRows = (rows: readonly Row[], study: Study): Row[] =>
	rows.filter((r) => r.mode === 0 && r.N === study.N && r.M === study.M);

/** Hues: what samples the RBM is `model`, single-unit updates `data`, the soft mode's diffusion `soft`. */
function styleOf(row: Row, study: Study): Pick<Points, 'color' | 'shape' | 'label'> {
	if (row.method === 'gibbs') return { color: 'var(--model)', shape: 'disc', label: 'Gibbs' };
	if (row.method === 'glauber') return { color: 'var(--data)', shape: 'square', label: 'Glauber' };
	const at = Math.max(0, study.sigma2.indexOf(row.wish ?? NaN));
	return {
		color: at === 0 ? 'var(--soft)' : 'var(--stiff)',
		shape: at % 2 === 0 ? 'disc' : 'diamond',
		label: `Langevin σ² = ${row.wish}`
	};
}

function grouped(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
	const out = new Map<string, Row[]>();
	for (const row of rows) {
		const list = out.get(key(row));
		if (list) list.push(row);
		else out.set(key(row), [row]);
	}
	return out;
}

const sorted = (rows: readonly Row[]): Row[] => [...rows].sort((a, b) => a.strength - b.strength);

/** Points of rows with x and y of your choice; y multiplies τ and both ends of its interval. */
function pointsOf(
	id: string,
	style: Pick<Points, 'color' | 'shape' | 'label'>,
	rows: readonly Row[],
	x: (row: Row) => number,
	factor: (row: Row) => number
): Points {
	const all = sorted(rows);
	return {
		id,
		...style,
		x: all.map(x),
		y: all.map((r) => r.tau * factor(r)),
		lo: all.map((r) => r.low * factor(r)),
		hi: all.map((r) => r.high * factor(r)),
		ids: all.map((r) => r.id)
	};
}

/** Gibbs, Glauber and Langevin in the lift on the clock they share, against βλ₁ or ε (there the largest size as well). */
export function mainPoints(rows: readonly Row[], study: Study, collapse: boolean): Points[] {
	const shown = ownRows(rows, study).filter((r) => ['gibbs', 'glauber', 'smoothed'].includes(r.method));
	const usable = collapse ? shown.filter((r) => r.strength < 4) : shown;
	const x = (r: Row) => (collapse ? 1 - r.strength / 4 : r.strength);
	const own = [...grouped(usable, (r) => `${r.method}${r.wish ?? ''}`)].map(([id, group]) =>
		pointsOf(id, styleOf(group[0], study), group, x, (r) => r.toCommon)
	);
	const largest = collapse ? study.sizes.at(-1) : undefined;
	if (!largest) return own;
	const far = rows.filter(
		(r) => r.method === 'gibbs' && r.mode === 0 && r.strength < 4 && r.N === largest.N && r.M === largest.M
	);
	const style = {
		label: `Gibbs ${largest.N}×${largest.M}`,
		color: 'var(--model)',
		shape: 'diamond'
	} as const;
	return far.length ? [...own, pointsOf('far', style, far, x, (r) => r.toCommon)] : own;
}

function line(
	id: string,
	label: string,
	color: string,
	x: readonly number[],
	y: readonly number[],
	rest: Partial<Series> = {}
): Series {
	return { id, label, color, x, y, ...rest };
}

/** A line without what lies outside the drawing: a path is not cut at the axes. */
export function clipped(series: Series, x: readonly [number, number], y: readonly [number, number]): Series {
	const inside = (v: number, [lo, hi]: readonly [number, number]) => v >= lo && v <= hi;
	return {
		...series,
		y: Array.from(series.y, (v, k) => (inside(v, y) && inside(series.x[k], x) ? v : NaN))
	};
}

/** Predicted curves on the shared clock: the linear law of all, Gibbs' own, exact spectra, and D/Var of the lift. */
export function mainLines(predictions: readonly Predicted[], collapse: boolean): Series[] {
	const dense = Array.from({ length: 159 }, (_, k) => (k + 1) / 40);
	const at = collapse ? dense.map((s) => 1 - s / 4).reverse() : dense;
	const strength = (x: number) => (collapse ? 4 * (1 - x) : x);
	const used = predictions.filter((p) => !collapse || p.strength < 4);
	const ordered = collapse ? [...used].reverse() : used;
	const x = ordered.map((p) => (collapse ? 1 - p.strength / 4 : p.strength));
	const out = [
		line(
			'law',
			'1/ε',
			'var(--ink)',
			at,
			at.map((e) => 1 / (1 - strength(e) / 4)),
			{ dash: '6 4', quiet: true }
		),
		line(
			'gibbs-law',
			'Gibbs, linear',
			'var(--model)',
			at,
			at.map((e) => -1 / Math.log(strength(e) / 4)),
			{ dash: '2 3', quiet: true }
		),
		line(
			'gibbs-exact',
			'Gibbs, exact',
			'var(--exact)',
			x,
			ordered.map((p) => 2 * p.is.gibbsExact),
			{ quiet: true }
		),
		line(
			'glauber-exact',
			'Glauber, exact',
			'var(--exact)',
			x,
			ordered.map((p) => p.is.glauberExact),
			{ dash: '8 3', quiet: true }
		)
	];
	const count = predictions[0]?.is.lifts.length ?? 0;
	for (let k = 0; k < count; k++) {
		const color = k === 0 ? 'var(--soft)' : 'var(--stiff)';
		const common = (p: Predicted) =>
			4 / p.is.beta / (1 + p.is.beta * p.is.lifts[k].sigma2 * p.is.lambda) ** 2;
		const of = (rate: (p: Predicted) => number) => ordered.map((p) => common(p) / rate(p));
		const wish = predictions[0].is.lifts[k].wish;
		out.push(
			line(
				`rayleigh-${wish}`,
				`1/(D/Var), σ² = ${wish}`,
				color,
				x,
				of((p) => p.is.lifts[k].rayleigh),
				{
					dash: k === 0 ? undefined : '8 3',
					quiet: true
				}
			),
			line(
				`grid-${wish}`,
				`Fokker–Planck, σ² = ${wish}`,
				'var(--exact)',
				x,
				of((p) => p.is.lifts[k].fokkerPlanck),
				{
					dash: k === 0 ? undefined : '8 3',
					quiet: true
				}
			)
		);
	}
	return out.filter((s) => Array.from(s.y).some(Number.isFinite));
}

/** What each measured row is held against: the best that theory has, and its name. */
export function predictionFor(
	row: Row,
	predictions: readonly Predicted[]
): { tau: number; name: string } | null {
	const p = predictions.find((q) => q.strength === row.strength)?.is;
	if (row.mode !== 0 || !p) return null;
	const pick = (...options: [number, string][]) => {
		const found = options.find(([tau]) => Number.isFinite(tau) && tau > 0);
		return found ? { tau: found[0], name: found[1] } : null;
	};
	switch (row.method) {
		case 'gibbs':
			return pick(
				[p.gibbsExact, 'exact eigenvalue'],
				[p.gibbsBiased, 'linear, own response'],
				[p.gibbsPlain, 'linear']
			);
		case 'glauber':
			return pick([p.glauberExact, 'exact'], [p.glauberBiased, 'linear']);
		case 'smoothed': {
			const lift = p.lifts.find((l) => l.wish === row.wish);
			if (!lift) return null;
			return pick(
				[1 / lift.fokkerPlanck, 'Fokker–Planck'],
				[1 / lift.rayleigh, 'D/Var'],
				[row.beta * row.variance, 'D/Var measured']
			);
		}
		default:
			return pick([1 / p[row.method], 'Γ = Dκ']);
	}
}

/** Measured over predicted − 1 with its interval, per method. */
export function residualPoints(
	rows: readonly Row[],
	study: Study,
	predictions: readonly Predicted[]
): Points[] {
	const known = ownRows(rows, study).filter(
		(r) => ['gibbs', 'glauber', 'smoothed'].includes(r.method) && predictionFor(r, predictions)
	);
	return [...grouped(known, (r) => `${r.method}${r.wish ?? ''}`)].map(([id, group]) => {
		const points = pointsOf(
			id,
			styleOf(group[0], study),
			group,
			(r) => r.strength,
			(r) => 100 / predictionFor(r, predictions)!.tau
		);
		const less = (values: readonly number[]) => values.map((v) => v - 100);
		const name = predictionFor(group[0], predictions)!.name;
		return {
			...points,
			label: `${points.label} / ${name}`,
			y: less(points.y),
			lo: less(points.lo),
			hi: less(points.hi)
		};
	});
}

/** Gibbs at every size, in sweeps. */
export function sizePoints(rows: readonly Row[]): Points[] {
	const gibbs = rows.filter((r) => r.method === 'gibbs' && r.mode === 0);
	const sizes = [...grouped(gibbs, (r) => `${r.N}×${r.M}`)].sort(
		([, a], [, b]) => a[0].N + a[0].M - (b[0].N + b[0].M)
	);
	const shapes = ['disc', 'square', 'diamond'] as const;
	return sizes.map(([size, group], k) =>
		pointsOf(
			size,
			{ label: size, color: 'var(--model)', shape: shapes[k % 3] },
			group,
			(r) => r.strength,
			() => 1
		)
	);
}

/** Langevin rates of one closure times β, which is a curvature κ: measured, and Dκ as the closure says it. */
export function closureFigure(
	rows: readonly Row[],
	study: Study,
	predictions: readonly Predicted[],
	closure: Method,
	wish: number | null
): { points: Points; lines: Series[] } {
	const own = sorted(
		ownRows(rows, study).filter((r) => r.method === closure && (closure !== 'smoothed' || r.wish === wish))
	);
	const points: Points = {
		id: closure,
		label: 'measured',
		color: 'var(--soft)',
		shape: 'disc',
		x: own.map((r) => r.strength),
		y: own.map((r) => r.beta / r.tau),
		lo: own.map((r) => r.beta / r.high),
		hi: own.map((r) => r.beta / r.low),
		ids: own.map((r) => r.id)
	};
	const x = predictions.map((p) => p.strength);
	const lift = (p: Predicted) => p.is.lifts.find((l) => l.wish === wish);
	const predicted = predictions.map((p) => {
		const rate =
			closure === 'smoothed'
				? (lift(p)?.smoothed ?? NaN)
				: p.is[closure as 'gaussian' | 'entropic' | 'tap' | 'fitted'];
		return rate * p.is.beta;
	});
	const lines = [
		line('kappa', 'κ of the closure', 'var(--exact)', x, predicted),
		line(
			'true',
			'1/Var of the RBM',
			'var(--model)',
			x,
			predictions.map((p) => p.is.fitted * p.is.beta),
			{ dash: '6 4' }
		)
	];
	if (closure === 'smoothed')
		lines.push(
			line(
				'oscillator',
				'oscillator of the lift',
				'var(--free)',
				x,
				predictions.map((p) => (lift(p)?.oscillator ?? NaN) * p.is.beta),
				{ dash: '2 3' }
			),
			line(
				'rayleigh',
				'D/Var of the lift',
				'var(--soft)',
				x,
				predictions.map((p) => (lift(p)?.rayleigh ?? NaN) * p.is.beta),
				{ dash: '8 3' }
			)
		);
	return { points, lines: lines.filter((s) => Array.from(s.y).some(Number.isFinite)) };
}

/** Why each closure holds, and where it stops. */
export const closureWords: Record<Exclude<Method, 'gibbs' | 'glauber'>, string> = {
	smoothed:
		'The stationary law is the RBM’s at every σ². The curvature about a minimum is that of one smeared vertex: right for rattling within a well, not for crossing between them. At small σ² every flip of a unit is a hop over a barrier, so the true rate lies below D/Var; at σ² = ¼ the wells have merged and D/Var holds within a few per cent.',
	gaussian:
		'Moments of the free vertices: κ = 4 − βλ. Its Langevin particles obey this exactly, as they must. But the RBM does not: past βλ = 4 the truncated energy has no lower end, and near it the quartic term that was cut off is what confines the mode.',
	entropic:
		'κ about the mean-field minimum follows 4 − βλ and rises again past the threshold. Particles in the whole entropic potential feel something else: their units are shut between 0 and 1 with a variance near 1/12, not ¼, so they relax several times faster and hardly soften at βλ = 4. The closure is a curvature, not a landscape to diffuse in.',
	tap: 'The Onsager term stiffens units that couple to a random bulk, and its κ stays close to the RBM’s own 1/Var well past where the plain form fails. Diffusing in its whole potential has the same trouble as the entropic one: walls at 0 and 1.',
	fitted:
		'κ = 1/Var by construction, so the measured rate agrees at any coupling. What it cannot know is the shape: past the threshold one Gaussian stands for two wells, and crossing between them is slower than any Gaussian says.'
};

/** Closures that were asked for, the lift first. */
export const closuresOf = (study: Study): Exclude<Method, 'gibbs' | 'glauber'>[] =>
	METHODS.filter((m) => m !== 'gibbs' && m !== 'glauber' && study.methods.includes(m)) as Exclude<
		Method,
		'gibbs' | 'glauber'
	>[];
