// The public face of the memory of a machine of 2.6.24: every number checked, every misuse rejected before anything is touched.
import { FREE_CLAUSES } from '../buddy/answer.ts';
import { PAGE_SIZE } from '../words/page-size.ts';
import { ZONE_NAMES, buildZonelists } from './zone.ts';
import { allocPages } from './page-alloc.ts';
import { gfpZone, isGfp } from './gfp.ts';
import { isWholeNumber } from '../buddy/shape.ts';
import { setupPerZoneLowmemReserve, setupPerZonePagesMin, tunedZone } from './min-free-kbytes.ts';
import type {
  Clause,
  Gfp,
  Machine26,
  Misuse26,
  Observation26,
  Order,
  Outcome26,
  Pfn,
  Settings26,
  Task26,
  Watermarks,
  ZoneName26,
  ZoneObservation26,
} from '../../protocol/index.ts';
import type { MachineZone, Zonelist } from './zone.ts';
import type { Observation } from '../../protocol/index.ts';

const CLAUSES: Readonly<Record<Misuse26, Clause>> = {
  ...FREE_CLAUSES,
  'no-such-order': 'TAKE-5',
  'no-such-flags': 'GATE-8',
  'no-such-settings': 'GATE-13',
};

const rejected = (misuse: Misuse26): Outcome26 => ({ kind: 'rejected', misuse, clause: CLAUSES[misuse] });

/** A task that is none of what marks are lessened for. */
export const ORDINARY: Task26 = { exempt: false, realtime: false };

/** The port through which memory is reclaimed. */
export interface Reclaimer26 {
  /** Notes that a zone is below pages_low; frees nothing yet. @linux mm/vmscan.c wakeup_kswapd (2.6.24) */
  wakeKswapd(): void;
  /** Frees what it can by `free`. @linux mm/vmscan.c try_to_free_pages (2.6.24) */
  tryToFreePages(gfp: Gfp, order: Order, free: (head: Pfn, order: Order) => Outcome26): void;
}

/** The largest number of kilobytes that can be kept free. */
const MOST_KBYTES = 2 ** 27;

/** Reports whether settings can be set. @clause GATE-13 */
export function areSettings({ minFreeKbytes, ratios }: Settings26): boolean {
  const { DMA, DMA32, Normal } = ratios;
  if (!isWholeNumber(minFreeKbytes, 0, MOST_KBYTES)) return false;
  return [DMA, DMA32, Normal].every((ratio) => isWholeNumber(ratio, 1, Infinity));
}

class ZoneSight implements ZoneObservation26 {
  readonly name: ZoneName26;
  readonly buddy: Observation;
  readonly #zone: MachineZone;

  constructor(zone: MachineZone) {
    this.name = zone.name;
    this.buddy = zone.allocator.observe();
    this.#zone = zone;
  }

  get watermarks(): Watermarks {
    return { min: this.#zone.pagesMin, low: this.#zone.pagesLow, high: this.#zone.pagesHigh };
  }

  get reserves(): readonly number[] {
    return this.#zone.lowmemReserve;
  }
}

/** The memory of a machine of 2.6.24. */
export class Memory26 {
  readonly #machine: Machine26;
  readonly #zones: readonly MachineZone[];
  readonly #zonelists: readonly Zonelist[];
  readonly #reclaimer: Reclaimer26;
  readonly #sights: readonly ZoneSight[];
  #settings: Settings26;
  /** Whether memory is being reclaimed: what is asked for meanwhile is asked by a task that reclaims. */
  #reclaims = false;

  constructor(machine: Machine26, zones: readonly MachineZone[], reclaimer: Reclaimer26) {
    this.#machine = machine;
    this.#zones = zones;
    this.#zonelists = buildZonelists(zones);
    this.#reclaimer = reclaimer;
    this.#sights = zones.map((zone) => new ZoneSight(zone));
    this.#settings = machine.settings;
    this.#tune();
  }

  /**
   * Grants a block of 2^order pages. Returns `exhausted` if the request is refused, `stalled` if the kernel would try on without
   * memory, `out-of-memory` if it would have somebody killed.
   * @clause TAKE-5 @clause GATE-8 @linux include/linux/gfp.h alloc_pages (2.6.24)
   */
  allocPages(gfp: Gfp, order: Order, task: Task26 = ORDINARY): Outcome26 {
    if (!Number.isInteger(order) || order < 0) return rejected('no-such-order');
    if (!isGfp(gfp)) return rejected('no-such-flags');
    if (order >= this.#machine.orders) return { kind: 'exhausted' };
    const { realtime } = task;
    const asks = { realtime, exempt: task.exempt || this.#reclaims };
    return allocPages(gfp, order, asks, this.#zonelists[gfpZone(gfp)] ?? [], {
      wakeKswapd: () => this.#reclaimer.wakeKswapd(),
      tryToFreePages: (mask, of) => this.#reclaim(mask, of),
    });
  }

  /**
   * Frees an outstanding block; rejects anything else.
   * @clause GIVE-1 @clause MISUSE-7 @linux mm/page_alloc.c __free_pages (2.6.24)
   * @departure ONE-USER a block has one user, and freeing it makes it free; the kernel counts users, as its 2.4 does
   */
  freePages(head: Pfn, order: Order): Outcome26 {
    const zone = this.#zones.find((one) => one.has(head));
    const misuse = zone === undefined ? 'out-of-range' : zone.allocator.misuseOf(head, order);
    if (zone === undefined || misuse !== undefined) return rejected(misuse ?? 'out-of-range');
    zone.allocator.free(head, order);
    return { kind: 'done' };
  }

  /**
   * Changes the settings: marks and reserves of all zones follow.
   * @clause GATE-13 @linux mm/page_alloc.c min_free_kbytes_sysctl_handler (2.6.24) @linux mm/page_alloc.c lowmem_reserve_ratio_sysctl_handler (2.6.24)
   */
  set(settings: Settings26): Outcome26 {
    if (!areSettings(settings)) return rejected('no-such-settings');
    this.#settings = settings;
    this.#tune();
    return { kind: 'done' };
  }

  /** Returns all that the memory holds; it changes as the memory does. */
  observe(): Observation26 {
    const settings = (): Settings26 => this.#settings;
    return {
      machine: this.#machine,
      zones: this.#sights,
      get settings() {
        return settings();
      },
    };
  }

  /** Sets the marks and reserves of all zones. @clause GATE-4 @clause GATE-5 */
  #tune(): void {
    const { minFreeKbytes, ratios } = this.#settings;
    const { pageSize = PAGE_SIZE } = this.#machine;
    const all = ZONE_NAMES.map((name) => this.#zones.find((zone) => zone.name === name) ?? tunedZone(0, false));
    setupPerZonePagesMin(this.#zones, Math.floor((minFreeKbytes * 1024) / pageSize));
    setupPerZoneLowmemReserve(all, [ratios.DMA, ratios.DMA32, ratios.Normal]);
  }

  /** Reclaims for a request. Returns how many blocks became free. @clause GATE-10 */
  #reclaim(gfp: Gfp, order: Order): number {
    let freed = 0;
    this.#reclaims = true;
    try {
      this.#reclaimer.tryToFreePages(gfp, order, (head, of) => {
        const outcome = this.freePages(head, of);
        if (outcome.kind === 'done') freed++;
        return outcome;
      });
    } finally {
      this.#reclaims = false;
    }
    return freed;
  }
}
