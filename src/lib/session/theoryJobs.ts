// What the theory worker can be asked: functions of theory/ that take longer than the main thread may be held (8 ms).
// Arguments and results are what structured cloning can carry. Add a job here; the page calls it through
// `clientTheory.ts`. No tfjs in this worker.
import { exactLnZ, type LnZJob } from './theoryJobLnZ';

export const theoryJobs = {
	lnZ: (job: LnZJob) => exactLnZ(job)
};

export type TheoryJobs = typeof theoryJobs;
