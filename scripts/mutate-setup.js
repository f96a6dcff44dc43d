// Test set-up of a mutation run: a failed property is enough, its smallest counterexample is of no interest.
import fc from 'fast-check';

fc.configureGlobal({ endOnFailure: true });
