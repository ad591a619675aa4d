import './instrumenter.js';
import { OneThreadRunner } from './runner.js';
import { ScoresReporter } from './report/scores.js';

/** What Stryker loads: our mutators, by the import above, the runner of tests, and the reporter that tells our score apart. */
export const strykerPlugins = [
  { kind: 'TestRunner', name: 'one-thread', injectableClass: OneThreadRunner },
  { kind: 'Reporter', name: 'scores', injectableClass: ScoresReporter },
];
