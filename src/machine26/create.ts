// Making the memory of a machine of 2.6.24: its zones checked, each with its state in a region of its own, and handed over.
import { MAX_ORDERS, MAX_PAGES, existing, isWholeNumber, refuse } from '../buddy/shape.ts';
import { DEFAULT_RATIOS, initMinFreeKbytes } from './min-free-kbytes.ts';
import { Memory26, areSettings } from './memory.ts';
import { MachineZone, ZONE_NAMES } from './zone.ts';
import { openZone } from '../buddy/allocator.ts';
import { pageSizeOf } from '../words/page-size.ts';
import { pfn } from '../words/unit.ts';
import { regionBytes } from '../buddy/region.ts';
import type { BadShape } from '../buddy/shape.ts';
import type { Machine26, Paged, Settings26, ZoneSpan26 } from '../../protocol/index.ts';
import type { Reclaimer26 } from './memory.ts';

/** MAX_ORDER of 2.6: a count. @linux include/linux/mmzone.h MAX_ORDER (2.6.24) */
const MAX_ORDER = 11;

/** Returns the machine of these zones, with the settings that 2.6.24 begins with. @clause GATE-5 @linux mm/page_alloc.c init_per_zone_pages_min (2.6.24) */
export function machineOf26(zones: Machine26['zones'], orders: number = MAX_ORDER, paged: Paged = {}): Machine26 {
  const low = zones.filter(({ name }) => name !== 'HighMem').reduce((sum, zone) => sum + existing(zone), 0);
  const minFreeKbytes = initMinFreeKbytes(Math.floor((low * pageSizeOf(paged)) / 1024));
  const settings: Settings26 = { minFreeKbytes, ratios: DEFAULT_RATIOS };
  return { orders, zones, settings, ...paged };
}

/** Returns what is wrong with a machine as a whole; undefined if nothing is. The shape of each zone is checked elsewhere. @clause GATE-13 */
function refuseMachine({ settings, zones }: Machine26): BadShape | undefined {
  if (!areSettings(settings)) return refuse('GATE-13', 'its settings cannot be set');
  let [id, end] = [-1, 0];
  for (const { name, base, pages } of zones) {
    if (ZONE_NAMES.indexOf(name) <= id || base < end) {
      return refuse('MAKE-6', `zone ${name} does not lie above the zone before it`);
    }
    [id, end] = [ZONE_NAMES.indexOf(name), base + pages];
  }
  return zones.length === 0 ? refuse('MAKE-6', 'a machine has at least one zone') : undefined;
}

/** Makes a zone, and hands over every frame that exists, ascending. @clause TAKE-3 @linux mm/page_alloc.c free_area_init_core (2.6.24) */
function zoneOf({ orders }: Machine26, span: ZoneSpan26): MachineZone | BadShape {
  const { base, holes, name, pages } = span;
  const isSane = isWholeNumber(pages, 1, MAX_PAGES) && isWholeNumber(orders, 1, MAX_ORDERS);
  const bytes = isSane ? regionBytes('2.6', pages, orders) : 0;
  const shape = { kernel: '2.6', base, pages, orders, holes } as const;
  const opened = openZone(shape, { buffer: new ArrayBuffer(bytes), byteOffset: 0 });
  if (opened.kind === 'rejected') return opened;
  const { allocator, zone } = opened;
  for (let frame = base; frame < base + pages; frame = pfn(frame + 1)) allocator.handOver(frame); // a hole is rejected
  return new MachineZone(name, zone, allocator, existing(span));
}

/** A machine's memory, or why it cannot be made. */
export type CreatedMachine26 = { readonly kind: 'created'; readonly memory: Memory26 } | BadShape;

/** Makes a machine's memory, all of it handed over. @clause MAKE-6 @clause GATE-13 */
export function createMachine26(machine: Machine26, reclaimer: Reclaimer26): CreatedMachine26 {
  const refused = refuseMachine(machine);
  if (refused !== undefined) return refused;
  const zones: MachineZone[] = [];
  for (const span of machine.zones) {
    const zone = zoneOf(machine, span);
    if ('kind' in zone) return zone;
    zones.push(zone);
  }
  return { kind: 'created', memory: new Memory26(machine, zones, reclaimer) };
}
