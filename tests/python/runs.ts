// Runs of the Lab in Node on tfjs's plain backend, for the Python script that repeats them.
import { useBackend, currentBackend } from '$lib/engine/backend';
import { defaultScene, type Scene } from '$lib/scene/schema';
import { exportRun } from '$lib/session/exportRun';
import { Loader } from '$lib/session/loading';
import type { RunExport } from '$lib/session/protocolExport';
import { Run } from '$lib/session/run';

/** The default Scene with parts of it changed, without particles: they do not enter what is compared. */
export function sceneWith(part: Partial<Scene>, training: Partial<Scene['training']> = {}): Scene {
	return {
		...defaultScene,
		langevin: { ...defaultScene.langevin, particles: 0 },
		...part,
		training: { ...defaultScene.training, recordEvery: 100_000, ...training }
	};
}

/** The run of a Scene after so many steps, as the page would save it. */
export async function runOf(scene: Scene, steps: number): Promise<RunExport> {
	if (currentBackend()?.name !== 'cpu') await useBackend('cpu');
	const loaded = await new Loader(() => {}).load(scene, '', new AbortController().signal);
	const { run } = await Run.create(scene, loaded);
	try {
		for (let step = 0; step < steps; step++) await run.tick();
		return await exportRun(await run.checkpoint(), scene, loaded.dataset, loaded.initial, 'cpu');
	} finally {
		run.dispose();
	}
}
