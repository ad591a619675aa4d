import { OURS, clause } from '../clause-text.ts';
import type { Clause } from '../../protocol/index.ts';
import type { ClauseText } from '../clause-text.ts';

type BootClause = Extract<Clause, `SIZE-${string}` | `BOOT-${string}` | `FIT-${string}` | `RETIRE-${string}`>;

const GORMAN_MAP = 'Gorman, Understanding the Linux Virtual Memory Manager, 5.1 Representing the Boot Map';
const CORE = 'linux 2.4.22 mm/bootmem.c __alloc_bootmem_core';
const RETIREMENT = 'linux 2.4.22 mm/bootmem.c free_all_bootmem_core';

const bootmem = (name: string): string => `linux 2.4.22 mm/bootmem.c ${name}`;
const i386 = (path: string, name: string): string => `linux 2.4.22 arch/i386/${path} ${name}`;

/** The clauses of boot memory, of its retirement, and of the sizes that come before it. */
export const BOOT_CLAUSES: Readonly<Record<BootClause, ClauseText>> = {
  'SIZE-1': clause(
    'memory-limits',
    'Memory reaches from the first page that lies wholly in usable ranges to the last such page.',
    i386('kernel/setup.c', 'find_max_pfn'),
  ),
  'SIZE-2': clause(
    'low-memory',
    'Low memory ends where memory ends, or at the limit of what the kernel maps, whichever is lower.',
    i386('kernel/setup.c', 'find_max_low_pfn'),
  ),
  'SIZE-3': clause(
    'zone-sizes',
    'A node is parted into DMA, Normal and HighMem at the limit of what old devices reach and at that of low memory.',
    i386('mm/init.c', 'zone_sizes_init'),
  ),
  'SIZE-4': clause(
    'zone-holes',
    'The holes of a zone are its pages that do not lie wholly in usable ranges.',
    'linux 2.4.22 mm/page_alloc.c free_area_init_core',
    OURS,
  ),

  'BOOT-1': clause('starts-reserved', 'Every page of a node starts reserved.', bootmem('init_bootmem_core')),
  'BOOT-2': clause(
    'free-inward',
    'Freeing a range frees the pages that lie wholly in it, and a range of no whole page frees nothing.',
    bootmem('free_bootmem_core'),
  ),
  'BOOT-3': clause(
    'reserve-outward',
    'Reserving a range takes every page that it touches.',
    bootmem('reserve_bootmem_core'),
  ),
  'BOOT-4': clause('boot-free-once', 'Freeing a page that is free is rejected.', bootmem('free_bootmem_core')),
  'BOOT-5': clause(
    'reserved-twice',
    'Reserving a page that is taken is reported by the page and does no harm to anyone.',
    bootmem('reserve_bootmem_core'),
  ),
  'BOOT-6': clause(
    'boot-range',
    'Reserving what does not lie in the node, and freeing where the whole pages do not, is rejected.',
    bootmem('reserve_bootmem_core'),
    bootmem('free_bootmem_core'),
  ),
  'BOOT-7': clause(
    'boot-request',
    'A size that is no whole number from 1, an alignment that is no power of two, an address that is no whole number, and a node that is none are rejected.',
    CORE,
    OURS,
  ),
  'BOOT-8': clause('boot-in-node', 'Granted memory lies within one node, and in the node that was asked for.', CORE),
  'BOOT-9': clause(
    'boot-aligned',
    'Granted memory begins at a multiple of the alignment from physical address 0.',
    CORE,
  ),
  'BOOT-10': clause(
    'boot-disjoint',
    'Granted memory has no byte that is reserved or was granted before.',
    GORMAN_MAP,
    CORE,
  ),
  'BOOT-11': clause('map-kept', 'No page that the map lies in is granted, reserved or not.', OURS),
  'BOOT-12': clause(
    'boot-complete',
    'A request is refused only when neither a run of pages without a taken byte can hold it nor the rest of the last page, continued if need be by the pages behind it.',
    CORE,
    OURS,
  ),
  'BOOT-13': clause('boot-zeroed', 'Granted memory is zeroed, as many bytes as were asked for and no others.', CORE),
  'BOOT-14': clause('boot-inert', 'A command of boot memory that is rejected or refused changes nothing.', OURS),
  'BOOT-15': clause(
    'boot-shape',
    'Nodes have at least one page, hold their own map and are apart from one another.',
    bootmem('init_bootmem_core'),
    OURS,
  ),

  'FIT-1': clause(
    'first-fit',
    'Linux takes the first run of free pages from the aligned goal on, and if there is none, from the start of the node on.',
    CORE,
  ),
  'FIT-2': clause(
    'packed',
    'A request whose run follows the last page, and whose alignment is at most a page, begins in the rest of that page.',
    CORE,
  ),
  'FIT-3': clause(
    'rest-of-page',
    'Where no node that may be asked has a run, the rest of a last page is taken if it will do.',
    OURS,
  ),
  'FIT-4': clause(
    'last-node-first',
    'Where no node is named, the node initialised last is tried first.',
    bootmem('__alloc_bootmem'),
  ),

  'RETIRE-1': clause(
    'retired-once',
    'Retirement hands over each free page and each page of the map once, and nothing else.',
    RETIREMENT,
  ),
  'RETIRE-2': clause(
    'retired-ascending',
    'The free pages are handed over in ascending order, and then those of the map.',
    RETIREMENT,
  ),
  'RETIRE-3': clause('map-reserved', 'A node with a page of its map not reserved is not retired.', RETIREMENT, OURS),
  'RETIRE-4': clause('retired', 'Once a node is retired, everything asked of it is rejected.', RETIREMENT),
  'RETIRE-5': clause(
    'zones-wait',
    'A node is retired only into zones of which one waits for each page that is handed over.',
    RETIREMENT,
    OURS,
  ),
  'RETIRE-6': clause(
    'conserved',
    'After retirement each page of a node is a hole, still taken, or was handed over, and the zone holds what those handed over make.',
    'follows from RETIRE-1 and STATE-2',
  ),
};
