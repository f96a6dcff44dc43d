// The kernels of the Langevin schemes; registerAll.ts registers them with the rest.
import { registerLangevinRun } from './langevinRun';
import { registerLangevinScheme } from './langevinScheme';
import { registerMetropolis } from './metropolis';
import { registerUnitFlow } from './unitFlow';

export function registerLangevinKernels(): void {
	registerLangevinRun();
	registerLangevinScheme();
	registerMetropolis();
	registerUnitFlow();
}
