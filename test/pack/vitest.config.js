import { defineConfig } from 'vitest/config';

/** The example's mutation run, which takes too long to be one test among others. */
export default defineConfig({ test: { include: ['test/pack/mutate-example.ts'], testTimeout: 0 } });
