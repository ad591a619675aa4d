/** The buddy system of 2.6 along a trace: from a list of its free blocks, each block that leaves it is split, each that enters it joined. */
import { FREE, IN, OUT } from './event.ts';
import { buddyOf, parentOf } from '../../spec/arithmetic.ts';
import { order as orderOf, pfn as pfnOf } from '../../spec/unit.ts';
import type { Block } from '../../protocol/index.ts';
import type { TraceEvent } from './event.ts';

/** A zone and its frames, the end not included. */
export interface Zone {
  readonly node: number;
  readonly name: string;
  readonly first: number;
  readonly end: number;
}

/** What a file of free blocks says. */
export interface FreeBlocks {
  readonly zones: readonly Zone[];
  /** Free blocks: frame and order. */
  readonly blocks: readonly (readonly [pfn: number, order: number])[];
}

const ZONE =
  /^# ?zone node=(\d{1,5}) name=(\S{1,32}) pfn=\[(0x[0-9a-f]{1,13}|\d{1,15}),(0x[0-9a-f]{1,13}|\d{1,15})\)/iu;
const BLOCK = /^(0x[0-9a-f]{1,13}|\d{1,15})\s+(\d{1,2})$/iu;

/** Reads free blocks, "frame order" a line, and comments that name zones; the number of the first line that is neither. */
export function readFreeBlocks(text: string): FreeBlocks | number {
  const zones: Zone[] = [];
  const blocks: (readonly [number, number])[] = [];
  for (const [at, line] of text.split(/\r?\n/u).entries()) {
    const [, node, name, first, end] = ZONE.exec(line) ?? [];
    const [, pfn, order] = BLOCK.exec(line.trim()) ?? [];
    if (name !== undefined) zones.push({ node: Number(node), name, first: Number(first), end: Number(end) });
    else if (pfn !== undefined && Number(order) <= 20) blocks.push([Number(pfn), Number(order)]);
    else if (line.trim() !== '' && !line.startsWith('#')) return at + 1;
  }
  return { zones, blocks };
}

/** What the replay saw. */
export interface Replayed {
  /** Blocks that left from the head of a free block, as the 2.6 allocator takes them. */
  outs: number;
  /** Blocks that left from the middle of a free block, or from where nothing was free: isolated by compaction, or freed without an event. */
  outsElsewhere: number;
  ins: number;
  /** Blocks that entered although some of their pages were free: compaction had taken them without an event. */
  insElsewhere: number;
  /** Frees that go to the buddy system without an event of it. */
  direct: number;
}

/** The smallest order above those that lists for each processor hold, up to the one of huge pages. */
const COSTLY = 3;
const HUGE = 9;

/** The free blocks of a buddy system, split and joined as 2.6 does. @clause PLACE-3 @clause PAIR-4 */
export class Replay {
  readonly replayed: Replayed = { outs: 0, outsElsewhere: 0, ins: 0, insElsewhere: 0, direct: 0 };
  readonly #free = new Map<number, number>();
  readonly #zones: readonly Zone[];
  readonly #top: number;
  /** Whether orders up to 3, and 9, go by lists for each processor, as from 5.14 on; before, order 0 alone. */
  #lists = true;

  constructor({ blocks, zones }: FreeBlocks, orders: number) {
    this.#zones = zones;
    this.#top = orders - 1;
    for (const [pfn, order] of blocks) this.#free.set(pfn, order);
  }

  event({ kind, order, pfn, refill }: TraceEvent): void {
    if (kind === OUT) {
      if (order > 0 && order <= COSTLY && refill === 0) this.#lists = false;
      this.#out(pfn, order);
    } else if (kind === IN) this.#in(pfn, order);
    else if (kind === FREE && this.#isDirect(order)) {
      this.replayed.direct++;
      this.#join({ head: pfnOf(pfn), order: orderOf(order) });
    }
  }

  #isDirect(order: number): boolean {
    if (!this.#lists) return order > 0;
    return order > COSTLY && order !== HUGE;
  }

  /** Returns the free block that a frame lies in. */
  #holder(pfn: number): Block | undefined {
    for (let order = 0; order <= this.#top; order++) {
      const head = pfn - (pfn % 2 ** order);
      if (this.#free.get(head) === order) return { head: pfnOf(head), order: orderOf(order) };
    }
    return undefined;
  }

  /** Takes a block: the upper halves of what is too large stay free. */
  #out(pfn: number, order: number): void {
    const holder = this.#holder(pfn);
    if (holder === undefined || holder.order < order || holder.head !== pfn) this.replayed.outsElsewhere++;
    else this.replayed.outs++;
    this.#cut(pfn, order);
  }

  #in(pfn: number, order: number): void {
    const overlaps = this.#cut(pfn, order);
    if (overlaps) this.replayed.insElsewhere++;
    else this.replayed.ins++;
    this.#join({ head: pfnOf(pfn), order: orderOf(order) });
  }

  /** Takes the frames of a block out of the free blocks, wherever they lie; whether any was free. */
  #cut(pfn: number, order: number): boolean {
    const end = pfn + 2 ** order;
    let found = false;
    for (let at = pfn; at < end;) {
      const holder = this.#holder(at);
      if (holder === undefined) {
        at++;
        continue;
      }
      found = true;
      this.#free.delete(holder.head);
      const after = holder.head + 2 ** holder.order;
      this.#keep(holder, pfn, end);
      at = after;
    }
    return found;
  }

  /** Keeps the parts of a free block that lie outside a range, halved as often as it takes. */
  #keep(block: Block, from: number, to: number): void {
    const { head, order } = block;
    const end = head + 2 ** order;
    if (end <= from || head >= to) this.#free.set(head, order);
    else if ((head < from || end > to) && order > 0) {
      const half = orderOf(order - 1);
      this.#keep({ head, order: half }, from, to);
      this.#keep({ head: pfnOf(head + 2 ** half), order: half }, from, to);
    }
  }

  /** Frees a block, and joins it with its buddy as long as that is free and in the same zone. */
  #join(block: Block): void {
    let joined = block;
    while (joined.order < this.#top) {
      const buddy = buddyOf(pfnOf(0), joined);
      if (this.#free.get(buddy.head) !== joined.order || this.#zoneOf(buddy.head) !== this.#zoneOf(joined.head)) break;
      this.#free.delete(buddy.head);
      joined = parentOf(pfnOf(0), joined);
    }
    this.#free.set(joined.head, joined.order);
  }

  #zoneOf(pfn: number): number {
    return this.#zones.findIndex(({ end, first }) => pfn >= first && pfn < end);
  }

  /** Returns what /proc/buddyinfo would say now: for each zone the free blocks by order. */
  buddyinfo(): readonly { readonly zone: Zone | undefined; readonly blocks: readonly number[] }[] {
    const zones = [...this.#zones, undefined];
    const counts = zones.map(() => Array.from({ length: this.#top + 1 }, () => 0));
    for (const [pfn, order] of this.#free) {
      const at = this.#zoneOf(pfn);
      const row = counts[at < 0 ? zones.length - 1 : at];
      if (row !== undefined) row[order] = (row[order] ?? 0) + 1;
    }
    return zones.flatMap((zone, at) => {
      const blocks = counts[at] ?? [];
      return zone === undefined && blocks.every((count) => count === 0) ? [] : [{ zone, blocks }];
    });
  }
}
