// What the engine calls in WebAssembly. Nothing here owns memory: every pointer lies in the heap of tfjs's wasm
// backend, which is this module's memory too.
export { countBits, packColumns, stackRows, stepWeights, stepWeightsScratch } from './gradient';
export { enumerateScratch, enumerateStates } from './enumerate';
export { drawLayer, drawLayerScratch } from './layer';
export { langevinRun, tileScratch } from './langevin';
export { malaRun } from './langevinMala';
export { splittingRun } from './langevinSplitting';
export { multiplyBits, packRows, productScratch } from './product';
export { dotRows, logConditional, softplusScratch, sumSoftplus } from './softplus';
export { gaussianNoise, langevinUpdate, sampleUnits, unitProbabilities } from './units';
