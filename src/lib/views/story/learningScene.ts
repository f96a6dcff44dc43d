// The Lab's Scene of each data set of chapter 9.
import { presets } from '$lib/scene/presets';
import { defaultScene, type Scene } from '$lib/scene/schema';

export type LearningData = 'bars' | 'digits' | 'showers';

const presetOf: Record<LearningData, string> = {
	bars: 'bars-and-stripes',
	digits: 'two-digits',
	showers: 'showers'
};

/** The Lab's Scene of a data set, looked at along a mode (from 0). */
export function learningScene(data: LearningData, mode: number): Scene {
	const scene = presets.find((p) => p.id === presetOf[data])?.scene ?? defaultScene;
	return { ...scene, view: { ...scene.view, mode, plane: 'uw' } };
}
