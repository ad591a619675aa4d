import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { patience } from './test/arbitrary/campaign.ts';

/** Tests are not timed: what takes long on a busy machine is no failure, what never ends is one. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/audit/**'],
    // Vitest leaves one processor alone, which of two is half of all.
    maxWorkers: availableParallelism(),
    testTimeout: 4 * patience,
    hookTimeout: 4 * patience,
  },
});
