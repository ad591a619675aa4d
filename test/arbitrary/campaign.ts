/** How many runs a property gets, and how long a test may take. */
import type { Parameters } from 'fast-check';

/** Whether Stryker runs the tests: then fewer runs of each, whose seed test/mutate/thread/environment.js fixes. */
export const mutating: boolean = process.env['STRYKER_MUTATOR_WORKER'] !== undefined;

/** How often a property is tried; a seed of its own each time, which a failure prints. */
export function campaign<T>(runs: number, runsUnderStryker = 10): Parameters<T> {
  return { numRuns: mutating ? runsUnderStryker : runs };
}

/** How long a test of many runs may take, in milliseconds. */
export const patience = 60_000;
