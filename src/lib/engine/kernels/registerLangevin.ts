// The kernels of the Langevin schemes; registerAll.ts registers them with the rest.
import { registerLangevinRun } from './langevinRun';
import { registerLangevinScheme } from './langevinScheme';
import { registerLangevinSteps } from './langevinSteps';
import { registerLangevinStepsWasm } from './langevinStepsWasm';
import { registerMalaRun } from './malaRun';
import { registerMetropolis } from './metropolis';
import { registerSmearedVertices } from './smearedVertices';
import { registerSplittingRun } from './splittingRun';
import { registerUnitFlow } from './unitFlow';

export function registerLangevinKernels(): void {
	registerLangevinRun();
	registerLangevinScheme();
	registerLangevinSteps();
	registerLangevinStepsWasm();
	registerMalaRun();
	registerMetropolis();
	registerSmearedVertices();
	registerSplittingRun();
	registerUnitFlow();
}
