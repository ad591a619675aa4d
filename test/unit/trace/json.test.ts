/** Lines of a history in JSON: what is read byte by byte is what any reader of JSON reads. */
import { JsonReader, parsed } from '../../../conformance/trace/json.ts';
import { expect, test } from 'vitest';
import { noEvent } from '../../../conformance/trace/event.ts';
import fc from 'fast-check';
import type { TraceEvent } from '../../../conformance/trace/event.ts';

/** What a reader makes of a line: the event, or nothing. */
function read(reads: (event: TraceEvent) => boolean): TraceEvent | undefined {
  const event = { ...noEvent(), counter: true };
  return reads(event) ? event : undefined;
}

const plainly = (line: string): TraceEvent | undefined => {
  const bytes = Buffer.from(`x${line}\n`);
  return read((event) => new JsonReader(event).read(bytes, 1, bytes.length - 1));
};

const asAnyJson = (line: string): TraceEvent | undefined => read((event) => parsed(line, event));

const anyOf = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
const number = fc.oneof(
  { weight: 6, arbitrary: fc.nat(2000).map(String) },
  fc.maxSafeNat().map(String),
  anyOf('-1', '1.5', '1e3', '007', '0', '9007199254740993', '123456789012345', 'null', '"1"', '', '[]', 'true'),
);
const blank = anyOf('', '', ' ', '\t ', '\r');
const member = fc
  .record({
    key: anyOf('op', 'op', 'order', 'pfn', 'cpu', 'time', 'who', '\\u006fp', '__proto__'),
    op: anyOf('"alloc"', '"free"', '"alloc "', '"ALLOC"', '"\\u0061lloc"', 'null'),
    number,
    blanks: fc.tuple(blank, blank, blank),
  })
  .map(({ blanks: [a, b, c], key, number: n, op }) => `${a}"${key}"${b}:${c}${key === 'op' ? op : n}`);

/** Members of an event that is whole, some of them replaced, with others among them, in any order. */
const line = fc
  .record({
    whole: fc.tuple(
      anyOf('"op":"alloc"', '"op":"free"'),
      anyOf('"order":3', '"order": 0'),
      anyOf('"pfn":16', '"pfn":null'),
    ),
    more: fc.array(member, { maxLength: 3 }),
    keeps: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    tail: anyOf('}', '}', '}', ' }\r', '} x', ',}', '', '}}'),
  })
  .chain(({ keeps, more, tail, whole }) => {
    const members = [...whole.filter((_, n) => keeps[n] === true || n < 2), ...more];
    return fc.shuffledSubarray(members, { minLength: members.length }).map((all) => `{${all.join(',')}${tail}`);
  });

test('any line is read as JSON is read', () => {
  let events = 0;
  fc.assert(
    fc.property(line, (text) => {
      const expected = asAnyJson(text);
      if (expected !== undefined) events++;
      expect(plainly(text)).toEqual(expected);
    }),
    { numRuns: 5000 },
  );
  expect(events).toBeGreaterThan(300);
});

test.each([
  ['{"op":"alloc","order":0,"pfn":12}', { kind: 1, order: 0, pfn: 12, cpu: 0, time: 0, failed: false }],
  ['{"time":5,"cpu":3,"pfn":7,"order":1,"op":"free"}', { kind: 2, order: 1, pfn: 7, cpu: 3, time: 5 }],
  ['{"op":"alloc","order":2,"pfn":null}', { kind: 1, order: 2, pfn: 0, failed: true }],
  ['{"op":"free","order":2,"pfn":null}', undefined],
  ['{"op":"alloc","order":2}', undefined],
  ['{"op":"alloc","order":2,"pfn":1', undefined],
])('%s', (text, expected) => {
  if (expected === undefined) expect(plainly(text)).toBeUndefined();
  else expect(plainly(text)).toMatchObject(expected);
});
