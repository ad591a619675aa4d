/**
 * A page allocator with zones, watermarks and nodes, as a pattern for attaching your own:
 *
 *     npx buddy-oracle check -- node machine.js
 *
 * It keeps to Linux 2.4's rules of which zone may give a block, and not to its choice of the block within a zone.
 */
import { fileURLToPath } from 'node:url';
import { machineWords } from './words.js';
import { serve } from './harness.js';

const [DMA, HIGHMEM, WAIT, EXEMPT] = [0x01, 0x02, 0x10, 0x1800];
const NAMES = ['DMA', 'Normal', 'HighMem'];

/** One zone: a buddy system that keeps the free blocks of each order in a set. */
export class Zone {
  constructor(node, [name, base, pages, holes], [ratio, least, most], orders) {
    this.node = node;
    this.id = NAMES.indexOf(name);
    this.base = base;
    this.pages = pages;
    this.asks = false;
    this.lists = Array.from({ length: orders }, () => new Set());
    const missing = holes.reduce((sum, [, count]) => sum + count, 0);
    this.min = Math.min(Math.max(Math.floor((pages - missing) / ratio), least), most);
    for (let page = 0; page < pages; page++) {
      if (!holes.some(([first, count]) => base + page >= first && base + page < first + count)) this.give(page, 0);
    }
  }

  get free() {
    return this.lists.reduce((sum, list, order) => sum + list.size * 2 ** order, 0);
  }

  /** A block's first frame, or null. */
  take(order) {
    const from = this.lists.findIndex((list, at) => at >= order && list.size > 0);
    if (from < 0) return null;
    const [page] = this.lists[from];
    this.lists[from].delete(page);
    for (let at = from - 1; at >= order; at--) this.lists[at].add(page + 2 ** at);
    return this.base + page;
  }

  give(page, order) {
    const buddy = page ^ (1 << order);
    if (order === this.lists.length - 1 || !this.lists[order].delete(buddy)) this.lists[order].add(page);
    else this.give(Math.min(page, buddy), order + 1);
  }
}

/** All of a machine's memory. */
export class Machine {
  constructor({ orders, policy, balance, nodes }) {
    this.orders = orders;
    this.policy = policy;
    this.zones = nodes.flatMap((zones, node) =>
      zones.map((zone) => new Zone(node, zone, balance[NAMES.indexOf(zone[0])], orders)),
    );
    this.nodes = nodes.map((_, node) => node).reverse(); // the last node is first in the list
    this.next = 0;
    this.users = new Map();
    /** While somebody reclaims for himself: the first block that becomes free. */
    this.kept = undefined;
  }

  zoneOf(frame) {
    return this.zones.find(({ base, pages }) => frame >= base && frame < base + pages);
  }

  zonelist(node, gfp) {
    const wanted = gfp & DMA ? 0 : gfp & HIGHMEM ? 2 : 1;
    return this.zones.filter((zone) => zone.node === node && zone.id <= wanted).sort((a, b) => b.id - a.id);
  }

  /** A block of the first zone that keeps its marks, and those of the zones before it. */
  takeAbove(zonelist, order, markOf) {
    let needed = 2 ** order;
    for (const zone of zonelist) {
      needed += markOf(zone);
      const frame = zone.free > needed ? zone.take(order) : null;
      if (frame !== null) return frame;
    }
    return null;
  }

  /** Linux's __alloc_pages on one node. */
  onNode(node, { gfp, order, task }, reclaim, woken) {
    const zonelist = this.zonelist(node, gfp);
    const classZone = zonelist[0];
    if (classZone === undefined) return null;
    const waits = (gfp & WAIT) !== 0;
    let frame = this.takeAbove(zonelist, order, ({ min }) => 2 * min);
    if (frame !== null) return frame;
    classZone.asks = true;
    woken();
    frame = this.takeAbove(zonelist, order, ({ min }) => (waits ? min : min >> 2));
    if (frame !== null) return frame;
    if (task & EXEMPT) return zonelist.reduce((found, zone) => found ?? zone.take(order), null);
    if (!waits) return null;
    for (;;) {
      const { progress, frame: given } = this.reclaimFor(classZone, order, reclaim);
      frame = given ?? this.takeAbove(zonelist, order, ({ min }) => min);
      if (frame !== null) return frame;
      if (order > 3) return null;
      if (!progress) return 'stalled';
    }
  }

  /** A direct reclaim: the first block that it frees is the caller's if it suits. */
  reclaimFor(classZone, order, reclaim) {
    this.kept = null;
    const success = reclaim();
    const kept = this.kept;
    this.kept = undefined;
    if (kept === null) return { progress: false, frame: null }; // what becomes free first is kept: nothing was freed
    const zone = this.zoneOf(kept.frame);
    const suits = zone.node === classZone.node && zone.id <= classZone.id;
    if (success && suits && kept.order === order) return { progress: true, frame: kept.frame };
    zone.give(kept.frame - zone.base, kept.order);
    return { progress: true, frame: null };
  }

  allocatePages(request, reclaim) {
    let woken = false;
    const wake = () => {
      woken = true;
    };
    const frame = request.order >= this.orders ? null : this.search(request, reclaim, wake);
    if (frame !== null && frame !== 'stalled') this.users.set(frame, 1);
    return { frame, woken };
  }

  search(request, reclaim, wake) {
    const local = this.policy === 'node-local';
    let start = this.nodes.indexOf(request.node);
    if (!local) {
      start = this.next;
      this.next = (start + 1) % this.nodes.length;
    }
    const count = local && request.bound ? 1 : this.nodes.length;
    for (let n = 0; n < count; n++) {
      const frame = this.onNode(this.nodes[(start + n) % this.nodes.length], request, reclaim, wake);
      if (frame !== null) return frame;
    }
    return null;
  }

  free(frame, order) {
    const users = this.users.get(frame) - 1;
    this.users.set(frame, users);
    if (users > 0) return;
    if (this.kept === null) this.kept = { frame, order };
    else this.zoneOf(frame).give(frame - this.zoneOf(frame).base, order);
  }

  getPage(frame) {
    this.users.set(frame, this.users.get(frame) + 1);
  }

  kswapd(reclaim) {
    for (const node of this.nodes) {
      for (const zone of this.zones.filter((one) => one.node === node).sort((a, b) => b.id - a.id)) {
        if (!zone.asks) continue;
        const success = reclaim();
        const mates = this.zones.filter((one) => one.node === node && one.id <= zone.id);
        zone.asks = success && !mates.some((one) => one.free > 3 * one.min);
      }
    }
  }

  observe() {
    return { zones: this.zones.map(({ asks, free }) => [free, asks]) };
  }
}

/** Serves a class of machines. */
export const serveMachine = (Class) =>
  serve({
    name: 'machine in JavaScript',
    revision: '1.0.0',
    claims: ['complete', 'best-fit'],
    features: ['machine', 'observe:zones'],
    open: ({ machine }) => (machine === undefined ? { unsupported: 'no machine' } : machineWords(new Class(machine))),
  });

if (process.argv[1] === fileURLToPath(import.meta.url)) await serveMachine(Machine);
