import { configDefaults, defineConfig } from 'vitest/config';

const mutating = process.env['STRYKER_MUTATOR_WORKER'] !== undefined;

/** Under mutation: no tests that only start processes, break allocators of their own or prove, and no clock that kills a mutant. */
const slow = mutating ? ['test/process/**', 'test/fault/**', 'test/proof/**'] : [];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/audit/**', ...slow],
    ...(mutating ? { testTimeout: 0 } : {}),
  },
});
