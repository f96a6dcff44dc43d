// The training step that a user of tfjs alone would write: the same algorithm as train.ts, without its kernels.
import {
	add,
	cast,
	concat,
	gather,
	less,
	matMul,
	mean,
	mul,
	randomUniform,
	reshape,
	sigmoid,
	sub,
	tensor1d,
	tensor2d,
	tidy,
	transpose,
	type Tensor,
	type Tensor1D,
	type Tensor2D
} from '@tensorflow/tfjs-core';
import type { BitRows } from '../../src/lib/data/dataset';
import { unpack } from '../../src/lib/data/unpack';
import { settle } from '../../src/lib/engine/backend';
import type { ModelArrays } from '../../src/lib/engine/model';
import { permutation } from '../../src/lib/random/draw';
import { keyFromSeed } from '../../src/lib/random/key';
import type { Contender } from './contender';

/** Rows held as float32 on the device: all 60 000 would be 188 MB; the cost of a step does not depend on them. */
const ROWS = 10_000;
const OFFSET_RATE = 0.01;

const draw = (p: Tensor): Tensor2D => cast(less(randomUniform(p.shape), p), 'float32') as Tensor2D;

/** PCD-1 with centred gradient; one go is one step on a batch. */
export function plainTraining(arrays: ModelArrays, rows: BitRows, batch: number, rate: number): Contender {
	const { N, M } = arrays;
	const used = Math.min(ROWS, rows.count);
	const bits = unpack(
		rows,
		Array.from({ length: used }, (_, i) => i)
	);
	const data = tensor2d(Float32Array.from(bits), [used, N]);
	const order = permutation(used, keyFromSeed(5));
	let parameters: Tensor[] = [
		tensor2d(arrays.weights, [N, M]),
		tensor1d(arrays.visibleBias),
		tensor1d(arrays.hiddenBias),
		tidy(() => mean(data, 0)),
		tensor1d(new Float32Array(M).fill(0.5)),
		tidy(() => draw(randomUniform([batch, M])))
	];
	let at = 0;

	function step(): void {
		if (at + batch > used) at = 0;
		const index = order.slice(at, at + batch);
		at += batch;
		const next = tidy((): Tensor[] => {
			const [w, a, b, mu, lambda, chains] = parameters as [
				Tensor2D,
				Tensor1D,
				Tensor1D,
				Tensor1D,
				Tensor1D,
				Tensor2D
			];
			const v = gather(data, tensor1d(index, 'int32')) as Tensor2D;
			const h = sigmoid(add(matMul(v, w), b)) as Tensor2D;
			const vModel = draw(sigmoid(add(matMul(chains, transpose(w)), a)));
			const hModel = sigmoid(add(matMul(vModel, w), b)) as Tensor2D;
			const chainsNext = draw(hModel);
			const muNext = add(mul(mu, 1 - OFFSET_RATE), mul(mean(v, 0), OFFSET_RATE)) as Tensor1D;
			const lambdaNext = add(mul(lambda, 1 - OFFSET_RATE), mul(mean(h, 0), OFFSET_RATE)) as Tensor1D;
			const left = concat([sub(v, muNext), sub(muNext, vModel)]) as Tensor2D;
			const right = concat([sub(h, lambdaNext), sub(hModel, lambdaNext)]) as Tensor2D;
			const dw = mul(matMul(transpose(left), right), rate / batch) as Tensor2D;
			const da = sub(
				mul(sub(mean(v, 0), mean(vModel, 0)), rate),
				reshape(matMul(dw, reshape(lambdaNext, [-1, 1])), [-1])
			);
			const db = sub(
				mul(sub(mean(h, 0), mean(hModel, 0)), rate),
				reshape(matMul(reshape(muNext, [1, -1]), dw), [-1])
			);
			return [add(w, dw), add(a, da), add(b, db), muNext, lambdaNext, chainsNext];
		});
		parameters.forEach((t) => t.dispose());
		parameters = next;
	}

	return {
		amount: batch / rows.count,
		async run(times) {
			for (let i = 0; i < times; i++) step();
			await settle();
		},
		dispose() {
			data.dispose();
			parameters.forEach((t) => t.dispose());
		}
	};
}
