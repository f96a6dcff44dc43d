// The limits that tie fields of a Scene together, beyond each field's own range: what does not fit is brought to the
// nearest state that does. (The bound on σ² moves with the weights while they learn; the session keeps that one.)
import { blank, digitCount, fits } from './pattern';
import type { Repair } from './repair';
import {
	ASSET_SIZES,
	defaultInitials,
	defaultRecipes,
	MAX_COORDINATES,
	MAX_WEIGHTS,
	visibleCount,
	type DataRecipe,
	type Initial,
	type Scene
} from './schema';

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
	if (data.kind === 'showers' && data.energyBits > data.radial) {
		fix({
			path: 'data.energyBits',
			sentence: `The number of energy bins was ${data.energyBits}; a row of ${data.radial} has room for ${data.radial}. ${data.radial} is used.`
		});
		return { ...data, energyBits: data.radial };
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

/** Most units of either layer whose frames are drawn: their SVD is taken when the run starts. */
export const MAX_FRAME = 256;

/** Trained weights have their size, and random frames are drawn up to a limit. */
function fitInitial(initial: Initial, hidden: number, data: DataRecipe, fix: Fix) {
	const visible = visibleCount(data);
	if (initial.kind === 'spectrum' && Math.max(visible, hidden) > MAX_FRAME) {
		fix({
			path: 'initial.kind',
			sentence: `A chosen spectrum is made for up to ${MAX_FRAME} units a layer; this machine has ${visible} and ${hidden}. Random weights are used.`
		});
		return { initial: defaultInitials.random, hidden, data };
	}
	if (initial.kind !== 'asset') return { initial, hidden, data };
	const { N, M } = ASSET_SIZES[initial.name];
	if (hidden !== M)
		fix({
			path: 'hidden',
			sentence: `The number of hidden units was ${hidden}; the trained weights ${initial.name} have ${M}. ${M} is used.`
		});
	if (visible === N) return { initial, hidden: M, data };
	fix({
		path: 'data.kind',
		sentence: `The data had ${visible} units; the trained weights ${initial.name} have ${N}. MNIST at 28×28 is used.`
	});
	return { initial, hidden: M, data: defaultRecipes.mnist };
}

/** A Scene whose fields are each in range, brought inside the limits that tie them together. */
export function fitTogether(scene: Scene, fix: Fix): Scene {
	const fitted = fitInitial(scene.initial, scene.hidden, fitData(scene.data, fix), fix);
	const { initial, data } = fitted;
	const visible = visibleCount(data);

	let { hidden } = fitted;
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
	return { ...scene, data, initial, hidden, langevin, view };
}
