import { expect, test } from 'vitest';
import fc from 'fast-check';
import {
  FIELDS,
  anyCodes,
  anyShape,
  bootZone,
  drive,
  fillWithGarbage,
  foundZone,
  handOverAll,
  missing,
} from './zone.ts';
import { campaign } from '../arbitrary/campaign.ts';
import { clausesOf, sixteen } from './scene.ts';
import { invariants, keep, refuteAll, tell } from '../../invariants/index.ts';
import { read } from '../../invariants/reading.ts';
import type { Clause, Observation } from '../../protocol/index.ts';
import type { OpenZone, Tally } from './zone.ts';

test('every invariant has one clause and one statement, and no two the same', () => {
  const clauses = invariants.map(({ clause }) => clause);
  expect(clauses.toSorted()).toEqual([
    'BLOCK-1',
    'COUNT-1',
    'LIST-1',
    'LIST-2',
    'LIST-3',
    'LIST-4',
    'MAP-1',
    'MAP-2',
    'MAP-3',
    'MAP-4',
    'MARK-1',
    'PAIR-4',
    'STATE-1',
  ]);
  expect(new Set(invariants.map(({ statement }) => statement)).size).toBe(invariants.length);
});

test('every invariant holds after every command, in zones of both kernels', () => {
  const tally: Tally = new Map();
  const property = fc.property(anyShape, fc.boolean(), anyCodes, (shape, whole, codes) => {
    const zone = bootZone(shape);
    expect(refuteAll(zone.seen)).toEqual([]);
    if (whole) handOverAll(zone);
    drive(zone, codes, tally, ({ after }) => {
      expect(refuteAll(after).map(tell)).toEqual([]);
    });
    for (const { refute } of invariants) expect(refute(zone.seen)).toBeUndefined();
  });
  fc.assert(property, campaign(300, 40));
  expect(missing(tally)).toEqual([]);
});

/** One bit of one array of a zone. */
interface Bit {
  readonly field: keyof OpenZone['arrays'];
  readonly index: number;
  readonly bit: number;
}

function* bitsOf({ arrays }: OpenZone): Iterable<Bit> {
  for (const field of FIELDS) {
    const bits = 8 * arrays[field].BYTES_PER_ELEMENT;
    for (let n = 0; n < bits * arrays[field].length; n++) yield { field, index: Math.floor(n / bits), bit: n % bits };
  }
}

function complement({ arrays }: OpenZone, { field, index, bit }: Bit): void {
  arrays[field][index] = (arrays[field][index] ?? 0) ^ (1 << bit);
}

/** Whether a frame heads a free block, or a node is on a list or its head. */
const isOnList = ({ seen, shape }: OpenZone, node: number): boolean =>
  node >= shape.pages || read(seen).lists.some(({ frames }) => frames.some((frame) => frame === node));

const NOBODY_OR_FREED: readonly unknown[] = [-2, -1];

/** Whether a bit says anything: not the links of what is on no list, nor the order of what is not marked, nor what once was. */
function says(zone: OpenZone, { field, index, bit }: Bit): boolean {
  switch (field) {
    case 'counters':
      return index === 0;
    case 'links':
      return isOnList(zone, index >> 1);
    case 'map':
    case 'buddyFlag':
      return true;
    case 'privateOrder':
      return isOnList(zone, index);
    case 'pageCount':
      return false;
    case 'owners': {
      const owner = zone.arrays.owners[index] ?? 0;
      return !(NOBODY_OR_FREED.includes(owner) && NOBODY_OR_FREED.includes(owner ^ (1 << bit)));
    }
  }
}

test('the complement of every bit that says something is refuted, and that of no other', () => {
  const seen = new Map<string, number>();
  const property = fc.property(anyShape, anyCodes, (shape, codes) => {
    const zone = bootZone(shape);
    if (codes.length % 2 === 0) handOverAll(zone);
    drive(zone, codes, new Map(), () => undefined);
    for (const bit of bitsOf(zone)) {
      const expected = says(zone, bit);
      complement(zone, bit);
      const refuted = refuteAll(zone.seen).length > 0;
      complement(zone, bit);
      if (refuted !== expected) expect({ ...bit, refuted }).toEqual({ ...bit, refuted: expected });
      const what = `${bit.field} ${expected ? 'says something' : 'says nothing'}`;
      seen.set(what, (seen.get(what) ?? 0) + 1);
    }
    expect(refuteAll(zone.seen)).toEqual([]);
  });
  fc.assert(property, campaign(20));
  for (const field of FIELDS.filter((name) => name !== 'pageCount'))
    expect([...seen.keys()]).toContain(`${field} says something`);
});

test('no invariant throws or runs on, whatever the bytes are', () => {
  const refuted = new Set<Clause>();
  const property = fc.property(anyShape, fc.integer(), (shape, seed) => {
    const zone = foundZone(shape);
    fillWithGarbage(zone, seed);
    const before = keep(zone.seen);
    for (const counterexample of refuteAll(zone.seen)) {
      refuted.add(counterexample.clause);
      expect(tell(counterexample)).toMatch(/^[A-Z]+-\d refuted at [^:]+: .+, but .+$/);
    }
    expect(clausesOf(zone.seen)).toEqual(
      invariants.filter(({ refute }) => refute(zone.seen) !== undefined).map(({ clause }) => clause),
    );
    expect(keep(zone.seen)).toEqual(before);
  });
  fc.assert(property, campaign(500, 500));
  expect([...refuted].toSorted()).toEqual(invariants.map(({ clause }) => clause).toSorted());
});

test('no invariant throws where arrays are shorter than they must be, or hold what no word holds', () => {
  for (const kernel of ['2.4', '2.6'] as const) {
    const { seen } = sixteen(kernel);
    const empty: Observation = { ...seen, links: [], maps: [[], []], marks: { flag: [], order: [] }, owners: [] };
    expect(clausesOf(empty)).toEqual(expect.arrayContaining(['LIST-1', 'MAP-1', 'STATE-1']));
    const odd = [NaN, 0.5, -0.5, Infinity, -Infinity, 2 ** 53, -(2 ** 40)];
    const numbers = Array.from({ length: 64 }, (_, n) => odd[n % odd.length] ?? 0);
    const strange: Observation = { ...seen, links: numbers, maps: [numbers], marks: { flag: numbers, order: numbers } };
    expect(clausesOf(strange)).toEqual(expect.arrayContaining(['LIST-1', 'LIST-4', 'MAP-1']));
  }
});
