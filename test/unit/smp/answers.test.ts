/** Tests of why the answer to a call of a thread is none: an error is explained by its kind. */
import { expect, test } from 'vitest';
import { order, pfn } from '../../../conformance/unit.ts';
import { refuteKind } from '../../../conformance/kinds/smp/oracle.ts';
import type { Command } from '../../../protocol/index.ts';
import type { Result } from '../../../conformance/kinds/buddy/case.ts';

const ALLOCATE: Command = { kind: 'allocate', order: order(1) };
const FREE: Command = { kind: 'free', head: pfn(2), order: order(1) };
const error = (kind: 'internal' | 'payload' | 'no-frame'): Result => ({ kind: 'error', error: kind, detail: 'list 2' });

test.each<[string, Command, Result, string | undefined]>([
  ['a grant', ALLOCATE, { kind: 'granted', head: pfn(2) }, undefined],
  ['a refusal', ALLOCATE, { kind: 'exhausted' }, undefined],
  ['a free that is done', FREE, { kind: 'done' }, undefined],
  ['a free that is rejected', FREE, { kind: 'rejected', misuse: 'double-free', clause: 'MISUSE-5' }, undefined],
  ['a grant that is no frame', ALLOCATE, error('no-frame'), 'a block begins at a frame'],
  ['a free that is no frame', FREE, error('no-frame'), 'a free grants nothing'],
  ['a check that fired', FREE, error('internal'), 'a check of the allocator itself never fails'],
  ['contents that changed', FREE, error('payload'), 'the contents of an outstanding block were overwritten'],
  [
    'an allocation that is rejected',
    ALLOCATE,
    { kind: 'rejected', misuse: 'double-free', clause: 'MISUSE-5' },
    'an allocation is granted or refused',
  ],
  ['a word', ALLOCATE, { kind: 'nonsense', token: 'x' }, 'that is no answer to this operation'],
  ['done', ALLOCATE, { kind: 'done' }, 'that is no answer to this operation'],
])('TAKE-2, USE-3 · %s', (_, command, result, why) => {
  const refuted = refuteKind(command, result);
  expect(refuted?.facts[1]).toEqual(why === undefined ? undefined : (expect.stringContaining(why) as string));
  if (refuted !== undefined) expect(refuted.clause).toBe(why === 'a block begins at a frame' ? 'TAKE-2' : 'USE-3');
});
