/** Brings the zones of a machine to where they have a given number of free pages, by as few requests as can be. */
import { goOn } from '../plan.ts';
import { zone as zoneOf } from '../../../spec/index.ts';
import { ask, ATOMIC, DMA, HIGHMEM, MEMALLOC } from './operations.ts';
import type { MachineOperation } from '../../kinds/machine/operation.ts';
import type { Rules, Situation } from '../plan.ts';
import type { World } from './world.ts';
import type { ZoneName } from '../../../protocol/index.ts';

export type Here = Situation<World, MachineOperation>;
export type Go = Rules<World, MachineOperation>;

const MASK_OF: Readonly<Record<ZoneName, number>> = { DMA: ATOMIC | DMA, Normal: ATOMIC, HighMem: ATOMIC | HIGHMEM };

/** So many pages of a zone are granted one by one, if that many are granted at all: a reclaim can free them. */
const SINGLES = 2;

/** Returns the largest order that a zone has a block of, and that is not more than so many pages. */
function orderOf({ state }: World, place: number, pages: number): number {
  const largest = state.zones[place]?.placed.lists.findLastIndex((list) => list.length > 0) ?? 0;
  return Math.min(largest, Math.floor(Math.log2(pages)));
}

/** Has one zone grant all of its pages: two one by one, the rest in blocks as large as can be. */
function drainZone(rules: Go, begin: Here, place: number): Here {
  let one = begin;
  for (let taken = 0; ; taken++) {
    const zone = one.world.state.zones[place];
    const rest = zone === undefined ? 0 : zoneOf.freePages(zone);
    if (zone === undefined || rest === 0) return one;
    const order = taken < SINGLES ? 0 : orderOf(one.world, place, rest);
    const asked = { gfp: MASK_OF[zone.name], node: zone.node, bound: true, task: MEMALLOC, order };
    const next = goOn(rules, one, ask(one.world, asked));
    if (next === undefined) return one;
    one = next;
  }
}

/** Has each zone grant its largest block, and no zone asks to be balanced. */
export function grantLargest(rules: Go, begin: Here): Here {
  const { machine, zones } = begin.world.state;
  const order = machine.orders - 1;
  const all = zones.reduce((one, { name, node }) => {
    const asked = { gfp: MASK_OF[name], node, bound: true, task: MEMALLOC, order };
    return goOn(rules, one, ask(one.world, asked)) ?? one;
  }, begin);
  return goOn(rules, all, { kind: 'kswapd', plan: [] }) ?? all;
}

/** Frees blocks of a zone, the largest first, until `pages` are free; less if its blocks do not add up to that. */
function freeIn(rules: Go, begin: Here, place: number, pages: number): Here {
  const slots = [...begin.world.slots.entries()].toSorted(
    ([, one], [, other]) => (other?.order ?? 0) - (one?.order ?? 0),
  );
  return slots.reduce((one, [slot, block]) => {
    const zone = one.world.state.zones[place];
    if (zone === undefined || block === undefined) return one;
    const { base, pages: all } = zone.placed.state.arena;
    const isInside = block.head >= base && block.head < base + all;
    if (!isInside || zoneOf.freePages(zone) + 2 ** block.order > pages) return one;
    return goOn(rules, one, { kind: 'free', of: slot, byFrame: false }) ?? one;
  }, begin);
}

/** Leaves `free` pages in each zone, none in those after them, and no zone that asks to be balanced: all are drained first. */
export function leave(rules: Go, begin: Here, free: readonly number[]): Here {
  const drained = begin.world.state.zones.reduce((one, _, place) => drainZone(rules, one, place), begin);
  const left = free.reduce((one, pages, place) => freeIn(rules, one, place, pages), drained);
  const asks = left.world.state.zones.some(({ needBalance }) => needBalance);
  return asks ? (goOn(rules, left, { kind: 'kswapd', plan: [] }) ?? left) : left;
}

/** Returns the numbers of free pages of a zone at which an order 0 request fares differently: none, at each mark and beyond it, all that can be. */
export function turns({ state }: World, place: number): readonly number[] {
  const zone = state.zones[place];
  if (zone === undefined) return [];
  const { low, min } = zone.watermarks;
  const most = zoneOf.freePages(zone);
  const at = [min >> 2, min, low].flatMap((mark) => [1 + mark, 2 + mark]);
  return [...new Set([0, ...at, most])].filter((free) => free <= most).toSorted((one, other) => one - other);
}
