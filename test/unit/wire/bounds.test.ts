/** Tests of the bounds that a reply is held to before it is parsed. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { MAX_DEPTH, MAX_NAMES, MAX_VALUES, excessOf } from '../../../conformance/wire/bounds.ts';
import { parseReply, read } from '../../../conformance/wire/reply.ts';

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const named = (names: number): string => `[${'{"a":0},'.repeat(names)}0]`;
const wide = (values: number): string => `[${'0,'.repeat(values - 1)}0]`;

describe('the limits of a text', () => {
  test('as much as may be, and one more', () => {
    expect([excessOf(deep(MAX_DEPTH)), excessOf(deep(MAX_DEPTH + 1))]).toEqual([undefined, 'nested more than 32 deep']);
    expect([excessOf(named(MAX_NAMES)), excessOf(named(MAX_NAMES + 1))]).toEqual([undefined, 'more than 32768 names']);
    expect([excessOf(wide(MAX_VALUES)), excessOf(wide(MAX_VALUES + 1))]).toEqual([
      undefined,
      'more than 524288 values',
    ]);
  });

  test.each(['{"a":'.repeat(33), '[{"a":['.repeat(11), '[[],[]'.repeat(17) + deep(16)])('%s is too deep', (text) => {
    expect(excessOf(text)).toBe('nested more than 32 deep');
  });

  test.each([
    `["${'['.repeat(40)}"]`,
    `["${'\\"['.repeat(40)}"]`,
    `["\\\\","${'['.repeat(40)}"]`,
    `"${'['.repeat(40)}`,
    `"\\\\\\"${'['.repeat(40)}"`,
    `[${'[],'.repeat(40)}[]]`,
  ])('what stands in a string does not count: %s', (text) => {
    expect(excessOf(text)).toBeUndefined();
  });

  test.each([`"\\\\"${deep(33)}`, `"${'\\'.repeat(6)}"${deep(33)}`])('what stands after it does: %s', (text) => {
    expect(excessOf(text)).toBe('nested more than 32 deep');
  });

  test.each(['"', '\\', '\\"', '"\\', '[', '"[', ']', ',"'])('4 MiB of %j take no time', (piece) => {
    const before = performance.now();
    excessOf(piece.repeat(2 ** 22 / piece.length));
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

test('limits are checked before a reply is read', () => {
  const malformed = (how: string): unknown => ({ kind: 'malformed', how });
  expect(parseReply(`{"id":4,"more":${deep(32)}}`, 4)).toEqual(malformed('nested more than 32 deep'));
  expect(parseReply('['.repeat(2 ** 22), 4)).toEqual(malformed('nested more than 32 deep'));
  expect(parseReply(`{"id":4,"more":${wide(2 ** 20)}}`, 4)).toEqual(malformed('more than 524288 values'));
});

test('a schema sees small values only: it collects what is wrong', () => {
  const lists = z.array(z.array(z.number()));
  const tooMany = { kind: 'malformed', how: 'more than 10000 values' };
  expect(read(lists, [Array(9_998).fill(0)])).toMatchObject({ kind: 'parsed' });
  expect(read(lists, [Array(9_999).fill(0)])).toEqual(tooMany);
  expect(read(lists, [Array(200_000).fill('')])).toEqual(tooMany);
  expect(read(lists, Array(5_001).fill([0]))).toEqual(tooMany);
});
