import { NONE } from '../buddy/buddy.ts';
import { PF_MEMALLOC, PF_NONE, isGfp, isTaskFlags, wantsHighmem, withDma } from './gfp.ts';
import { STALLED } from './page-alloc.ts';
import { allocPages, allocPagesNode } from './node.ts';
import { freeFor, newTask } from './reclaim.ts';
import { kswapdBalance } from './kswapd.ts';
import { getPage, pageAddress, pageCount, putPageTestzero, virtToFrame } from './page.ts';
import { memclass } from './machine-zone.ts';
import { observeMachine } from './observe.ts';
import { order as orderFrom, nodeId, pfn } from '../words/unit.ts';
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
import type { MachineZone } from './machine-zone.ts';
import type { Nodes, PgData } from './pgdat.ts';

/** A block by address, or why there is none. */
export type AddressOutcome = { readonly kind: 'granted'; readonly address: VirtualAddress } | Ungranted;

const NODE_0: NodeId = nodeId(0);
const ORDER_0: Order = orderFrom(0);

/** The public face of a machine's memory: looks at every number, rejects every misuse before anything is touched. */
export class PhysicalMemory {
  readonly #machine: Machine;
  readonly #zones: readonly MachineZone[];
  readonly #nodes: Nodes;
  readonly #reclaim: Reclaim;
  readonly #classZones: readonly ClassZone[];
  readonly #clearPage: (frame: number) => void;
  readonly #observation: MachineObservation;
  readonly #task: Task = newTask(PF_NONE);
  readonly #kswapd: Task = newTask(PF_MEMALLOC);

  constructor(
    machine: Machine,
    zones: readonly MachineZone[],
    nodes: readonly PgData[],
    reclaimer: Reclaimer,
    clearPage: (frame: number) => void,
  ) {
    this.#machine = machine;
    this.#zones = zones;
    this.#nodes = { policy: machine.policy, pgdatList: nodes.toReversed(), next: 0 };
    this.#classZones = zones.map((zone) => this.#classZone(zone));
    const free = [this.#task, this.#kswapd].map((task) => (head: Pfn, order: Order) => this.#free(head, order, task));
    this.#reclaim = {
      reclaimer,
      classOf: (zone) => this.#classZones[zone.place] ?? this.#classZone(zone),
      free: (task) => free[task === this.#task ? 0 : 1] ?? ((head, order) => this.#free(head, order, task)),
    };
    this.#clearPage = clearPage;
    this.#observation = observeMachine(machine, zones, nodes);
  }

  /**
   * Grants a block of 2^order pages, of the node that the caller's processor belongs to or of another.
   * `exhausted`: refused; `stalled`: the kernel would wait here until somebody else frees memory.
   * @clause NODE-1 @clause TAKE-5 @clause GFP-2 @linux include/linux/mm.h alloc_pages
   */
  allocPages(gfp: Gfp, order: Order, node: NodeId = NODE_0, flags: TaskFlags = PF_NONE): PageOutcome {
    const misuse = this.#requestMisuse(gfp, order, node, flags);
    if (misuse !== undefined) return rejected(misuse);
    if (order >= this.#machine.orders) return exhausted;
    return this.#answer(allocPages(this.#nodes, node, gfp, order, this.#taskWith(flags), this.#reclaim));
  }

  /**
   * Grants a block of 2^order pages of one node alone.
   * @clause NODE-2 @linux mm/numa.c alloc_pages_node
   * @departure NODE-ORDER an order that the machine lacks is refused; the kernel looks for it behind its last list
   */
  allocPagesNode(node: NodeId, gfp: Gfp, order: Order, flags: TaskFlags = PF_NONE): PageOutcome {
    const misuse = this.#requestMisuse(gfp, order, node, flags);
    if (misuse !== undefined) return rejected(misuse);
    if (order >= this.#machine.orders) return exhausted;
    return this.#answer(allocPagesNode(this.#nodes, node, gfp, order, this.#taskWith(flags), this.#reclaim));
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

  /** Grants a block of DMA by its address. @linux include/linux/mm.h __get_dma_pages */
  getDmaPages(gfp: Gfp, order: Order): AddressOutcome {
    return isGfp(gfp) ? this.#byAddress(this.allocPages(withDma(gfp), order)) : rejected('no-such-flags');
  }

  /** Grants one page by its address, filled with zeroes. @clause PAGE-5 @linux mm/page_alloc.c get_zeroed_page */
  getZeroedPage(gfp: Gfp): AddressOutcome {
    const outcome = this.getFreePages(gfp, ORDER_0);
    if (outcome.kind === 'granted') this.#clearPage(virtToFrame(outcome.address));
    return outcome;
  }

  /**
   * Takes one user from the outstanding block of 2^order pages at `head`; the last one makes it free. Anything else is rejected.
   * @clause PAGE-2 @clause GIVE-1 @clause MISUSE-7 @linux mm/page_alloc.c __free_pages
   * @departure RESERVED freeing a page that was never handed over is rejected; the kernel does nothing, and tells nobody
   */
  freePages(head: Pfn, order: Order): PageOutcome {
    this.#task.flags = PF_NONE;
    return this.#free(head, order, this.#task);
  }

  /** The same for one page. @linux include/linux/mm.h put_page */
  putPage(head: Pfn): PageOutcome {
    return this.freePages(head, ORDER_0);
  }

  /**
   * The same by address; nothing is done at address 0.
   * @clause PAGE-6 @linux mm/page_alloc.c free_pages
   */
  freeAddress(address: VirtualAddress, order: Order): PageOutcome {
    return address === 0 ? done : this.freePages(pfn(virtToFrame(address)), order);
  }

  /** Gives the outstanding block at `head` one more user; any other page is rejected. @clause PAGE-4 @linux include/linux/mm.h get_page */
  getPage(head: Pfn): PageOutcome {
    const zone = this.#zoneOf(head);
    if (zone === undefined || pageCount(zone.counts, head - zone.buddy.base) === 0) return rejected('no-such-page');
    getPage(zone.counts, head - zone.buddy.base);
    return done;
  }

  /** How many users a page has; 0 where it heads no outstanding block. @clause PAGE-3 @linux include/linux/mm.h page_count */
  pageCount(frame: Pfn): number {
    const zone = this.#zoneOf(frame);
    return zone === undefined ? 0 : pageCount(zone.counts, frame - zone.buddy.base);
  }

  /** Where the kernel sees a page; undefined for one of HighMem or of no zone. @clause PAGE-6 @linux include/linux/mm.h page_address */
  pageAddress(frame: Pfn): VirtualAddress | undefined {
    const zone = this.#zoneOf(frame);
    return zone === undefined ? undefined : pageAddress(zone.name, frame);
  }

  /**
   * One turn of kswapd over all nodes; whether any zone goes on asking to be balanced.
   * @clause RECLAIM-3 @linux mm/vmscan.c kswapd_balance
   */
  balance(): boolean {
    return kswapdBalance(this.#nodes.pgdatList, this.#kswapd, this.#reclaim);
  }

  /** Makes a frame that was never in use free, once. @clause HAND-1 @clause HAND-2 @clause HAND-3 */
  handOver(frame: Pfn): Outcome {
    const zone = this.#zoneOf(frame);
    if (zone === undefined) return { kind: 'rejected', misuse: 'no-such-frame', clause: 'HAND-3' };
    return zone.allocator.handOver(frame);
  }

  /** Hands over every frame but the holes, ascending in each zone: for who has no boot memory. @clause HAND-1 */
  handOverAll(): void {
    for (const { allocator, buddy } of this.#zones) {
      for (let page = 0; page < buddy.pages; page++) allocator.handOver(pfn(buddy.base + page));
    }
  }

  /** The doors that boot memory hands frames over by: one for each zone. @clause HAND-1 */
  doors(): readonly Door[] {
    return this.#zones.map(({ allocator }) => allocator);
  }

  /** Everything that the machine's memory holds, live. */
  observe(): MachineObservation {
    return this.#observation;
  }

  #requestMisuse(gfp: Gfp, order: Order, node: NodeId, flags: TaskFlags): PageMisuse | undefined {
    if (!Number.isInteger(order) || order < 0) return 'no-such-order';
    if (!isGfp(gfp) || !isTaskFlags(flags)) return 'no-such-flags';
    return this.#machine.nodes[node] === undefined ? 'no-such-node' : undefined;
  }

  #taskWith(flags: TaskFlags): Task {
    this.#task.flags = flags;
    return this.#task;
  }

  #answer(frame: number): PageOutcome {
    if (frame === NONE) return exhausted;
    return frame === STALLED ? stalled : { kind: 'granted', head: pfn(frame) };
  }

  #byAddress(outcome: PageOutcome): AddressOutcome {
    if (outcome.kind !== 'granted') return outcome;
    const address = this.pageAddress(outcome.head);
    return address === undefined ? rejected('no-address') : { kind: 'granted', address };
  }

  #free(head: Pfn, order: Order, task: Task): PageOutcome {
    const zone = this.#zoneOf(head);
    if (zone === undefined) return rejected('out-of-range');
    const misuse = zone.allocator.misuseOf(head, order);
    if (misuse !== undefined) return rejected(misuse);
    const page = head - zone.buddy.base;
    if (putPageTestzero(zone.counts, page)) freeFor(task, zone, page, order);
    return done;
  }

  /** The zone that a frame lies in. @clause ZONE-2 */
  #zoneOf(frame: number): MachineZone | undefined {
    if (!Number.isInteger(frame)) return undefined;
    for (const zone of this.#zones) {
      const page = frame - zone.buddy.base;
      if (page >= 0 && page < zone.buddy.pages) return zone;
    }
    return undefined;
  }

  #classZone(classZone: MachineZone): ClassZone {
    const { name, node } = classZone;
    const isIn = (frame: Pfn): boolean => {
      const zone = this.#zoneOf(frame);
      return zone !== undefined && memclass(zone, classZone);
    };
    return { node, name, memclass: isIn };
  }
}
