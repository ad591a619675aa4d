/** Tests of how requests and scripts are written. */

import { encodeInit, encodeObserve, encodeRun, fits, viewsOf } from '../../../conformance/kinds/buddy/wire/requests.ts';
import { describe, expect, test } from 'vitest';
import { encodeScript, parseScript } from '../../../conformance/kinds/buddy/wire/tokens.ts';
import { order, pfn } from '../../../conformance/unit.ts';
import { capacityOf, encodeBye, encodeHello } from '../../../conformance/wire/requests.ts';
import type { Hello } from '../../../conformance/judge/subject.ts';
import type { Operation, Shape } from '../../../conformance/kinds/buddy/case.ts';

const SHAPE: Shape = { base: pfn(0), pages: 16, orders: 5, reserved: [[pfn(3), 1]] };
const HELLO: Hello = {
  name: 'acme buddy',
  revision: '1.2.3',
  language: 'C',
  claims: new Set(['complete', 'best-fit']),
  features: new Set(['observe:free-lists']),
  unknown: [],
  maxBatch: 1000,
  maxLine: 1048576,
};

const allocate = (at: number): Operation => ({ kind: 'allocate', order: order(at) });
const free = (slot: number): Operation => ({ kind: 'free-slot', slot });
const misuse = (head: number, at: number): Operation => ({ kind: 'free-frame', head: pfn(head), order: order(at) });

describe('requests are what protocol/README.md shows, byte for byte', () => {
  test.each([
    ['{"id":0,"hello":{"protocol":"buddy-oracle","versions":[1]}}', encodeHello(0)],
    ['{"id":1,"init":{"base":0,"pages":16,"orders":5,"reserved":[[3,1]]}}', encodeInit(1, SHAPE)],
    [
      '{"id":1,"init":{"base":7,"pages":1,"orders":1,"reserved":[]}}',
      encodeInit(1, { base: pfn(7), pages: 1, orders: 1, reserved: [] }),
    ],
    ['{"id":2,"run":"a0 a1 f0 a4"}', encodeRun(2, [allocate(0), allocate(1), free(0), allocate(4)])],
    ['{"id":2,"run":"F3:1"}', encodeRun(2, [misuse(3, 1)])],
    ['{"id":3,"observe":["free-lists","pair-bits"]}', encodeObserve(3, ['free-lists', 'pair-bits'])],
    ['{"id":4,"bye":true}', encodeBye(4)],
  ])('%s', (expected, line) => {
    expect(line).toBe(expected);
  });

  test('views are asked for in a fixed order, and only those that are shown', () => {
    expect(viewsOf({ ...HELLO, features: new Set(['payload', 'observe:pair-bits', 'observe:free-count']) })).toEqual([
      'free-count',
      'pair-bits',
    ]);
  });
});

describe('scripts', () => {
  test('what is written is read back', () => {
    const operations = [allocate(0), allocate(12), free(0), free(31), misuse(3, 1), misuse(2 ** 53 - 1, 0)];
    expect(encodeScript(operations)).toBe('a0 a12 f0 f31 F3:1 F9007199254740991:0');
    expect(parseScript(encodeScript(operations))).toEqual(operations);
    expect(parseScript('')).toEqual([]);
  });

  test.each([
    ['a0 a', 'a', 1],
    ['c0', 'c0', 0],
    ['b0:1:0', 'b0:1:0', 0],
    ['b0:1:2:3:4', 'b0:1:2:3:4', 0],
    ['b1:', 'b1:', 0],
    ['a0  a0', '', 1],
    ['a0 ', '', 1],
    ['a0\ta0', 'a0\ta0', 0],
    ['a0\n', 'a0\n', 0],
    ['a00', 'a00', 0],
    ['a+1', 'a+1', 0],
    ['a-1', 'a-1', 0],
    ['f1.5', 'f1.5', 0],
    ['f0:1', 'f0:1', 0],
    ['F3', 'F3', 0],
    ['F:1', 'F:1', 0],
    ['F3:', 'F3:', 0],
    ['F3:1:1', 'F3:1:1', 0],
    ['A0', 'A0', 0],
    ['a9007199254740992', 'a9007199254740992', 0],
    ['a99999999999999999999', 'a99999999999999999999', 0],
    ['é1', 'é1', 0],
  ])('%j is none, by its word %j', (script, token, at) => {
    const expected =
      'a<order>, f<slot>, F<frame>:<order>, r<order>:<low>:<end>, z<pages>, A<frames>:<align> or b<slot>:<slot>, in decimal, with one space between';
    expect(parseScript(script)).toEqual({ kind: 'bad-token', token, at, expected });
  });
});

describe('what fits', () => {
  test('a batch is neither empty nor larger than a harness takes', () => {
    const batch = Array.from({ length: 1001 }, () => allocate(0));
    expect([fits([], HELLO), fits(batch.slice(1), HELLO), fits(batch, HELLO)]).toEqual([false, true, false]);
  });

  test('the longest operations that fit, and their results, are no longer than a line', () => {
    const longest = misuse(2 ** 53 - 1, 2 ** 53 - 1);
    for (const maxLine of [1024, 1059, 1060, 4096]) {
      const batch = Array.from({ length: capacityOf(maxLine) }, () => longest);
      expect(encodeRun(2 ** 53 - 1, batch).length).toBeLessThanOrEqual(maxLine);
      expect(fits(batch, { ...HELLO, maxLine })).toBe(true);
      expect(fits([...batch, longest], { ...HELLO, maxLine })).toBe(false);
    }
  });
});
