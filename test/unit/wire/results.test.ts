/** Tests of how the results of a run and of an observation are read. */

import { describe, expect, test } from 'vitest';
import { parseObserved, parseRan } from '../../../conformance/wire/reply.ts';

const parsed = (value: unknown): unknown => ({ kind: 'parsed', value });
const malformed = (how: string): unknown => ({ kind: 'malformed', how });

describe('the reply to a run', () => {
  const granted = (head: number): unknown => ({ kind: 'granted', head });

  test('a result for each operation', () => {
    const done = { kind: 'done' };
    const exhausted = { kind: 'exhausted' };
    expect(parseRan({ ran: '2 0 . -' }, 4)).toEqual(parsed([granted(2), granted(0), done, exhausted]));
    expect(parseRan({ ran: '9007199254740991' }, 1)).toEqual(parsed([granted(2 ** 53 - 1)]));
  });

  test.each([
    ['out-of-range', 'MISUSE-1'],
    ['wrong-order', 'MISUSE-2'],
    ['misaligned', 'MISUSE-3'],
    ['inner-page', 'MISUSE-4'],
    ['double-free', 'MISUSE-5'],
    ['never-allocated', 'MISUSE-6'],
  ])('!%s is a rejection, %s', (kind, clause) => {
    expect(parseRan({ ran: `!${kind}` }, 1)).toEqual(parsed([{ kind: 'rejected', misuse: kind, clause }]));
  });

  test('errors of the harness, and what it says of them', () => {
    const detail = { 1: 'list is torn', 7: 'of nothing' };
    expect(parseRan({ ran: '!payload !internal', detail }, 2)).toEqual(
      parsed([
        { kind: 'error', error: 'payload', detail: '' },
        { kind: 'error', error: 'internal', detail: 'list is torn' },
      ]),
    );
  });

  test.each([
    '00',
    '01',
    '+1',
    '-1',
    '1.0',
    '1e3',
    '0x1',
    '--',
    '..',
    'x',
    '!',
    '!oops',
    '!toString',
    '!no-such-order',
    '9007199254740992',
    '\t',
    'é',
  ])('%j is nonsense, and kept', (token) => {
    expect(parseRan({ ran: `. ${token}` }, 2)).toEqual(parsed([{ kind: 'done' }, { kind: 'nonsense', token }]));
  });

  test.each([
    [{ ran: '0' }, '1 result for 2 operations'],
    [{ ran: '0 1 2' }, '3 results for 2 operations'],
    [{ ran: '0  1' }, 'result 1 is empty'],
    [{ ran: ' 0 1' }, 'result 0 is empty'],
    [{ ran: '0 1 ' }, 'result 2 is empty'],
    [{ ran: '' }, 'result 0 is empty'],
    [{ ran: [0, 1] }, 'ran: Invalid input: expected string, received array'],
    [{ failed: 'why' }, 'ran: Invalid input: expected string, received undefined'],
    [{ ran: '0 !internal', detail: { 1: 5 } }, 'detail.1: Invalid input: expected string, received number'],
  ])('%j is malformed', (reply, how) => {
    expect(parseRan(reply, 2)).toEqual(malformed(how));
  });
});

describe('the reply to an observe', () => {
  const lists = [[2], [], [4], [8], []];

  test('the views that were asked for', () => {
    const observed = { 'free-lists': lists, 'pair-bits': ['01000000', '0000', '10', '1'], more: null };
    expect(parseObserved({ observed }, ['free-lists', 'pair-bits'])).toEqual(
      parsed({ freeLists: lists, pairBits: ['01000000', '0000', '10', '1'] }),
    );
    expect(
      parseObserved({ observed: { 'free-count': -1, 'free-blocks': [[1e30]] } }, ['free-count', 'free-blocks']),
    ).toEqual(parsed({ freeCount: -1, freeBlocks: [[1e30]] }));
  });

  test.each([
    [{}, 'no "free-lists"'],
    [{ 'free-lists': null }, 'free-lists: Invalid input: expected array, received null'],
    [{ 'free-lists': [2, 4] }, 'free-lists.0: Invalid input: expected array, received number'],
    [{ 'free-lists': [['2']] }, 'free-lists.0.0: Invalid input: expected number, received string'],
    [{ 'free-lists': lists, 'free-count': '5' }, 'free-count: Invalid input: expected number, received string'],
    [{ 'free-lists': lists, 'pair-bits': ['012'] }, 'pair-bits.0: not a string of 0 and 1'],
  ])('%j is malformed', (observed, how) => {
    expect(parseObserved({ observed }, ['free-lists'])).toEqual(
      malformed(`${how.startsWith('no ') ? '' : 'observed.'}${how}`),
    );
  });
});
