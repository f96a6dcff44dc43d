// The limits that tie fields of a Scene together, beyond each field's own range: what does not fit is brought to the
// nearest state that does. (The bound on σ² moves with the weights while they learn; the session keeps that one.)
import { blank, digitCount, fits } from './pattern';
import type { Repair } from './repair';
import { MAX_COORDINATES, MAX_WEIGHTS, visibleCount, type DataRecipe, type Scene } from './schema';

/** Largest number of modes that can be planted in N units: the constant pattern is left out. */
export function maxPlantedModes(units: number): number {
	return Math.min(8, units - 1);
}

/** Largest M beside N visible units. */
export function maxHidden(visible: number): number {
	return Math.floor(MAX_WEIGHTS / visible);
}

/** Largest number of particles for N+M coordinates. */
export function maxParticles(visible: number, hidden: number): number {
	return Math.floor(MAX_COORDINATES / (visible + hidden));
}

/** r = min(N,M): the number of modes. */
export function modeCount(scene: Pick<Scene, 'data' | 'hidden'>): number {
	return Math.min(visibleCount(scene.data), scene.hidden);
}

type Fix = (repair: Repair) => void;

function fitData(data: DataRecipe, fix: Fix): DataRecipe {
	if (data.kind === 'gaussian-modes') {
		const most = maxPlantedModes(data.units);
		if (data.modes <= most) return data;
		fix({
			path: 'data.modes',
			sentence: `The number of planted modes was ${data.modes}; ${data.units} units have room for ${most}. ${most} is used.`
		});
		return { ...data, modes: most };
	}
	if (data.kind === 'drawn') {
		const patterns = data.patterns.filter((p) => fits(p, data));
		const lost = data.patterns.length - patterns.length;
		if (lost === 0) return data;
		const shape = `${data.rows}×${data.cols} pixels (${digitCount(data)} hexadecimal digits)`;
		fix({
			path: 'data.patterns',
			sentence:
				`The list of drawn patterns held ${lost} that ${lost === 1 ? 'does' : 'do'} not fill ${shape}. ` +
				(patterns.length > 0 ? 'The others are used.' : 'One blank drawing is used.')
		});
		return { ...data, patterns: patterns.length > 0 ? patterns : [blank(data)] };
	}
	return data;
}

/** A Scene whose fields are each in range, brought inside the limits that tie them together. */
export function fitTogether(scene: Scene, fix: Fix): Scene {
	const data = fitData(scene.data, fix);
	const visible = visibleCount(data);

	let { hidden } = scene;
	if (hidden > maxHidden(visible)) {
		hidden = maxHidden(visible);
		fix({
			path: 'hidden',
			sentence: `The number of hidden units was ${scene.hidden}; beside ${visible} visible units there is room for ${hidden}. ${hidden} is used.`
		});
	}

	let { langevin, view } = scene;
	const most = maxParticles(visible, hidden);
	if (langevin.particles > most) {
		fix({
			path: 'langevin.particles',
			sentence: `The number of particles was ${langevin.particles}; with ${visible + hidden} coordinates each there is room for ${most}. ${most} is used.`
		});
		langevin = { ...langevin, particles: most };
	}

	const modes = Math.min(visible, hidden);
	if (view.mode >= modes) {
		fix({
			path: 'view.mode',
			sentence: `The mode shown was ${view.mode}; this machine has the modes 0 to ${modes - 1}. The default, 0, is used.`
		});
		view = { ...view, mode: 0 };
	}
	const panels = [...new Set(view.panels)];
	if (panels.length < view.panels.length) {
		fix({ path: 'view.panels', sentence: 'The list of panels named one twice. Each is shown once.' });
		view = { ...view, panels };
	}
	return { ...scene, data, hidden, langevin, view };
}
