// The figures of docs/relaxation.md as plain data: the same points and lines that the page draws.
import type { LearningSpec } from '../../src/lib/scene/learning';
import type { LearningRecord, PartitionRow } from '../../src/lib/session/protocolRelaxation';
import {
	closureFigure,
	mainLines,
	mainPoints,
	sizePoints,
	type Points
} from '../../src/lib/views/relaxation/figures';
import { crossing, outOfEquilibrium } from '../../src/lib/views/relaxation/learning';
import type { Series } from '../../src/lib/charts/series';
import type { Part } from './recipes/relaxation';

export interface Figure {
	/** file name without ending */
	readonly file: string;
	readonly title: string;
	readonly xLabel: string;
	readonly yLabel: string;
	readonly xLog?: boolean;
	readonly yLog?: boolean;
	readonly x: readonly [number, number];
	readonly y: readonly [number, number];
	readonly points: readonly Points[];
	readonly lines: readonly Series[];
	readonly marks: readonly { readonly x?: number; readonly y?: number; readonly label: string }[];
}

const plain = (series: readonly Series[]): Series[] =>
	series.map((s) => ({ ...s, x: Array.from(s.x), y: Array.from(s.y) }));

export function relaxationFigures(
	{ rows, study, predictions }: Part,
	learning: readonly LearningRecord[],
	spec: LearningSpec,
	partition: readonly PartitionRow[]
): Figure[] {
	const threshold = { x: 4, label: 'βλ₁ = 4' };
	const tau = 'relaxation time τ, shared clock';
	const coupling = 'coupling βλ₁';
	const steps = learning.map((r) => Math.max(r.step, 150));
	const crossed = crossing(learning, spec.beta);
	const out = outOfEquilibrium(learning, spec.k);
	const moments = [
		...(crossed === null ? [] : [{ x: crossed, label: 'λ₁ crosses 4/β' }]),
		...(out === null ? [] : [{ x: out, label: 'τ > k' }])
	];
	const learnt = (id: string, label: string, color: string, y: number[], dash?: string): Series => ({
		id,
		label,
		color,
		x: steps,
		y,
		dash
	});
	const base = partition.map((r) => r.exact);
	const error = (
		id: string,
		label: string,
		color: string,
		of: (r: PartitionRow) => number,
		dash?: string
	): Series => ({
		id,
		label,
		color,
		dash,
		x: partition.map((r) => r.strength),
		y: partition.map((r, k) => of(r) - base[k])
	});
	const law = Array.from({ length: 159 }, (_, k) => (k + 1) / 40);
	const closures = (['gaussian', 'entropic', 'tap', 'fitted'] as const).map((closure): Figure => {
		const { points, lines } = closureFigure(rows, study, predictions, closure, null);
		return {
			file: `closure-${closure}`,
			title: `${closure === 'tap' ? 'TAP' : closure} closure`,
			xLabel: coupling,
			yLabel: 'κ = β × rate',
			x: [0.3, 5.2],
			y: [-1, closure === 'entropic' || closure === 'tap' ? 14 : 5],
			points: [points],
			lines: plain(lines),
			marks: [threshold]
		};
	});
	return [
		{
			file: 'threshold',
			title: 'Relaxation times through βλ₁ = 4, 10×8',
			xLabel: coupling,
			yLabel: tau,
			yLog: true,
			x: [0.3, 5.2],
			y: [0.3, 20],
			points: mainPoints(rows, study, false),
			lines: plain(mainLines(predictions, false)),
			marks: [threshold]
		},
		{
			file: 'collapse',
			title: 'Against ε = 1 − βλ₁/4',
			xLabel: 'ε',
			yLabel: tau,
			xLog: true,
			yLog: true,
			x: [0.05, 1],
			y: [0.3, 20],
			points: mainPoints(rows, study, true),
			lines: plain(mainLines(predictions, true)),
			marks: []
		},
		{
			file: 'sizes',
			title: 'Block Gibbs at three sizes',
			xLabel: coupling,
			yLabel: 'τ, sweeps',
			yLog: true,
			x: [0.3, 5.2],
			y: [0.2, 30],
			points: sizePoints(rows),
			lines: [
				{
					id: 'law',
					label: 'linear law',
					color: 'var(--ink)',
					dash: '6 4',
					x: law,
					y: law.map((s) => -1 / (2 * Math.log(s / 4)))
				}
			],
			marks: [threshold]
		},
		...closures,
		{
			file: 'learning-spectrum',
			title: 'Learning: singular values',
			xLabel: 'gradient step',
			yLabel: 'λ',
			xLog: true,
			x: [150, spec.steps * 1.05],
			y: [0, 15],
			points: [],
			lines: [0, 1, 2, 3].map((k) =>
				learnt(
					`l${k}`,
					`λ${k + 1}`,
					'var(--model)',
					learning.map((r) => r.singularValues[k])
				)
			),
			marks: [{ y: 4 / spec.beta, label: '4/β' }, ...moments]
		},
		{
			file: 'learning-softness',
			title: 'Learning: the softest oscillator by closure',
			xLabel: 'gradient step',
			yLabel: 'ω',
			xLog: true,
			x: [150, spec.steps * 1.05],
			y: [-5.5, 4.5],
			points: [],
			lines: [
				learnt(
					'gaussian',
					'gaussian',
					'var(--free)',
					learning.map((r) => r.gaussian),
					'6 4'
				),
				learnt(
					'entropic',
					'entropic',
					'var(--soft)',
					learning.map((r) => r.entropic)
				),
				learnt(
					'tap',
					'TAP',
					'var(--stiff)',
					learning.map((r) => r.tap),
					'8 3'
				),
				learnt(
					'fitted',
					'fitted',
					'var(--exact)',
					learning.map((r) => r.fitted)
				)
			],
			marks: [{ y: 0, label: '' }, ...moments]
		},
		{
			file: 'learning-slowing',
			title: 'Learning: Gibbs sampling and the persistent chains slow down',
			xLabel: 'gradient step',
			yLabel: 'τ',
			xLog: true,
			yLog: true,
			x: [150, spec.steps * 1.05],
			y: [0.1, 2000],
			points: [],
			lines: [
				learnt(
					'gibbs',
					'Gibbs, sweeps',
					'var(--model)',
					learning.map((r) => r.gibbs.tau)
				),
				learnt(
					'chains',
					'PCD chains, updates',
					'var(--data)',
					learning.map((r) => r.chains?.tau ?? NaN),
					'6 4'
				)
			],
			marks: [{ y: spec.k, label: 'τ = k' }, ...moments]
		},
		{
			file: 'partition',
			title: 'ln Z: error of each estimate',
			xLabel: coupling,
			yLabel: 'ln Z − exact, nats',
			x: [0.3, 5.2],
			y: [-0.45, 0.45],
			points: (['forward', 'reverse'] as const).map((name) => ({
				id: name,
				label: name === 'forward' ? 'AIS' : 'reverse AIS',
				color: 'var(--model)',
				shape: name === 'forward' ? 'disc' : 'diamond',
				x: partition.map((r) => r.strength),
				y: partition.map((r) => r[name] - r.exact),
				lo: partition.map((r) => r[name] - r.exact - 2 * r[`${name}Error`]),
				hi: partition.map((r) => r[name] - r.exact + 2 * r[`${name}Error`]),
				ids: []
			})),
			lines: [
				error('gaussian', 'gaussian', 'var(--free)', (r) => r.gaussian, '6 4'),
				error('laplace', 'Laplace', 'var(--soft)', (r) => r.laplace),
				error('tap', 'TAP', 'var(--stiff)', (r) => r.tap, '8 3'),
				error('tensor', 'tensor cross', 'var(--visible)', (r) => r.tensor, '2 3')
			],
			marks: [threshold, { y: 0, label: '' }]
		}
	];
}
