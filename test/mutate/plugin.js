import './instrumenter.js';
import { ScoresReporter } from './scores.js';

/** What Stryker loads: our mutators, by the import above, and the reporter that tells their score apart. */
export const strykerPlugins = [{ kind: 'Reporter', name: 'scores', injectableClass: ScoresReporter }];
