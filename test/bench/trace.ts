/** The sequences of operations that every allocator is timed on. */
import { readFileSync, writeFileSync } from 'node:fs';
import { frameIndex, order as orderFrom } from '../../src/index.ts';
import { zoneOf } from './runs/zones.ts';
import { worstFrees } from '../../conformance/kinds/buddy/worst/frees.ts';
import { Random } from '../../conformance/random.ts';

/** What orders are asked for: each alike, or order 0 in nine of ten. */
export type Mix = 'uniform orders' | 'mostly order 0';

/** A sequence of operations that every allocator is timed on. */
export interface Trace {
  readonly pages: number;
  readonly orders: number;
  /** v >= 0: allocate order v. v < 0: free what slot -(v + 1) was granted; slots count the allocations from 0. */
  readonly operations: Int32Array;
}

/** Occupied at least, and at most, as shares of the pages. */
const LEAST = 0.5;
const MOST = 0.9;

function drawOrder(random: Random, orders: number, mix: Mix): number {
  if (mix === 'uniform orders' || random.chance(0.1)) return random.below(orders);
  return 0;
}

/** Makes a trace on the 2.4 reference, so that what is freed was granted; occupancy wanders between its bounds. */
export function makeTrace(pages: number, orders: number, count: number, mix: Mix, seed: number): Trace {
  const random = new Random(seed);
  const { zone, core } = zoneOf('2.4', pages, orders);
  const operations = new Int32Array(count);
  const heads: number[] = [];
  const orderOf: number[] = [];
  const live: number[] = [];
  let used = 0;
  let growing = true;
  for (let n = 0; n < count; n++) {
    if (used < LEAST * pages) growing = true;
    if (used > MOST * pages) growing = false;
    const allocates = live.length === 0 || random.chance(growing ? 0.6 : 0.4);
    if (allocates) {
      const order = drawOrder(random, orders, mix);
      const page = core.take(zone, orderFrom(order));
      operations[n] = order;
      if (page >= 0) {
        live.push(heads.length);
        used += 2 ** order;
      }
      heads.push(page);
      orderOf.push(order);
      continue;
    }
    const at = random.below(live.length);
    const slot = live[at] ?? 0;
    live[at] = live.at(-1) ?? 0;
    live.pop();
    const order = orderOf[slot] ?? 0;
    core.give(zone, frameIndex(heads[slot] ?? 0), orderFrom(order));
    used -= 2 ** order;
    operations[n] = -(slot + 1);
  }
  return { pages, orders, operations };
}

/**
 * Makes a trace of the worst operations: every page is granted by itself, every second one is freed, far apart; then the others, but
 * the last page of each largest block; at the end those, each of which joins through every order.
 */
export function makeWorst(pages: number, orders: number): Trace {
  const { zone, core } = zoneOf('2.4', pages, orders);
  const heads = Array.from({ length: pages }, (): number => core.take(zone, orderFrom(0)));
  const slotAt = new Int32Array(pages);
  for (const [slot, head] of heads.entries()) slotAt[head] = slot;
  const { apart, joining, last } = worstFrees(pages, orders);
  const freed = [...apart, ...joining, ...last];
  return {
    pages,
    orders,
    operations: Int32Array.from([...heads.map(() => 0), ...freed.map((page) => ~(slotAt[page] ?? 0))]),
  };
}

/** How many operations at the end of such a trace join through every order. */
export const worstIn = (pages: number, orders: number): number => pages / 2 ** (orders - 1);

/** The orders of a trace's slots. */
export const slotOrders = ({ operations }: Trace): Uint8Array => Uint8Array.from(operations.filter((v) => v >= 0));

/** FNV-1a over what was granted, as int32, least byte first; a refusal is -1. */
export function checksum(granted: Int32Array): string {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(granted.buffer, granted.byteOffset, granted.byteLength)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, '0');
}

/** Writes a trace as the program in C reads it: pages, orders, how many operations, then those, all int32. */
export function saveTrace(file: string, { operations, orders, pages }: Trace): void {
  const header = Int32Array.of(pages, orders, operations.length);
  writeFileSync(file, Buffer.concat([Buffer.from(header.buffer), Buffer.from(operations.buffer)]));
}

export function loadTrace(file: string): Trace {
  const bytes = readFileSync(file);
  const [pages = 0, orders = 0] = new Int32Array(bytes.buffer, bytes.byteOffset, 2);
  return { pages, orders, operations: new Int32Array(bytes.buffer.slice(bytes.byteOffset + 12)) };
}
