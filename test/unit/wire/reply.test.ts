/** Tests of how replies are read. */

import { describe, expect, test } from 'vitest';
import { parseBye, parseHello, parseOpened, parseReply } from '../../../conformance/wire/reply.ts';
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
    ['4', malformed('Invalid input: expected object, received number')],
    ['[4]', malformed('Invalid input: expected object, received array')],
    ['{"bye":true}', malformed('id: Invalid input: expected number, received undefined')],
    ['{"id":"4"}', malformed('id: Invalid input: expected number, received string')],
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
    const hello = { ...greeting, claims: ['best-fit', 'fair'], features: ['payload', 'range', 'toString'] };
    expect(parseHello({ id: 0, hello })).toEqual(
      parsed({
        kind: 'hello',
        hello: {
          ...HELLO,
          revision: '',
          language: '',
          claims: new Set(['best-fit']),
          features: new Set(['payload']),
          unknown: ['fair', 'range', 'toString'],
        },
      }),
    );
  });

  test('limits are what always fits', () => {
    expect(parseHello({ id: 0, hello: { ...greeting, maxBatch: 5, maxLine: 2 ** 40 } })).toMatchObject({
      value: { hello: { maxBatch: 5, maxLine: 2 ** 26 } },
    });
    expect(parseHello({ id: 0, hello: { ...greeting, maxBatch: 1e6, maxLine: 1024 } })).toMatchObject({
      value: { hello: { maxBatch: 27, maxLine: 1024 } },
    });
  });

  test.each([
    [{ refuse: 'only 7' }, parsed({ kind: 'refuse', why: 'only 7' })],
    [{}, malformed('neither "hello" nor "refuse"')],
    [{ hello: { ...greeting, version: 2 } }, malformed('hello.version: Invalid input: expected 1')],
    [
      { hello: { ...greeting, claims: 'complete' } },
      malformed('hello.claims: Invalid input: expected array, received string'),
    ],
    [
      { hello: { ...greeting, features: [1] } },
      malformed('hello.features.0: Invalid input: expected string, received number'),
    ],
    [{ hello: { ...greeting, maxBatch: 0 } }, malformed('hello.maxBatch: Too small: expected number to be >=1')],
    [{ hello: { ...greeting, maxLine: 1000 } }, malformed('hello.maxLine: Too small: expected number to be >=1024')],
    [
      { hello: { ...greeting, name: undefined } },
      malformed('hello.name: Invalid input: expected string, received undefined'),
    ],
  ])('%j', (reply, expected) => {
    expect(parseHello({ id: 0, ...reply })).toEqual(expected);
  });
});

describe('the reply to an init', () => {
  const neither = 'ready.usable: neither "probe" nor a list of [first frame, count]';
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
    [{ ready: true }, malformed('ready: Invalid input: expected object, received boolean')],
    [{ ready: { usable: 'some' } }, malformed(neither)],
    [{ ready: { usable: [[0, -1]] } }, malformed('ready.usable.0.1: Too small: expected number to be >=0')],
    [{ ready: { usable: [[0, 1, 2]] } }, malformed(neither)],
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

  test('a run below the base', () => {
    const shape = { ...SHAPE, base: pfn(8) };
    expect(parseOpened({ ready: { usable: [[7, 2]] } }, shape)).toEqual(malformed('usable [7,2] is not within [8,24)'));
  });
});

test('the reply to a bye', () => {
  expect(parseBye({ bye: true })).toEqual(parsed(true));
  expect(parseBye({ bye: false })).toEqual(malformed('bye: Invalid input: expected true'));
});
