// The weights that a Lab link leads to: the session replays the link's run to its step and hands over a snapshot.
import type { Scene } from '../scene/schema';
import { SessionClient } from './client';
import type { GivenMachine } from './protocolRelaxation';

/** How often the replay is asked whether it is there, in milliseconds. */
const ASK_MS = 150;

/**
 * Trains the Scene's run to `scene.at` and returns its parameters.
 * @param dataFolder absolute address of the folder with the packed data sets
 * @param progress hears steps done
 * @param cancelled true ends the replay
 * @throws Error when the run cannot be made, or was cancelled
 */
export async function machineOfScene(
	scene: Scene,
	dataFolder: string,
	progress: (step: number) => void,
	cancelled: () => boolean
): Promise<GivenMachine> {
	let failure: string | null = null;
	let sizes = { N: 0, M: 0 };
	const client = new SessionClient({
		frame: () => {},
		event: (event) => {
			if (event.kind === 'error') failure = event.message;
			if (event.kind === 'facts') sizes = { N: event.facts.N, M: event.facts.M };
		}
	});
	try {
		const api = await client.api();
		await api.open(scene, { play: false, dataFolder });
		for (;;) {
			if (cancelled()) throw new Error('Cancelled.');
			if (failure !== null) throw new Error(failure);
			const taken = await api.snapshot();
			if (taken && taken.step >= scene.at) {
				return { name: `Lab run at step ${taken.step}`, ...sizes, ...taken };
			}
			progress(taken?.step ?? 0);
			await new Promise((resolve) => setTimeout(resolve, ASK_MS));
		}
	} finally {
		client.close();
	}
}
