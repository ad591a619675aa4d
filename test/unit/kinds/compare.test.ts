/** Tests that a comparison sees every bit of a zone. */

import { describe, expect, test } from 'vitest';
import { allocatorOver } from '../../lockstep/buddy/real.ts';
import { order, pfn } from '../../../src/index.ts';
import { placement, startPlaced } from '../../../spec/index.ts';
import { Comparison } from '../../../conformance/kinds/buddy/compare/zone.ts';
import { Random } from '../../../conformance/random.ts';
import { regionFor } from '../../arbitrary/region.ts';
import type { Arena, Block, Command, Kernel, Observation, Outcome } from '../../../protocol/index.ts';
import type { Touched } from '../../../conformance/kinds/buddy/compare/zone-words.ts';
import type { Placed } from '../../../spec/index.ts';

/** A zone in the middle of its life, and what the specification says of it. */
function lived(
  kernel: Kernel,
  pages: number,
  operations = 200,
): { placed: Placed; seen: Observation; counters: Int32Array } {
  const [base, orders] = [pfn(64), 5];
  const shape = { kernel, base, pages, orders, holes: [] };
  const region = regionFor(shape);
  const allocator = allocatorOver(shape, region);
  for (let n = 0; n < pages; n++) allocator.handOver(pfn(base + n));
  const arena: Arena = { base, pages, orders, holes: [], alignment: kernel === '2.4' ? 'base' : 'absolute' };
  let placed = startPlaced(kernel, arena);
  const random = new Random(pages);
  const live: Block[] = [];
  for (let n = 0; n < operations; n++) {
    const of = order(random.below(3));
    const block = random.chance(0.6) ? live.splice(random.below(live.length), 1)[0] : undefined;
    const command =
      block === undefined ? ({ kind: 'allocate', order: of } as const) : ({ kind: 'free', ...block } as const);
    const outcome = block === undefined ? allocator.allocate(of) : allocator.free(block.head, block.order);
    if (outcome.kind === 'granted') live.push({ head: outcome.head, order: of });
    placed = placement(placed, command).next;
  }
  return { placed, seen: allocator.observe(), counters: new Int32Array(region.buffer, region.byteOffset, 1) };
}

/** An array, which of its entries, and the clauses that speak of it. */
type Entry = readonly [array: ArrayLike<number>, n: number, clause: RegExp];

/** Every entry that something is said of. */
function entries({ counters, placed, seen }: ReturnType<typeof lived>): readonly Entry[] {
  const { links, maps, pageFlags, owners } = seen;
  const { base, pages } = placed.state.arena;
  const listed = placed.lists.flatMap((list, at) => [pages + at, ...list.map((head) => head - base)]);
  const all = (array: ArrayLike<number>, clause: RegExp): readonly Entry[] =>
    Array.from(array, (_, n): Entry => [array, n, clause]);
  return [
    ...listed.map((node): Entry => [links, 2 * node, /^(?:PLACE-4|LIST-3)$/u]),
    ...listed.map((node): Entry => [links, 2 * node + 1, /^LIST-1$/u]),
    ...maps.flatMap((map) => all(map, /^MAP-2$/u)),
    ...all(pageFlags.flag, /^MARK-1$/u),
    ...all(pageFlags.order, /^MARK-1$/u).filter(([, n]) => pageFlags.flag[n] === 1),
    ...all(owners, /^STATE-1$/u),
    ...all(counters, /^COUNT-1$/u),
  ];
}

describe.each<[Kernel, number]>([
  ['2.4', 64],
  ['2.4', 61],
  ['2.6', 64],
  ['2.6', 63],
])('%s, %i pages', (kernel, pages) => {
  test('LIST-1, LIST-3, PLACE-4, MAP-2, MARK-1, STATE-1, COUNT-1 · no bit of what is compared changes unseen', () => {
    const zone = lived(kernel, pages);
    const comparison = new Comparison();
    expect(comparison.compare(zone.placed, zone.seen)).toBeUndefined();
    const all = entries(zone);
    expect(zone.placed.lists.flat().length).toBeGreaterThan(3);
    for (const [array, n, clause] of all) {
      const written = array as Record<number, number>;
      const was = written[n] ?? 0;
      for (const bit of [0, 1, 4, 7]) {
        written[n] = was ^ (1 << bit);
        expect(comparison.compare(zone.placed, zone.seen, 'nothing')?.clause, `${n} bit ${bit}`).toMatch(clause);
      }
      written[n] = was;
    }
    expect(comparison.compare(zone.placed, zone.seen, 'nothing')).toBeUndefined();
  });
});

describe.each<Kernel>(['2.4', '2.6'])('%s', (kernel) => {
  test('LIST-1, MAP-2, STATE-1 · what is right is right in plain arrays and in unsigned words too', () => {
    const isSigned = ({ seen }: ReturnType<typeof lived>): boolean =>
      seen.maps.some((map) => Array.from(map).some((word) => word < 0));
    const zones = Array.from({ length: 60 }, (_, n) => lived(kernel, 64, n));
    const { placed, seen } = (kernel === '2.4' ? zones.find(isSigned) : zones[0]) ?? expect.fail('no word is negative');
    const { arena, freeCount, links, maps, pageFlags, owners } = seen;
    const rest = { arena, freeCount, kernel, pageFlags };
    const plain: Observation = {
      ...rest,
      links: Array.from(links),
      maps: maps.map((map) => Array.from(map)),
      owners: Array.from(owners),
    };
    const unsigned: Observation = { ...rest, links, maps: maps.map((map) => Uint32Array.from(map)), owners };
    expect([plain, unsigned].map((one) => new Comparison().compare(placed, one))).toEqual([undefined, undefined]);
  });

  test('MAP-1, STATE-1 · arrays that are too short are found', () => {
    const { placed, seen } = lived(kernel, 200, 0);
    const { arena, freeCount, links, maps, pageFlags, owners } = seen;
    const rest = { arena, freeCount, kernel, links, pageFlags };
    // All is free, so that the word that is missing would be 0.
    const [map = [], ...others] = maps;
    const cut: Observation = { ...rest, maps: [Array.from(map).slice(0, -1), ...others], owners };
    if (kernel === '2.4') expect(new Comparison().compare(placed, cut)?.clause).toBe('MAP-1');
    if (kernel === '2.4' && map instanceof Int32Array) {
      // The same words in the same order, but the first map ends where the second should not begin yet.
      const { buffer, byteOffset } = map;
      const second = new Int32Array(buffer, byteOffset + 12, (others[0]?.length ?? 0) + 1);
      const moved = [new Int32Array(buffer, byteOffset, 3), second, ...others.slice(1)];
      expect(new Comparison().compare(placed, { ...rest, maps: moved, owners })?.clause).toBe('MAP-1');
    }
    const few: Observation = { ...rest, maps, owners: Array.from(owners).slice(0, 100) };
    expect(new Comparison().compare(placed, few)?.place).toBe('frame 164');
  });

  test('STATE-1 · one comparison looks at zones of any sizes, one after the other', () => {
    const comparison = new Comparison();
    const sizes = [64, 200, 7, 64, 33];
    const zones = sizes.map((pages) => lived(kernel, pages));
    expect(zones.map(({ placed, seen }) => comparison.compare(placed, seen))).toEqual(sizes.map(() => undefined));
  });
});

/** The nodes of a list that has changed, with its end. */
const changedNodes = (last: Placed, now: Placed): readonly number[] =>
  now.lists.flatMap((list, at) => {
    const { base, pages } = now.state.arena;
    return list === last.lists[at] ? [] : [pages + at, ...list.slice(0, 2).map((head) => head - base)];
  });

/** What a command touched, as the judge tells a comparison. */
const touchedBy = (command: Command, { kind, ...rest }: Outcome): Touched => {
  if (command.kind === 'free') return command;
  const head = kind === 'granted' && 'head' in rest ? rest.head : undefined;
  return head === undefined || command.kind !== 'allocate' ? 'nothing' : { head, order: command.order };
};

/** An allocator of 512 frames beside its specification, compared after each step; three times in ten with a link corrupted, too. */
class Compared {
  /** Steps with more than a hundred free blocks, and with a corrupted link. */
  many = 0;
  corrupted = 0;
  readonly random = new Random(7);
  readonly pages = 512;
  readonly #allocator: ReturnType<typeof allocatorOver>;
  readonly #seen: Observation;
  readonly #comparison = new Comparison();
  #placed: Placed;

  constructor(kernel: Kernel, orders: number) {
    const [base, pages] = [pfn(0), this.pages];
    const shape = { kernel, base, pages, orders, holes: [] };
    this.#allocator = allocatorOver(shape, regionFor(shape));
    for (let n = 0; n < pages; n++) this.#allocator.handOver(pfn(n));
    this.#seen = this.#allocator.observe();
    const alignment = kernel === '2.4' ? 'base' : 'absolute';
    this.#placed = startPlaced(kernel, { base, pages, orders, holes: [], alignment });
    expect(this.#comparison.compare(this.#placed, this.#seen)).toBeUndefined();
  }

  step(command: Command): void {
    const last = this.#placed;
    const { next, outcome } = placement(last, command);
    if (command.kind === 'allocate') expect(this.#allocator.allocate(command.order)).toEqual(outcome);
    if (command.kind === 'free') expect(this.#allocator.free(command.head, command.order)).toEqual(outcome);
    this.#placed = next;
    const touched = touchedBy(command, outcome);
    if (next.lists.flat().length > 100) this.many++;
    const changed = changedNodes(last, next);
    if (changed.length > 0 && this.random.chance(0.3))
      this.#corrupt(this.random.pick([changed[0] ?? 0, ...changed]), touched);
    expect(this.#comparison.compare(next, this.#seen, touched)).toBeUndefined();
  }

  #corrupt(node: number, touched: Touched): void {
    this.corrupted++;
    const links = this.#seen.links as Int32Array;
    const word = 2 * node + this.random.below(2);
    const was = links[word] ?? 0;
    links[word] = was ^ (1 << this.random.below(9));
    const found = this.#comparison.compare(this.#placed, this.#seen, touched);
    expect(found?.clause, `word ${word}`).toMatch(/^(?:LIST-1|LIST-3|PLACE-4)$/u);
    links[word] = was;
  }
}

test.each<[Kernel, number]>([
  ['2.4', 1],
  ['2.4', 5],
  ['2.6', 5],
])(
  'LIST-1, LIST-3, PLACE-4 · %s, %i orders: among hundreds of free blocks no link that a step changes is wrong unseen',
  (kernel, orders) => {
    const compared = new Compared(kernel, orders);
    const { pages, random } = compared;
    for (let n = 0; n < pages; n++) compared.step({ kind: 'allocate', order: order(0) });
    for (let n = 0; n < pages; n += 2) compared.step({ kind: 'free', head: pfn(n), order: order(0) });
    for (let n = 0; n < 60; n++) {
      compared.step({ kind: 'allocate', order: order(random.below(Math.min(orders, 2))) });
      compared.step({ kind: 'free', head: pfn(2 * random.below(pages / 2) + 1), order: order(0) });
    }
    expect(compared.many).toBeGreaterThan(200);
    expect(compared.corrupted).toBeGreaterThan(100);
  },
);
