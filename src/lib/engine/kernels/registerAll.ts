// The list of our kernels, registered once a page or worker.
import { registerDrawLayer } from './drawLayer';
import { registerFollowOffsets } from './followOffsets';
import { registerLogHidden } from './freeEnergy';
import { registerGaussianNoise } from './gaussianNoise';
import { registerLangevinKernels } from './registerLangevin';
import { registerLangevinUpdate } from './langevinUpdate';
import { registerLogConditional } from './logConditional';
import { registerReplicaKernels } from './registerReplicas';
import { registerSampleUnits } from './sampleUnits';
import { registerStepParameters } from './stepParameters';
import { registerStepParametersWebgpu } from './stepParametersWebgpu';
import { registerSvd } from './svd';
import { registerUnitProbabilities } from './unitProbabilities';
import { registerUnpackBits } from './unpackBits';

let registered = false;

/** Registers every kernel with webgpu, wasm and cpu; later calls do nothing. */
export function registerKernels(): void {
	if (registered) return;
	registered = true;
	registerDrawLayer();
	registerFollowOffsets();
	registerGaussianNoise();
	registerLangevinKernels();
	registerLangevinUpdate();
	registerLogConditional();
	registerLogHidden();
	registerReplicaKernels();
	registerSampleUnits();
	registerStepParameters();
	registerStepParametersWebgpu();
	registerSvd();
	registerUnitProbabilities();
	registerUnpackBits();
}
