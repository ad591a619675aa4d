/** Tests of how replies are read. */

import { parseHello } from '../../../conformance/wire/hello.ts';
import { parseOpened } from '../../../conformance/kinds/buddy/wire/reply.ts';
import { describe, expect, test } from 'vitest';
import { parseBye, parseReply } from '../../../conformance/wire/reply.ts';
import { pfn } from '../../../conformance/unit.ts';
import type { Hello } from '../../../conformance/judge/subject.ts';
import type { Shape } from '../../../conformance/kinds/buddy/case.ts';

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

const parsed = (value: unknown): unknown => ({ kind: 'parsed', value });
const malformed = (how: string): unknown => ({ kind: 'malformed', how });

describe('the envelope of a reply', () => {
  test.each([
    ['{"id":4,"bye":true}', parsed({ id: 4, bye: true })],
    [' { "bye" : true, "id" : 4, "more" : [1] }\r', parsed({ id: 4, bye: true, more: [1] })],
    ['ok', malformed('not JSON')],
    ['', malformed('not JSON')],
    ['\ufeff{"id":4}', malformed('not JSON')],
    ['4', malformed('the reply must be an object, not 4')],
    ['[4]', malformed('the reply must be an object, not a list')],
    ['{"bye":true}', malformed('id must be 4, not absent')],
    ['{"id":"4"}', malformed('id must be 4, not a string')],
    ['{"id":5}', malformed('its id is 5, not 4')],
    ['{"id":4,"unknown":true}', malformed('the harness does not know this request')],
  ])('%s', (line, expected) => {
    expect(parseReply(line, 4)).toEqual(expected);
  });
});

describe('the reply to a hello', () => {
  const greeting = {
    version: 1,
    name: 'acme buddy',
    claims: ['complete', 'best-fit'],
    features: ['observe:free-lists'],
  };

  test('all of it', () => {
    const hello = { ...greeting, revision: '1.2.3', language: 'C', maxBatch: 1000, maxLine: 1048576 };
    expect(parseHello({ id: 0, hello })).toEqual(parsed({ kind: 'hello', hello: HELLO }));
  });

  test('what may be left out, and what this judge does not know', () => {
    const hello = { ...greeting, claims: ['best-fit', 'fair'], features: ['payload', 'colours:2', 'toString'] };
    expect(parseHello({ id: 0, hello })).toEqual(
      parsed({
        kind: 'hello',
        hello: {
          ...HELLO,
          revision: '',
          language: '',
          claims: new Set(['best-fit']),
          features: new Set(['payload']),
          unknown: ['fair', 'colours:2', 'toString'],
        },
      }),
    );
  });

  test('limits are what always fits', () => {
    expect(parseHello({ id: 0, hello: { ...greeting, maxBatch: 5, maxLine: 2 ** 40 } })).toMatchObject({
      value: { hello: { maxBatch: 5, maxLine: 2 ** 22 } },
    });
    expect(parseHello({ id: 0, hello: { ...greeting, maxBatch: 1e6, maxLine: 1024 } })).toMatchObject({
      value: { hello: { maxBatch: 27, maxLine: 1024 } },
    });
  });

  test('what it says of itself is fit to be shown, whoever shows it', () => {
    const evil = '\u001b[2J\u009b\u202e\ud800\u2028';
    const safe = '\\u{1b}[2J\\u{9b}\\u{202e}\\u{d800}\\u{2028}';
    const hello = { ...greeting, name: evil, revision: evil, language: evil, claims: [evil] };
    expect(parseHello({ id: 0, hello })).toMatchObject({
      value: { hello: { name: safe, revision: safe, language: safe, unknown: [safe] } },
    });
    expect(parseHello({ refuse: evil })).toEqual(parsed({ kind: 'refuse', why: safe }));
    expect(parseOpened({ failed: evil }, SHAPE)).toEqual(parsed({ kind: 'failed', why: safe }));
    expect(parseOpened({ unsupported: 'x'.repeat(300) }, SHAPE)).toEqual(
      parsed({ kind: 'unsupported', why: `${'x'.repeat(200)}...` }),
    );
  });

  test('of claims and features there are at most 256 each', () => {
    const many = Array.from({ length: 257 }, (_, n) => `claim ${n}`);
    expect(parseHello({ hello: { ...greeting, claims: many.slice(1) } })).toMatchObject({ kind: 'parsed' });
    expect(parseHello({ hello: { ...greeting, claims: many } })).toEqual(
      malformed('hello.claims has more than 256 elements'),
    );
  });

  test.each([
    [{ refuse: 'only 7' }, parsed({ kind: 'refuse', why: 'only 7' })],
    [{}, malformed('neither "hello" nor "refuse"')],
    [{ hello: { ...greeting, version: 2 } }, malformed('hello.version must be 1, not 2')],
    [{ hello: { ...greeting, claims: 'complete' } }, malformed('hello.claims must be a list, not a string')],
    [{ hello: { ...greeting, features: [1] } }, malformed('hello.features.0 must be a string, not 1')],
    [
      { hello: { ...greeting, maxBatch: 0 } },
      malformed('hello.maxBatch must be a whole number from 1 to 2^53 - 1, not 0'),
    ],
    [
      { hello: { ...greeting, maxLine: 1000 } },
      malformed('hello.maxLine must be a whole number from 1024 to 2^53 - 1, not 1000'),
    ],
    [{ hello: { ...greeting, name: undefined } }, malformed('hello.name must be a string, not absent')],
  ])('%j', (reply, expected) => {
    expect(parseHello({ id: 0, ...reply })).toEqual(expected);
  });
});

describe('the reply to an init', () => {
  const neither = 'ready.usable is neither "probe" nor a list of [first frame, count]';
  test.each([
    [
      {
        ready: {
          usable: [
            [0, 3],
            [4, 12],
          ],
        },
      },
      parsed({
        kind: 'ready',
        usable: [
          [0, 3],
          [4, 12],
        ],
      }),
    ],
    [{ ready: { usable: [] } }, parsed({ kind: 'ready', usable: [] })],
    [{ ready: {} }, parsed({ kind: 'ready', usable: 'all' })],
    [{ ready: { usable: 'probe' } }, parsed({ kind: 'ready', usable: 'probe' })],
    [
      { unsupported: 'pages must be a power of two' },
      parsed({ kind: 'unsupported', why: 'pages must be a power of two' }),
    ],
    [{ failed: 'panic: free mem' }, parsed({ kind: 'failed', why: 'panic: free mem' })],
    [{}, malformed('neither "ready" nor "unsupported" nor "failed"')],
    [{ ready: true }, malformed('ready must be an object, not true')],
    [{ ready: { usable: 'some' } }, malformed(neither)],
    [{ ready: { usable: [[0, -1]] } }, malformed('ready.usable.0 must be [first frame, count], two whole numbers')],
    [{ ready: { usable: [[0, 1, 2]] } }, malformed('ready.usable.0 must be [first frame, count], two whole numbers')],
    [{ ready: { usable: [[0, 17]] } }, malformed('usable [0,17] is not within [0,16)')],
    [
      {
        ready: {
          usable: [
            [4, 12],
            [0, 3],
          ],
        },
      },
      malformed('usable [0,3] overlaps the run before it, or is out of order'),
    ],
    [
      {
        ready: {
          usable: [
            [0, 4],
            [3, 1],
          ],
        },
      },
      malformed('usable [3,1] overlaps the run before it, or is out of order'),
    ],
  ])('%j', (reply, expected) => {
    expect(parseOpened({ id: 1, ...reply }, SHAPE)).toEqual(expected);
  });

  test('there are no more runs than frames, empty ones included', () => {
    const runs = (count: number): unknown => ({ ready: { usable: Array.from({ length: count }, () => [0, 0]) } });
    expect(parseOpened(runs(16), SHAPE)).toMatchObject({ kind: 'parsed' });
    expect(parseOpened(runs(17), SHAPE)).toEqual(malformed('ready.usable has more runs than the arena has frames'));
  });

  test('a run below the base', () => {
    const shape = { ...SHAPE, base: pfn(8) };
    expect(parseOpened({ ready: { usable: [[7, 2]] } }, shape)).toEqual(malformed('usable [7,2] is not within [8,24)'));
  });
});

test('the reply to a bye', () => {
  expect(parseBye({ bye: true })).toEqual(parsed(true));
  expect(parseBye({ bye: false })).toEqual(malformed('bye must be true, not false'));
});
