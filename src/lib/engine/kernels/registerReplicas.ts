// The kernels of replicas, tempering and annealing; registerAll.ts registers them with the rest.
import { registerBitProduct } from './bitProduct';
import { registerExchangeDecision } from './exchangeDecision';
import { registerExchangeDifference } from './exchangeDifference';
import { registerExchangeRecord } from './exchangeRecord';
import { registerExchangeRows } from './exchangeRows';
import { registerLogWeightChange } from './logWeightChange';
import { registerPageOf } from './pageOf';
import { registerReplicaProbabilities } from './replicaProbabilities';
import { registerSampleReplicas } from './sampleReplicas';

export function registerReplicaKernels(): void {
	registerBitProduct();
	registerExchangeDecision();
	registerExchangeDifference();
	registerExchangeRecord();
	registerExchangeRows();
	registerLogWeightChange();
	registerPageOf();
	registerReplicaProbabilities();
	registerSampleReplicas();
}
