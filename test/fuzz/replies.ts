/** Hostile replies: as text, as structure, and as size. */

import type { Random } from './random.ts';

/** Replies that are right, or nearly: where all hostile ones begin. */
const SOUND: readonly [object, ...object[]] = [
  {
    id: 0,
    hello: {
      version: 1,
      name: 'acme buddy',
      revision: '1.2.3',
      language: 'C',
      claims: ['complete', 'best-fit'],
      features: ['observe:free-lists'],
      maxBatch: 1000,
      maxLine: 1048576,
    },
  },
  { id: 0, refuse: 'why' },
  { id: 0, ready: { usable: [[0, 3], [4, 12]] } }, // prettier-ignore
  { id: 0, ready: { usable: 'probe' } },
  { id: 0, ready: {} },
  { id: 0, unsupported: 'pages must be a power of two' },
  { id: 0, failed: 'panic: free mem' },
  { id: 0, ran: '2 0 . -' },
  { id: 0, ran: '2 !double-free !internal !payload', detail: { 2: 'list is torn' } },
  { id: 0, observed: { 'free-count': 13 } },
  { id: 0, observed: { 'free-lists': [[2], [], [4], [8], []], 'pair-bits': ['01000000', '0000', '10', '1'] } },
  { id: 0, observed: { 'free-blocks': [[2], [], [4], [8], []], 'free-count': 13 } },
  { id: 0, bye: true },
  { id: 0, unknown: true },
];

/** Text that means something to JSON, to UTF-8, to a terminal, or to a number. */
const PIECES: readonly [string, ...string[]] = [
  ...[
    '[',
    ']',
    '{',
    '}',
    '"',
    ',',
    ':',
    '\\',
    '\\"',
    '\\u0000',
    '\\ud800',
    '[]',
    '{}',
    '""',
    '[[',
    '{"a":',
    '[0]',
    '0,',
  ],
  ...[
    'null',
    'true',
    '-',
    '-0',
    '-1',
    '2.5',
    '1e400',
    '1e-400',
    '9007199254740992',
    '0x1',
    '007',
    '.',
    '!',
    '!oops',
    ' ',
  ],
  ...['\0', '\t', '\r', '\u001b[2J', '\u009b', '\u202e', '\u2028', '\ufeff', '\u{1f600}', '__proto__', 'constructor'],
] as unknown as [string, ...string[]];

const NAMES: readonly [string, ...string[]] = [
  ...['id', 'hello', 'ready', 'usable', 'ran', 'detail', 'observed', 'free-lists', 'free-blocks', 'free-count'],
  ...['pair-bits', 'failed', '__proto__', 'toString', '0', '4294967295', ''],
] as unknown as [string, ...string[]];

/** Returns a value that nobody expects, at most `depth` deep and seldom large. */
function strange(random: Random, depth: number): unknown {
  const count = random.once(50) ? random.size(10) : random.below(4);
  switch (random.below(depth > 0 ? 9 : 6)) {
    case 0:
      return random.of([null, undefined, true, false]);
    case 1:
      return random.of([-1, 0.5, 2.5, 1e30, 2 ** 53, -(2 ** 53), Infinity, NaN, -0, 255, 256, 1023]);
    case 2:
      return random.size(52);
    case 3:
      return random.of(PIECES).repeat(count);
    case 4:
      return Array.from({ length: count }, () => random.of(PIECES)).join(random.of(['', ' ']));
    case 5:
      return Array.from({ length: count }, () => random.of(['.', '-', '0', '!double-free', '7'])).join(' ');
    case 6:
      return Object.fromEntries(Array.from({ length: count }, () => [random.of(NAMES), strange(random, depth - 1)]));
    default:
      return Array.from({ length: count }, () => strange(random, depth - 1));
  }
}

/** Returns a copy of a value in which some parts are strange, missing, doubled, or new. */
export function twisted(random: Random, value: unknown): unknown {
  if (random.once(12)) return strange(random, 3);
  if (Array.isArray(value)) {
    const list = value.flatMap((part: unknown) => {
      const copy = twisted(random, part);
      return random.once(20) ? [] : random.once(20) ? [copy, copy] : [copy];
    });
    return random.once(20) ? [...list, strange(random, 2)] : list;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, part]): [string, unknown][] => {
    if (random.once(20)) return [];
    return [[random.once(40) ? random.of(NAMES) : name, twisted(random, part)]];
  });
  if (random.once(10)) entries.push([random.of(NAMES), strange(random, 3)]);
  return Object.fromEntries(entries);
}

/** Returns a value as no harness should send it; parsers get it as it is, JSON would lose NaN and undefined. */
export const structure = (random: Random): unknown => twisted(random, random.of(SOUND));

/** Returns a line in which pieces were cut out, doubled, or put in; also one that is no UTF-8. */
export function text(random: Random): Buffer {
  let line = JSON.stringify({ id: 0, ...Object(random.once(3) ? structure(random) : random.of(SOUND)) });
  for (let edits = random.below(4); edits > 0; edits--) {
    const at = random.below(line.length + 1);
    const end = Math.min(line.length, at + random.size(5));
    line = line.slice(0, at) + random.of([random.of(PIECES), '', line.slice(at, end).repeat(2)]) + line.slice(end);
  }
  const bytes = Buffer.from(line);
  if (bytes.length > 0 && random.once(10)) bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}

/** What may stand around many values, so that all of it is JSON. */
const AROUND: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['{"id":0,"observed":{"free-lists":[[', '0]]}}'],
  ['{"id":0,"observed":{"free-blocks":[', '[]]}}'],
  ['{"id":0,"observed":{"pair-bits":[', '"01"]}}'],
  ['{"id":0,"ready":{"usable":[', '[0,3]]}}'],
  ['{"id":0,"hello":{"version":1,"name":"x","features":[],"claims":[', '"complete"]}}'],
  ['{"id":0,"ran":"', '."}'],
  ['{"id":0,"ran":". . . .","detail":{', '"0":"x"}}'],
  ['{"id":0,"bye":true,"more":[', '0]}'],
];
const VALUES: readonly [string, ...string[]] = [
  ...[
    '0,',
    '"",',
    '"01",',
    'null,',
    '-1,',
    '2.5,',
    '[],',
    '[0],',
    '{},',
    '{"a":0},',
    '[0,1],',
    '. ',
    '!oops ',
    '"0":"x",',
  ],
] as unknown as [string, ...string[]];

/** Returns a line that is long, wide or deep: mostly up to 4 KiB, once in 200 up to 1 MiB. */
export function size(random: Random): Buffer {
  const bytes = random.once(200) ? random.below(2 ** 20) : random.size(12);
  const [place, end] = random.once(2)
    ? random.of(AROUND)
    : [random.of(['"', '[', '[[', '{"a":', '']), random.of(['', '"', ']'.repeat(random.below(40)), '0]'])];
  const piece = random.once(3) ? random.of(PIECES) : random.of(VALUES);
  return Buffer.from(place + piece.repeat(Math.ceil(bytes / piece.length)) + end);
}
