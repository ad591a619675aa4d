/** Tests of what threads are asked over a pipe: the request, and replies that nobody vouches for. */

import { describe, expect, test } from 'vitest';
import { encodeThreads, parseThreads } from '../../../conformance/kinds/smp/wire.ts';
import { order, pfn } from '../../../conformance/unit.ts';

test('scripts go over the wire as the protocol shows them', () => {
  const first = [{ kind: 'allocate', order: order(0) } as const, { kind: 'free-slot', slot: 0 } as const];
  const second = [{ kind: 'free-frame', head: pfn(1), order: order(0) } as const];
  expect(encodeThreads(2, [first, second, []])).toBe('{"id":2,"threads":["a0 f0","F1:0",""]}');
});

test('each result is read with its two stamps', () => {
  const read = parseThreads({ id: 2, threads: ['0:2:3 4:.:6', '', '1:!double-free:9'] }, [2, 0, 1]);
  if (read.kind === 'malformed') expect.fail(read.how);
  const [first = [], second, third] = read.value;
  expect(first).toEqual([
    { result: { kind: 'granted', head: 2 }, before: 0, after: 3 },
    { result: { kind: 'done' }, before: 4, after: 6 },
  ]);
  expect(second).toEqual([]);
  expect(third).toMatchObject([{ result: { kind: 'rejected', misuse: 'double-free' }, before: 1, after: 9 }]);
});

describe('a reply is refused, and it is said why, if', () => {
  test.each([
    ['it has no threads', {}, 'threads must be a list, not absent'],
    ['a script is missing', { threads: ['0:.:1'] }, 'threads: 1 script for 2'],
    ['a script is no text', { threads: ['0:.:1', 4] }, 'threads.1 must be a string, not 4'],
    ['a result is missing', { threads: ['0:.:1', ''] }, 'threads.1: 0 results for 1 operation'],
    ['a result has no stamps', { threads: ['0:.:1', '.'] }, 'threads.1: "." must be <before>:<result>:<after>'],
    ['a stamp is negative', { threads: ['0:.:1', '-2:.:3'] }, 'threads.1: "-2:.:3" must be <before>:<result>:<after>'],
    ['a stamp is a fraction', { threads: ['0:.:1', '2.5:.:3'] }, '"2.5:.:3" must be <before>:<result>:<after>'],
    ['a stamp is too large', { threads: ['0:.:1', '2:.:9007199254740992'] }, 'stamp 9007199254740992 does not come'],
    ['the stamps of a thread descend', { threads: ['3:.:2', '4:.:5'] }, 'threads.0: stamp 2 does not come after 3'],
    ['two stamps are equal', { threads: ['0:.:2', '2:.:3'] }, 'threads: stamp 2 is there twice'],
    ['a result is empty', { threads: ['0::1', '2:.:3'] }, '"0::1" must be'],
  ])('%s', (_, reply, how) => {
    expect(parseThreads(reply, [1, 1])).toEqual({ kind: 'malformed', how: expect.stringContaining(how) as string });
  });
});
