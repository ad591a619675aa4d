/** Tests of all invariants of the buddy system: each holds along the way, and each bit of a zone is held by one. */

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
import { campaign } from '../../../arbitrary/campaign.ts';
import { clausesOf, doctored, sixteen } from './known-zones.ts';
import { invariants, snapshot, refuteAll, tell } from '../../../../invariants/index.ts';
import { read } from '../../../../invariants/buddy/reading.ts';
import { shapes } from '../../../arbitrary/arena.ts';
import type { Clause } from '../../../../protocol/index.ts';
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
  fc.assert(property, campaign(150, 40));
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

/** The nodes that are on a list, and the lists' heads. */
const nodesOnLists = ({ seen, shape }: OpenZone): ReadonlySet<number> =>
  new Set(read(seen).lists.flatMap(({ frames, order }) => [...frames, shape.pages + order]));

const NOBODY_OR_FREED: readonly unknown[] = [-2, -1];

/** Reports whether a bit says anything: not the links of what is on no list, nor the order of what is not marked, nor what once was. */
function says({ arrays }: OpenZone, onLists: ReadonlySet<number>, { field, index, bit }: Bit): boolean {
  switch (field) {
    case 'counters':
      return index === 0;
    case 'links':
      return onLists.has(index >> 1);
    case 'map':
    case 'buddyFlag':
      return true;
    case 'privateOrder':
      return onLists.has(index);
    case 'owners': {
      const owner = arrays.owners[index] ?? 0;
      return !(NOBODY_OR_FREED.includes(owner) && NOBODY_OR_FREED.includes(owner ^ (1 << bit)));
    }
  }
}

/** Complements one bit after another, and back; tells which fields were seen to say something, and which nothing. */
function complementAll(zone: OpenZone): ReadonlySet<string> {
  const onLists = nodesOnLists(zone);
  const fields = new Set<string>();
  for (const bit of bitsOf(zone)) {
    const expected = says(zone, onLists, bit);
    complement(zone, bit);
    const refuted = refuteAll(zone.seen).length > 0;
    complement(zone, bit);
    if (refuted !== expected) expect({ ...bit, refuted }).toEqual({ ...bit, refuted: expected });
    fields.add(`${bit.field} says ${expected ? 'something' : 'nothing'}`);
  }
  return fields;
}

test('the complement of every bit that says something is refuted, and that of no other', () => {
  const seen = new Set<string>();
  const property = fc.property(shapes('2.4', 72), shapes('2.6', 72), anyCodes, (one, other, codes) => {
    for (const zone of [bootZone(one), bootZone(other)]) {
      if (codes.length % 2 === 0) handOverAll(zone);
      drive(zone, codes, new Map(), () => undefined);
      for (const what of complementAll(zone)) seen.add(what);
      expect(refuteAll(zone.seen)).toEqual([]);
    }
  });
  fc.assert(property, campaign(5, 3));
  for (const field of FIELDS) expect(seen).toContain(`${field} says something`);
});

test('no invariant throws or runs on, whatever the bytes are', () => {
  const refuted = new Set<Clause>();
  const property = fc.property(anyShape, fc.integer(), (shape, seed) => {
    const zone = foundZone(shape);
    fillWithGarbage(zone, seed);
    const before = snapshot(zone.seen);
    for (const counterexample of refuteAll(zone.seen)) {
      refuted.add(counterexample.clause);
      expect(tell(counterexample)).toMatch(/^[A-Z]+-\d refuted at [^:]+: .+, but .+$/);
    }
    expect(clausesOf(zone.seen)).toEqual(
      invariants.filter(({ refute }) => refute(zone.seen) !== undefined).map(({ clause }) => clause),
    );
    expect(snapshot(zone.seen)).toEqual(before);
  });
  fc.assert(property, campaign(500, 500));
  expect([...refuted]).toEqual(expect.arrayContaining(['LIST-1', 'LIST-2', 'BLOCK-1', 'STATE-1', 'COUNT-1']));
});

test('no invariant throws where arrays are shorter than they must be, or hold what no word holds', () => {
  for (const kernel of ['2.4', '2.6'] as const) {
    const { seen } = sixteen(kernel);
    const empty = doctored(seen, { links: [], maps: [[], []], pageFlags: { flag: [], order: [] }, owners: [] });
    expect(clausesOf(empty)).toEqual(expect.arrayContaining(['LIST-1', 'MAP-1', 'STATE-1']));
    const odd = [NaN, 0.5, -0.5, Infinity, -Infinity, 2 ** 53, -(2 ** 40)];
    const numbers = Array.from({ length: 64 }, (_, n) => odd[n % odd.length] ?? 0);
    const strange = doctored(seen, { links: numbers, maps: [numbers], pageFlags: { flag: numbers, order: numbers } });
    expect(clausesOf(strange)).toEqual(expect.arrayContaining(['LIST-1', 'LIST-4', 'MAP-1']));
  }
});
