import { createRequire } from 'node:module';

/** The file by which Stryker's instrumenter is imported: what it depends on is found from there. */
const core = createRequire(import.meta.url).resolve('@stryker-mutator/core');
export const resolved = createRequire(core).resolve('@stryker-mutator/instrumenter');
