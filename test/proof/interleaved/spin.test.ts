/** Tests that the explorer counts what SPIN counts in a model of the same steps; skipped where SPIN or a C compiler is missing. */

import { MODEL, compareCounts, compareShortest } from '../../../proof/interleaved/spin/model.ts';
import { Skipped } from '../../../proof/result.ts';
import { expect, test } from 'vitest';
import { inFolder } from '../../../proof/tool.ts';
import { readFileSync, writeFileSync } from 'node:fs';

/** Returns what is compared; skips the test if a tool is missing. */
function compared(compare: () => string, skip: (why: string) => never): string {
  try {
    return compare();
  } catch (error) {
    return error instanceof Skipped ? skip(error.message) : expect.fail(String(error));
  }
}

test.for([
  ['two processors', 1],
  ['a processor and its handler', 2],
] as const)('SMP-2, SMP-3 · %s, %i calls each: as many states and steps as in SPIN', ([callers, calls], { skip }) => {
  expect(compared(() => compareCounts(callers, calls), skip)).toMatch(/\d states, [\d,]+ steps$/u);
});

test('SMP-1, SMP-3 · what goes wrong goes wrong in SPIN after as many steps', ({ skip }) => {
  expect(compared(compareShortest, skip).split('; ')).toHaveLength(3);
});

const CHANGES = [
  { what: 'the holder is not forgotten', from: 'holder = 0; GO(44)', to: 'GO(44)' },
  { what: 'two steps are one', from: 'nxt[node] = NIL; GO(16)', to: 'nxt[node] = NIL; prv[node] = NIL; GO(16)' },
  { what: 'a step is left out', from: 'GO(12) }', to: 'q = prv[node]; GO(13) }' },
  { what: 'interrupts stay on', from: 'on[ID] = 0; GO(2)', to: 'GO(2)' },
];

test.for(CHANGES)('a model in which $what is told from the code', ({ from, to }, { skip }) => {
  const text = readFileSync(MODEL, 'utf8');
  expect(text.split(from)).toHaveLength(2);
  inFolder((folder) => {
    const changed = `${folder}/changed.pml`;
    writeFileSync(
      changed,
      text.replace(from, () => to),
    );
    expect(() => compared(() => compareCounts('two processors', 1, changed), skip)).toThrow('but in SPIN');
  });
});
