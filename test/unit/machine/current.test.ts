/** Tests of the task that runs: which flags it has, and when. */

import { Current } from '../../../src/machine/current.ts';
import { PF_MEMALLOC, PF_MEMDIE, PF_NONE, nodeId } from '../../../src/index.ts';
import { expect, test } from 'vitest';

const idle = (): Current => new Current(nodeId(0), () => undefined);

test('WATER-4 · a call from outside is made by a task that has the flags of the call and no others', () => {
  const current = idle();
  expect([PF_NONE, PF_MEMALLOC, PF_NONE].map((flags) => current.run(flags, (task) => task.flags))).toEqual([
    0, 0x800, 0,
  ]);
});

test('WATER-4, PASS-4 · a nested call is made by the same task, which has the flags of that call only until it ends', () => {
  const current = idle();
  const seen = current.run(PF_MEMALLOC, (outer) => {
    const within = current.run(PF_MEMDIE, (nested) => [nested === outer, nested.flags]);
    const after = outer.flags;
    expect(() => current.run(PF_MEMDIE, () => expect.fail('it stops'))).toThrow('it stops');
    return [...within, after, outer.flags];
  });
  expect(seen).toEqual([true, 0x1800, 0x800, 0x800]);
});
