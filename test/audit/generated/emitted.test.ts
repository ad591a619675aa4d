/** Tests that the emitted headers, definitions and schedules are those that src gives; `npm run generate` lets them write. */

import { expect, test } from 'vitest';
import { Program } from '../../../proof/front/program.ts';
import { ROOT } from '../tree.ts';
import { coqOf } from '../../../proof/front/coq/generated.ts';
import { headerOf } from '../../../proof/front/c/header.ts';
import { schedulesModule } from './schedules.ts';

/** The most lines of a header that is still read. */
const MOST_LINES = 600;

test.each([
  ['2.4', 'conformance/harness/c/example/buddy24.h'],
  ['2.6', 'conformance/harness/c/example/buddy26.h'],
] as const)('%s: %s is what src gives (if it is not: npm run generate)', async (kernel, path) => {
  const made = headerOf(new Program(), kernel);
  expect(made.split('\n').length).toBeLessThan(MOST_LINES);
  await expect(made, `${path} is stale: npm run generate`).toMatchFileSnapshot(ROOT + path);
});

test('the definitions in Coq are what src gives (if they are not: npm run generate)', async () => {
  for (const [name, text] of coqOf(new Program())) {
    const path = `proof/unbounded/${name}.v`;
    await expect(text, `${path} is stale: npm run generate`).toMatchFileSnapshot(ROOT + path);
  }
});

test('the demonstration tells the schedules that are found (if it does not: npm run generate)', async () => {
  const path = 'conformance/demo/schedules.ts';
  await expect(await schedulesModule(), `${path} is stale: npm run generate`).toMatchFileSnapshot(ROOT + path);
});
