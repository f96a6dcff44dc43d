// What a Scene needs before its run can start: data and initial parameters, fetched or drawn, and kept for the next
// Scene that asks for the same.
import type { Dataset } from '$lib/data/dataset';
import { loadDataset } from '$lib/data/load';
import { fetchWeights, type TrainedWeights } from '$lib/data/weights';
import type { ModelArrays } from '$lib/engine/model';
import { visibleCount, type Scene } from '$lib/scene/schema';
import { initialParameters, origin } from './initial';
import { machineData } from './machineData';
import type { SessionEvent } from './protocol';

export interface Loaded {
	readonly dataset: Dataset;
	readonly initial: ModelArrays;
	/** a sentence: what the run starts from */
	readonly origin: string;
}

type Tell = (event: SessionEvent) => void;

/** Progress of one wait as events, with the time left at the pace so far. */
function pace(tell: Tell, what: string): (done: number) => void {
	const started = performance.now();
	return (done) => {
		const elapsed = (performance.now() - started) / 1000;
		tell({ kind: 'progress', what, done, secondsLeft: done > 0 ? (elapsed * (1 - done)) / done : NaN });
	};
}

const share = (done: number, total: number) => (total > 0 ? done / total : 0);

export class Loader {
	#dataset: Dataset | null = null;
	#datasetOf = '';
	#trained: TrainedWeights | null = null;
	readonly #tell: Tell;

	constructor(tell: Tell) {
		this.#tell = tell;
	}

	/**
	 * @param dataFolder absolute address of the folder with the packed data sets; trained weights lie in `weights/`
	 * beside it
	 * @throws DataError or RangeError with a sentence for the visitor; the signal's reason if aborted
	 */
	async load(scene: Scene, dataFolder: string, signal: AbortSignal): Promise<Loaded> {
		const trained = await this.#weights(scene, dataFolder, signal);
		const own = scene.data.kind === 'machine';
		const dataset = own ? null : await this.#data(scene, dataFolder, signal);
		const initial = initialParameters(scene, visibleCount(scene.data), dataset, trained);
		return {
			dataset: dataset ?? (await this.#samples(scene, initial, signal)),
			initial,
			origin: origin(scene, trained)
		};
	}

	async #weights(scene: Scene, dataFolder: string, signal: AbortSignal): Promise<TrainedWeights | null> {
		if (scene.initial.kind !== 'asset') return null;
		const { name } = scene.initial;
		if (this.#trained?.report.name === name) return this.#trained;
		const told = pace(this.#tell, 'Fetching the trained weights');
		this.#trained = await fetchWeights(name, {
			baseUrl: dataFolder.replace(/[^/]*\/?$/, 'weights'),
			signal,
			progress: (done, total) => told(share(done, total))
		});
		return this.#trained;
	}

	async #data(scene: Scene, baseUrl: string, signal: AbortSignal): Promise<Dataset> {
		if (scene.data.kind === 'machine') throw new RangeError('A machine’s samples are not loaded.');
		const key = JSON.stringify([
			scene.data,
			['gaussian-modes', 'showers'].includes(scene.data.kind) ? scene.seed : 0
		]);
		if (this.#dataset && this.#datasetOf === key) return this.#dataset;
		const told = pace(this.#tell, 'Fetching the data set');
		const dataset = await loadDataset(scene.data, scene.seed, {
			baseUrl,
			signal,
			progress: (bytes, total) => told(share(bytes, total))
		});
		return this.#keep(dataset, key);
	}

	async #samples(scene: Scene, initial: ModelArrays, signal: AbortSignal): Promise<Dataset> {
		const { data, hidden, beta, weightScale, seed } = scene;
		const key = JSON.stringify([data, scene.initial, hidden, beta, weightScale, seed]);
		if (this.#dataset && this.#datasetOf === key) return this.#dataset;
		const told = pace(this.#tell, 'Drawing samples of the machine');
		return this.#keep(await machineData(initial, beta, seed, { told, signal }), key);
	}

	#keep(dataset: Dataset, key: string): Dataset {
		this.#dataset = dataset;
		this.#datasetOf = key;
		return dataset;
	}
}
