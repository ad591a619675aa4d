import { defineConfig } from 'vitest/config';

/** The audits: one worker, so that the sources are read once. */
export default defineConfig({
  test: {
    include: ['test/audit/**/*.test.ts'],
    isolate: false,
    fileParallelism: false,
    testTimeout: 240_000,
  },
});
