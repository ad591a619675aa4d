import { BaseSequencer } from 'vitest/node';
import { configDefaults, defineConfig } from 'vitest/config';
import { relative } from 'node:path';

/** Runs the file that failed last first, as one mutant is like the next, and then the quick ones: the first failure ends a run. */
class QuickFirst extends BaseSequencer {
  async sort(files) {
    const rank = ({ moduleId, project }) => {
      const { duration, failed } = this.ctx.cache.getFileTestResults(
        `${project.name}:${relative(this.ctx.config.root, moduleId)}`,
      ) ?? { duration: 0, failed: false };
      return failed ? -1 : duration;
    };
    return files.toSorted((one, other) => rank(one) - rank(other));
  }
}

/** The tests as Stryker runs them, for each mutant: none that start processes or break allocators themselves, and no clock. */
export default defineConfig({
  test: {
    include: ['test/{law,lockstep,trace,unit}/**/*.test.ts'],
    exclude: configDefaults.exclude,
    testTimeout: 0,
    isolate: false,
    sequence: { sequencer: QuickFirst },
  },
});
