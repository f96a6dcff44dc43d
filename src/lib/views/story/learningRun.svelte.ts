// The run of chapter 9: the Lab's session on one of its data sets, with the numbers that the chapter's figures draw.
import { dataFolder } from './dataFolder';
import { Lab } from '$lib/session/clientLab.svelte';
import { learningScene, type LearningData } from './learningScene';

export class LearningRun {
	readonly lab: Lab;
	#data: LearningData | null = null;

	/** Call in the browser only. */
	constructor() {
		this.lab = new Lab(dataFolder());
	}

	/** Shows a data set and a mode; another data set starts a new run, at step 0 and not yet playing. */
	show(data: LearningData, mode: number): void {
		if (data !== this.#data) {
			this.#data = data;
			this.lab.apply(learningScene(data, mode));
		} else if (this.lab.scene.view.mode !== mode) {
			const { scene } = this.lab;
			this.lab.apply({ ...scene, view: { ...scene.view, mode } }, 'view.mode');
		}
	}

	close(): void {
		this.lab.close();
	}
}
