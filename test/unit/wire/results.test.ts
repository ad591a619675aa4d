/** Tests of how the results of a run and of an observation are read. */

import { parseObserved } from '../../../conformance/kinds/buddy/wire/observed.ts';
import { parseRan } from '../../../conformance/kinds/buddy/wire/reply.ts';
import { describe, expect, test } from 'vitest';

const parsed = (value: unknown): unknown => ({ kind: 'parsed', value });
const malformed = (how: string): unknown => ({ kind: 'malformed', how });

describe('the reply to a run', () => {
  test('what is said of an error is fit to be shown', () => {
    expect(parseRan({ ran: '!internal', detail: { 0: '\u001b[2J' } }, 1)).toEqual(
      parsed([{ kind: 'error', error: 'internal', detail: '\\u{1b}[2J' }]),
    );
    expect(parseRan({ ran: '.', detail: { '\u001b': 5 } }, 1)).toEqual(
      malformed('detail.\\u{1b} must be a string, not 5'),
    );
  });

  test('of too many results only as many are made as were asked for', () => {
    expect(parseRan({ ran: Array(1e6).fill('.').join(' ') }, 2)).toEqual(
      malformed('1,000,000 results for 2 operations'),
    );
  });

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
    [{ ran: '0 1 2  3' }, 'result 3 is empty'],
    [{ ran: '0 1  ' }, 'result 2 is empty'],
    [{ ran: '0 1 2 3 ' }, 'result 4 is empty'],
    [{ ran: '' }, 'result 0 is empty'],
    [{ ran: [0, 1] }, 'ran must be a string, not a list'],
    [{ failed: 'why' }, 'ran must be a string, not absent'],
    [{ ran: '0 !internal', detail: { 1: 5 } }, 'detail.1 must be a string, not 5'],
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
  });

  test.each([
    [{}, 'no "free-lists"'],
    [{ 'free-lists': null }, 'free-lists must be a list, not null'],
    [{ 'free-lists': [2, 4] }, 'free-lists.0 must be a list, not 2'],
    [{ 'free-lists': [['2']] }, 'free-lists.0.0 must be a number, not a string'],
    [{ 'free-lists': lists, 'free-count': '5' }, 'free-count must be a number, not a string'],
    [{ 'free-lists': lists, 'free-count': 3, 'pair-bits': ['012'] }, 'pair-bits.0 is not a string of 0 and 1'],
    [{ 'free-lists': lists, 'free-count': 3, 'pair-bits': [3] }, 'pair-bits.0 must be a string, not 3'],
  ])('%j is malformed', (observed, how) => {
    const asked = (['free-lists', 'free-count', 'pair-bits'] as const).slice(0, Object.keys(observed).length || 1);
    expect(parseObserved({ observed }, asked)).toEqual(malformed(`${how.startsWith('no ') ? '' : 'observed.'}${how}`));
  });

  test('what was not asked for is not looked at', () => {
    expect(parseObserved({ observed: { 'free-count': 3, 'free-lists': null } }, ['free-count'])).toEqual(
      parsed({ freeCount: 3 }),
    );
  });

  test.each([-1, 2.5, 1e30, 2 ** 53, Infinity])(
    '%d is no count and no frame: -1 stands for it, and refutes',
    (shown) => {
      expect(parseObserved({ observed: { 'free-count': shown } }, ['free-count'])).toEqual(
        parsed({ freeCount: -1, nonsense: { view: 'free-count', shown } }),
      );
      expect(parseObserved({ observed: { 'free-blocks': [[0], [4, shown, -7]] } }, ['free-blocks'])).toEqual(
        parsed({ freeBlocks: [[0], [4, -1, -1]], nonsense: { view: 'free-blocks', order: 1, shown } }),
      );
    },
  );

  test('a list is cut after one block more than there are frames, over all orders', () => {
    const observed = { 'free-lists': [[0, 1, 2], [0, 2], [0]] };
    expect(parseObserved({ observed }, ['free-lists'], { pages: 4, orders: 3 })).toEqual(
      parsed({ freeLists: [[0, 1, 2], [0, 2], []] }),
    );
  });

  test('a view has at most 256 orders, or as many as the arena', () => {
    const view = (orders: number): unknown => ({
      observed: { 'free-lists': Array.from({ length: orders }, () => []) },
    });
    const how = (orders: number): unknown => malformed(`observed.free-lists has more than ${orders} orders`);
    const asked = ['free-lists'] as const;
    expect(parseObserved(view(256), asked)).toMatchObject({ kind: 'parsed' });
    expect(parseObserved(view(257), asked)).toEqual(how(256));
    expect(parseObserved(view(257), asked, { pages: 4, orders: 3 })).toEqual(how(256));
    expect(parseObserved(view(300), asked, { pages: 4, orders: 300 })).toMatchObject({ kind: 'parsed' });
    expect(parseObserved(view(301), asked, { pages: 4, orders: 300 })).toEqual(how(300));
  });
});
