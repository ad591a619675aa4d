// The public face of a machine's memory: alloc_pages, __free_pages and what stands around them, every number checked.
import { Current } from './current.ts';
import { NONE } from '../buddy/buddy.ts';
import { PF_MEMALLOC, PF_NONE, isGfp, isTaskFlags, wantsHighmem, withDma } from './gfp.ts';
import { STALLED } from './page-alloc.ts';
import { allocPages, allocPagesNode } from './node.ts';
import { newTask, putFor } from './reclaim.ts';
import { kswapdBalance } from './kswapd.ts';
import { getPage, pageAddress, pageCount, virtToFrame } from './page.ts';
import { lockIrqsave, unlockIrqrestore } from '../smp/guard.ts';
import { memclass } from './machine-zone.ts';
import { observeMachine } from './observe.ts';
import { pageSizeOf } from '../words/page-size.ts';
import { order as orderFrom, pfn } from '../words/unit.ts';
import { done, exhausted, stalled, rejected } from './answer.ts';
import type { Ungranted } from './answer.ts';
import type { ClassZone, Reclaim, Reclaimer, Task } from './reclaim.ts';
import type {
  Gfp,
  Machine,
  MachineObservation,
  NodeId,
  Order,
  Outcome,
  PageMisuse,
  PageOutcome,
  Pfn,
  TaskFlags,
  VirtualAddress,
} from '../../protocol/index.ts';
import type { Door } from '../boot/retire.ts';
import type { Answer } from './page-alloc.ts';
import type { MachineZone } from './machine-zone.ts';
import type { Nodes } from './pgdat.ts';

/** A granted block by its address, or why none was granted. */
export type AddressOutcome = { readonly kind: 'granted'; readonly address: VirtualAddress } | Ungranted;

const ORDER_0: Order = orderFrom(0);

/** The public face of a machine's memory: checks every number, rejects every misuse before anything is touched. */
export class PhysicalMemory {
  readonly #machine: Machine;
  readonly #zones: readonly MachineZone[];
  readonly #nodes: Nodes;
  readonly #reclaimer: Reclaimer;
  readonly #reclaim: Reclaim;
  readonly #classZones: readonly ClassZone[];
  readonly #clearPage: (frame: Pfn) => void;
  readonly #observation: MachineObservation;
  readonly #current: Current;
  readonly #kswapd: Task = newTask(PF_MEMALLOC);

  constructor(
    machine: Machine,
    zones: readonly MachineZone[],
    nodes: Nodes,
    reclaimer: Reclaimer,
    clearPage: (frame: Pfn) => void,
    node: NodeId,
  ) {
    this.#machine = machine;
    this.#zones = zones;
    this.#nodes = nodes;
    this.#current = new Current(node, () => this.#breakLocks());
    this.#classZones = zones.map((zone) => this.#classZone(zone));
    this.#reclaim = {
      reclaimer,
      classOf: (zone) => this.#classZones[zone.place] ?? this.#classZone(zone),
      free: (task) => (head, order) => this.#free(head, order, task),
    };
    this.#reclaimer = reclaimer;
    reclaimer.attach?.({
      usersOf: (head) => this.#usersOfSingle(head),
      getPage: (head) => this.getPage(head),
      putPage: (head) => this.putPage(head),
    });
    this.#clearPage = clearPage;
    this.#observation = observeMachine(machine, zones, nodes.pgdatList.toReversed());
  }

  /**
   * Carries out what a processor does: a request that names no node, by whatever door it comes, is one of the processor's node.
   * Outside of this the processor is one of node 0, or the one that this face of a shared machine was made for.
   * @clause NODE-5 @linux mm/numa.c _alloc_pages
   */
  runOn<Result>({ node }: { readonly node: NodeId }, call: () => Result): Result {
    return this.#current.runOn(node, call);
  }

  /**
   * Grants a block of 2^order pages on the node of the caller's processor, or on another one. Returns `exhausted` if the
   * request is refused, `stalled` if the kernel would wait here until another task frees memory.
   * @clause NODE-1 @clause TAKE-5 @clause GFP-2 @linux include/linux/mm.h alloc_pages
   */
  allocPages(gfp: Gfp, order: Order, node: NodeId = this.#current.node, flags: TaskFlags = PF_NONE): PageOutcome {
    const misuse = this.#requestMisuse(gfp, order, node, flags);
    if (misuse !== undefined) return rejected(misuse);
    if (order >= this.#machine.orders) return exhausted;
    const request = (task: Task): Answer => allocPages(this.#nodes, node, gfp, order, task, this.#reclaim);
    return this.#answer(this.#current.run(flags, request));
  }

  /**
   * Grants a block of 2^order pages on one node alone.
   * @clause NODE-2 @linux mm/numa.c alloc_pages_node
   * @departure NODE-ORDER an order that the machine lacks is refused; the kernel looks for it after its last list
   */
  allocPagesNode(node: NodeId, gfp: Gfp, order: Order, flags: TaskFlags = PF_NONE): PageOutcome {
    const misuse = this.#requestMisuse(gfp, order, node, flags);
    if (misuse !== undefined) return rejected(misuse);
    if (order >= this.#machine.orders) return exhausted;
    const request = (task: Task): Answer => allocPagesNode(this.#nodes, node, gfp, order, task, this.#reclaim);
    return this.#answer(this.#current.run(flags, request));
  }

  /** Grants one page. @linux include/linux/mm.h alloc_page */
  allocPage(gfp: Gfp): PageOutcome {
    return this.allocPages(gfp, ORDER_0);
  }

  /**
   * Grants a block of 2^order pages by its address.
   * @clause PAGE-6 @linux mm/page_alloc.c __get_free_pages
   * @departure HIGHMEM-ADDRESS a mask with HIGHMEM is rejected: the kernel takes the page, finds no address, and loses it
   */
  getFreePages(gfp: Gfp, order: Order): AddressOutcome {
    if (isGfp(gfp) && wantsHighmem(gfp)) return rejected('no-address');
    return this.#byAddress(this.allocPages(gfp, order));
  }

  /** Grants one page by its address. @linux include/linux/mm.h __get_free_page */
  getFreePage(gfp: Gfp): AddressOutcome {
    return this.getFreePages(gfp, ORDER_0);
  }

  /** Grants a block of the zone DMA by its address. @linux include/linux/mm.h __get_dma_pages */
  getDmaPages(gfp: Gfp, order: Order): AddressOutcome {
    return isGfp(gfp) ? this.#byAddress(this.allocPages(withDma(gfp), order)) : rejected('no-such-flags');
  }

  /** Grants one page by its address, filled with zeroes. @clause PAGE-5 @linux mm/page_alloc.c get_zeroed_page */
  getZeroedPage(gfp: Gfp): AddressOutcome {
    const outcome = this.getFreePages(gfp, ORDER_0);
    if (outcome.kind === 'granted') this.#clearPage(virtToFrame(outcome.address, pageSizeOf(this.#machine)));
    return outcome;
  }

  /**
   * Takes one user from the outstanding block of 2^order pages at `head`; frees it if that was the last. Rejects anything else,
   * and a page that the page cache alone uses.
   * @clause PAGE-2 @clause RECLAIM-5 @clause GIVE-1 @clause MISUSE-7 @linux mm/page_alloc.c __free_pages
   * @departure LAST-IS-CACHE freeing a page that the page cache alone uses is rejected; the kernel takes the page off its list, and stops by BUG because it still belongs to a file
   * @departure RESERVED freeing a page that was never handed over is rejected; the kernel does nothing, and reports nothing
   */
  freePages(head: Pfn, order: Order): PageOutcome {
    return this.#current.run(PF_NONE, (task) => this.#free(head, order, task));
  }

  /** Takes one user from the outstanding page at `head`. @linux include/linux/mm.h put_page */
  putPage(head: Pfn): PageOutcome {
    return this.freePages(head, ORDER_0);
  }

  /**
   * Takes one user from the outstanding block of 2^order pages at an address; does nothing at address 0.
   * @clause PAGE-6 @linux mm/page_alloc.c free_pages
   */
  freeAddress(address: VirtualAddress, order: Order): PageOutcome {
    return address === 0 ? done : this.freePages(virtToFrame(address, pageSizeOf(this.#machine)), order);
  }

  /** Adds a user to the outstanding block at `head`; rejects any other page. @clause PAGE-4 @linux include/linux/mm.h get_page */
  getPage(head: Pfn): PageOutcome {
    const zone = this.#zoneOf(head);
    if (zone === undefined) return rejected('no-such-page');
    return this.#current.run(PF_NONE, () => {
      const flags = lockIrqsave(zone);
      const isUsed = pageCount(zone.counts, head - zone.buddy.base) > 0;
      if (isUsed) getPage(zone.counts, head - zone.buddy.base);
      unlockIrqrestore(zone, flags);
      return isUsed ? done : rejected('no-such-page');
    });
  }

  /** Returns the number of a page's users; 0 if it is not the first of an outstanding block. @clause PAGE-3 @linux include/linux/mm.h page_count */
  pageCount(frame: Pfn): number {
    const zone = this.#zoneOf(frame);
    return zone === undefined ? 0 : pageCount(zone.counts, frame - zone.buddy.base);
  }

  /** Returns the kernel's address of a page; undefined for one of HighMem or of no zone. @clause PAGE-6 @linux include/linux/mm.h page_address */
  pageAddress(frame: Pfn): VirtualAddress | undefined {
    const zone = this.#zoneOf(frame);
    return zone === undefined ? undefined : pageAddress(zone.name, frame, pageSizeOf(this.#machine));
  }

  /** Runs kswapd once over all nodes. Returns whether a zone asks on. @clause RECLAIM-3 @linux mm/vmscan.c kswapd_balance */
  balance(): boolean {
    return this.#current.switchTo(this.#kswapd, (task) => kswapdBalance(this.#nodes.pgdatList, task, this.#reclaim));
  }

  /** Makes a frame free that was never in use, once. @clause HAND-1 @clause HAND-2 @clause HAND-3 */
  handOver(frame: Pfn): Outcome {
    const zone = this.#zoneOf(frame);
    if (zone === undefined) return { kind: 'rejected', misuse: 'no-such-frame', clause: 'HAND-3' };
    return this.#handOverIn(zone, frame);
  }

  /** Hands over every frame but the holes, ascending in each zone: for a machine without boot memory. @clause HAND-1 */
  handOverAll(): void {
    for (const zone of this.#zones) {
      for (let page = 0; page < zone.buddy.pages; page++) this.#handOverIn(zone, pfn(zone.buddy.base + page));
    }
  }

  /** Returns the doors by which boot memory hands frames over, one per zone. @clause HAND-1 */
  doors(): readonly Door[] {
    return this.#zones.map((zone) => ({
      handOver: (frame) => this.#handOverIn(zone, frame),
      observe: () => zone.allocator.observe(),
    }));
  }

  /** Returns all that the machine's memory holds; it changes as the memory does. */
  observe(): MachineObservation {
    return this.#observation;
  }

  /** Returns what is wrong with a request; undefined if nothing is. */
  #requestMisuse(gfp: Gfp, order: Order, node: NodeId, flags: TaskFlags): PageMisuse | undefined {
    if (!Number.isInteger(order) || order < 0) return 'no-such-order';
    if (!isGfp(gfp) || !isTaskFlags(flags)) return 'no-such-flags';
    return this.#machine.nodes[node] === undefined ? 'no-such-node' : undefined;
  }

  /** Returns an answer of the core as an outcome. */
  #answer(frame: Answer): PageOutcome {
    if (frame === NONE) return exhausted;
    return frame === STALLED ? stalled : { kind: 'granted', head: frame };
  }

  /** Returns an outcome with an address in place of a frame. */
  #byAddress(outcome: PageOutcome): AddressOutcome {
    if (outcome.kind !== 'granted') return outcome;
    const address = this.pageAddress(outcome.head);
    return address === undefined ? rejected('no-address') : { kind: 'granted', address };
  }

  /** Takes a user from a block on behalf of a task, and frees it if that was the last. */
  #free(head: Pfn, order: Order, task: Task): PageOutcome {
    const zone = this.#zoneOf(head);
    if (zone === undefined) return rejected('out-of-range');
    const put = putFor(task, zone, head, order, this.#reclaimer.holds?.(head) === true);
    return put === 'freed' || put === 'in use' ? done : rejected(put);
  }

  /** Returns the number of users of an outstanding single page; 0 for any other. */
  #usersOfSingle(head: Pfn): number {
    const zone = this.#zoneOf(head);
    return zone?.allocator.misuseOf(head, ORDER_0) === undefined ? this.pageCount(head) : 0;
  }

  /** Makes a frame of a zone free, under the zone's lock. @clause SMP-6 */
  #handOverIn(zone: MachineZone, frame: Pfn): Outcome {
    return this.#current.run(PF_NONE, () => {
      const flags = lockIrqsave(zone);
      const outcome = zone.allocator.handOver(frame);
      unlockIrqrestore(zone, flags);
      return outcome;
    });
  }

  /** Breaks the locks after a bug, which leaves a zone half-changed: nobody gets one after that, and all who ask stop. */
  #breakLocks(): void {
    for (const { guard } of [this.#nodes, ...this.#zones]) guard?.break();
  }

  /** Returns the zone that a frame is in. @clause ZONE-2 */
  #zoneOf(frame: Pfn): MachineZone | undefined {
    if (!Number.isInteger(frame)) return undefined;
    for (const zone of this.#zones) {
      const page = frame - zone.buddy.base;
      if (page >= 0 && page < zone.buddy.pages) return zone;
    }
    return undefined;
  }

  /** Returns a zone as a reclaimer sees it. */
  #classZone(classZone: MachineZone): ClassZone {
    const { name, node } = classZone;
    const isIn = (frame: Pfn): boolean => {
      const zone = this.#zoneOf(frame);
      return zone !== undefined && memclass(zone, classZone);
    };
    return { node, name, memclass: isIn };
  }
}
