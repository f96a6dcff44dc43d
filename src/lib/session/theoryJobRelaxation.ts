// Job of the theory worker: everything predicted about one machine of a study of relaxation times.
import type { Study } from '../scene/study';
import { relaxationPredictions, type RelaxationPredictions } from '../theory/relaxationPredictions';
import { machineAt } from './relaxationPlan';
import type { GivenMachine } from './protocolRelaxation';

export interface RelaxationJob {
	readonly study: Study;
	/** βλ₁ */
	readonly strength: number;
	readonly given: GivenMachine | null;
}

/** Predictions for the study's machine at one strength; throws for a given machine that cannot be used. */
export function predictRelaxation({ study, strength, given }: RelaxationJob): RelaxationPredictions {
	const { rbm, beta } = machineAt(study, strength, study.N, study.M, given);
	return relaxationPredictions(rbm, beta, study.sigma2);
}
