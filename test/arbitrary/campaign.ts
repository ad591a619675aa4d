import type { Parameters } from 'fast-check';

/** Whether Stryker runs the tests: then the same few runs each time, as a random seed would make its score wander. */
export const mutating: boolean = process.env['STRYKER_MUTATOR_WORKER'] !== undefined;

const SEED = 20240422;

/** How often a property is tried; a seed of its own each time, which a failure prints. */
export function campaign<T>(runs: number, runsUnderStryker = 10): Parameters<T> {
  return mutating ? { numRuns: runsUnderStryker, seed: SEED, endOnFailure: true } : { numRuns: runs };
}

/** How long a test of many runs may take, in milliseconds. */
export const patience = 60_000;
