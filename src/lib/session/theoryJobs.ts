// What the theory worker can be asked: functions of theory/ that take longer than the main thread may be held (8 ms).
// Arguments and results are what structured cloning can carry. Add a job here; the page calls it through
// `clientTheory.ts`. No tfjs in this worker.
import { closureSections, type ClosuresJob } from '../theory/closures/sections';
import type { LineModesJob, ParticlesJob, PlaneJob } from './protocolStory';
import { lineModes } from './theoryJobLine';
import { bulkSingularValues, type BulkJob } from './theoryJobBulk';
import { enumerationCost, type CostJob } from './theoryJobCost';
import { exactLnZ, type LnZJob } from './theoryJobLnZ';
import { predictRelaxation, type RelaxationJob } from './theoryJobRelaxation';
import { langevinParticles } from './theoryJobParticles';
import { planeFrames } from './theoryJobPlane';
import { tensorTrial, type TensorJob } from './theoryJobTensor';
import { naiveLift, type NaiveLiftJob } from '../theory/naiveLift';
import { projectionDistances, type ProjectionJob } from '../theory/projectionLaw';
import { softVariances, type SoftVarianceJob } from '../theory/softVariance';

export const theoryJobs = {
	tensorTrial: (job: TensorJob) => tensorTrial(job),
	bulk: (job: BulkJob) => bulkSingularValues(job),
	cost: (job: CostJob) => enumerationCost(job),
	lineModes: (job: LineModesJob) => lineModes(job),
	lnZ: (job: LnZJob) => exactLnZ(job),
	particles: (job: ParticlesJob) => langevinParticles(job),
	planeFrames: (job: PlaneJob) => planeFrames(job),
	predictRelaxation: (job: RelaxationJob) => predictRelaxation(job),
	projectionDistances: (job: ProjectionJob) => projectionDistances(job),
	closureSections: (job: ClosuresJob) => closureSections(job),
	softVariances: (job: SoftVarianceJob) => softVariances(job),
	naiveLift: (job: NaiveLiftJob) => naiveLift(job)
};

export type TheoryJobs = typeof theoryJobs;
