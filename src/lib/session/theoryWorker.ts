// The theory worker's entry: exact, float64, without tfjs.
import * as Comlink from 'comlink';
import { theoryJobs } from './theoryJobs';

Comlink.expose({
	run<K extends keyof typeof theoryJobs>(name: K, job: Parameters<(typeof theoryJobs)[K]>[0]) {
		return theoryJobs[name](job as never);
	}
});
