import { configDefaults, defineConfig } from 'vitest/config';
import { patience } from './test/arbitrary/campaign.ts';

/** Tests are not timed: what takes long on a busy machine is no failure, what never ends is one. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/audit/**'],
    testTimeout: patience,
    hookTimeout: patience,
  },
});
