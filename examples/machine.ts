/** A page allocator with zones, watermarks, reclaim and nodes: in each zone the buddy allocator of allocator.ts. */
import { Allocator } from './allocator.ts';
import type { MachineHost, MachineObject, PageRequest } from 'buddy-oracle';
import type { Machine as Shape } from 'buddy-oracle/protocol';

type ZoneShape = Shape['nodes'][number]['zones'][number];

/** Bits of a gfp mask, and flags of the tasks to which no watermark applies. */
const [DMA, HIGHMEM, WAIT, EXEMPT] = [0x01, 0x02, 0x10, 0x1800];
const NAMES = ['DMA', 'Normal', 'HighMem'] as const;

interface Block {
  readonly head: number;
  readonly order: number;
}

class Zone {
  readonly node: number;
  readonly height: number;
  readonly min: number;
  free: number;
  asks = false;
  readonly #shape: ZoneShape;
  readonly #buddy: Allocator;

  constructor(node: number, shape: ZoneShape, { balance, orders }: Shape) {
    const { ratio, least, most } = balance[shape.name];
    this.node = node;
    this.height = NAMES.indexOf(shape.name);
    this.free = shape.holes.reduce((left, [, count]) => left - count, shape.pages);
    this.min = Math.min(Math.max(Math.floor(this.free / ratio), least), most);
    this.#shape = shape;
    this.#buddy = new Allocator({ ...shape, orders, reserved: shape.holes });
  }

  has(frame: number): boolean {
    return frame >= this.#shape.base && frame < this.#shape.base + this.#shape.pages;
  }

  take(order: number): number | undefined {
    const head = this.#buddy.allocate(order);
    if (head !== undefined) this.free -= 2 ** order;
    return head;
  }

  give({ head, order }: Block): void {
    this.#buddy.free(head, order);
    this.free += 2 ** order;
  }
}

/** All memory of a machine. */
export class Machine implements MachineObject {
  readonly #host: MachineHost;
  readonly #zones: readonly Zone[];
  readonly #orders: number;
  readonly #isLocal: boolean;
  /** The last node is the first of the list. */
  readonly #nodes: readonly number[];
  readonly #users = new Map<number, number>();
  #next = 0;
  /** While somebody reclaims for a request of his own: the first block that this frees. */
  #kept: Block[] | undefined;

  constructor(shape: Shape, host: MachineHost) {
    this.#host = host;
    this.#zones = shape.nodes.flatMap(({ zones }, node) => zones.map((zone) => new Zone(node, zone, shape)));
    this.#nodes = shape.nodes.map((_, node) => node).reverse();
    this.#orders = shape.orders;
    this.#isLocal = shape.policy === 'node-local';
  }

  allocate(request: PageRequest): number | 'stalled' | null {
    if (request.order >= this.#orders) return null;
    let start = this.#nodes.indexOf(request.node);
    if (!this.#isLocal) {
      start = this.#next;
      this.#next = (start + 1) % this.#nodes.length;
    }
    const nodes = [...this.#nodes.slice(start), ...this.#nodes.slice(0, start)];
    for (const node of this.#isLocal && request.bound ? nodes.slice(0, 1) : nodes) {
      const answer = this.#allocateOn(node, request);
      if (typeof answer === 'number') this.#users.set(answer, 1);
      if (answer !== undefined) return answer;
    }
    return null;
  }

  free(head: number, order: number): void {
    const users = (this.#users.get(head) ?? 0) - 1;
    this.#users.set(head, users);
    if (users > 0) return;
    if (this.#kept?.length === 0) this.#kept.push({ head, order });
    else this.#zoneOf(head)?.give({ head, order });
  }

  get(head: number): void {
    this.#users.set(head, (this.#users.get(head) ?? 0) + 1);
  }

  balance(): void {
    for (const zone of this.#nodes.flatMap((node) => this.#zonelist(node, 2)).filter(({ asks }) => asks)) {
      const isEnough = this.#host.reclaim();
      const mates = this.#zonelist(zone.node, zone.height);
      zone.asks = isEnough && !mates.some(({ free, min }) => free > 3 * min);
    }
  }

  observe(): readonly (readonly [number, boolean])[] {
    return this.#zones.map(({ asks, free }) => [free, asks] as const);
  }

  #zoneOf(frame: number): Zone | undefined {
    return this.#zones.find((zone) => zone.has(frame));
  }

  /** Returns the zones of a node that are not above a height, from the highest to the lowest. */
  #zonelist(node: number, height: number): readonly Zone[] {
    return this.#zones.filter((zone) => zone.node === node && zone.height <= height).reverse();
  }

  /** Allocates on one node as Linux 2.4 does: ever lower watermarks, then reclaim. */
  #allocateOn(node: number, { gfp, order, task }: PageRequest): number | 'stalled' | undefined {
    const zonelist = this.#zonelist(node, (gfp & DMA) !== 0 ? 0 : (gfp & HIGHMEM) !== 0 ? 2 : 1);
    const waits = (gfp & WAIT) !== 0;
    const [wanted] = zonelist;
    if (wanted === undefined) return undefined;
    const plenty = takeAbove(zonelist, order, ({ min }) => 2 * min);
    if (plenty !== undefined) return plenty;
    wanted.asks = true;
    this.#host.wakeKswapd();
    const enough = takeAbove(zonelist, order, ({ min }) => (waits ? min : min >> 2));
    if (enough !== undefined) return enough;
    if ((task & EXEMPT) !== 0) return takeAny(zonelist, order);
    return waits ? this.#reclaimFor(zonelist, order) : undefined;
  }

  #reclaimFor(zonelist: readonly Zone[], order: number): number | 'stalled' | undefined {
    for (;;) {
      const kept = this.#reclaim();
      if (kept !== undefined) {
        const zone = this.#zoneOf(kept.head);
        if (zone !== undefined && zonelist.includes(zone) && kept.order === order) return kept.head;
        zone?.give(kept);
      }
      const head = takeAbove(zonelist, order, ({ min }) => min);
      if (head !== undefined || order > 3) return head;
      if (kept === undefined) return 'stalled';
    }
  }

  /** Reclaims; returns the first block that this freed, which is in no zone yet. */
  #reclaim(): Block | undefined {
    const kept: Block[] = [];
    this.#kept = kept;
    this.#host.reclaim();
    this.#kept = undefined;
    return kept[0];
  }
}

/** Takes a block of the first zone that keeps its mark and those of the zones before it. */
function takeAbove(zonelist: readonly Zone[], order: number, markOf: (zone: Zone) => number): number | undefined {
  let needed = 2 ** order;
  for (const zone of zonelist) {
    needed += markOf(zone);
    const head = zone.free > needed ? zone.take(order) : undefined;
    if (head !== undefined) return head;
  }
  return undefined;
}

/** Takes a block of the first zone that has one. */
function takeAny(zonelist: readonly Zone[], order: number): number | undefined {
  for (const zone of zonelist) {
    const head = zone.take(order);
    if (head !== undefined) return head;
  }
  return undefined;
}
