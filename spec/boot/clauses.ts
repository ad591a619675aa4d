/** The clauses of boot memory, of its retirement, and of the memory sizes that are found before it. */
import { OURS, clause, gorman, linux24 } from '../clause-text.ts';
import type { Clause } from '../../protocol/index.ts';
import type { ClauseText } from '../clause-text.ts';

type BootClause = Extract<Clause, `${'SIZE' | 'BOOT' | 'FIT' | 'RETIRE'}-${number}`>;

const BOOT_MAP = gorman('5.1 Representing the Boot Map');

const bootmem = (name: string): string => linux24(`mm/bootmem.c ${name}`);
const i386 = (place: string): string => linux24(`arch/i386/${place}`);

const CORE = bootmem('__alloc_bootmem_core');
const RETIREMENT = bootmem('free_all_bootmem_core');

/** The clauses of boot memory, by id. */
export const BOOT_CLAUSES: Readonly<Record<BootClause, ClauseText>> = {
  'SIZE-1': clause(
    'memory-limits',
    'Memory extends from the first page that lies wholly in usable ranges to the last such page.',
    i386('kernel/setup.c find_max_pfn'),
  ),
  'SIZE-2': clause(
    'low-memory',
    'Low memory ends at the end of memory or at the limit of what the kernel maps, whichever is lower.',
    i386('kernel/setup.c find_max_low_pfn'),
  ),
  'SIZE-3': clause(
    'zone-sizes',
    'A node is divided into DMA, Normal and HighMem at the limit of what old devices reach and at the end of low memory.',
    i386('mm/init.c zone_sizes_init'),
  ),
  'SIZE-4': clause(
    'zone-holes',
    'The holes of a zone are those of its pages that do not lie wholly in usable ranges.',
    linux24('mm/page_alloc.c free_area_init_core'),
    OURS,
  ),
  'SIZE-5': clause(
    'holes-passed',
    'The zones of a machine with one node are made as if they had no holes, so that their watermarks follow from all their pages; those of a machine with several nodes are made with their holes.',
    i386('mm/init.c zone_sizes_init'),
    linux24('mm/page_alloc.c free_area_init'),
  ),
  'SIZE-6': clause(
    'reserved-ranges',
    'A byte that lies in a reserved range is not usable, even if it also lies in a usable one.',
    i386('kernel/setup.c sanitize_e820_map'),
  ),

  'BOOT-1': clause('starts-reserved', 'Every page of a node starts reserved.', bootmem('init_bootmem_core')),
  'BOOT-2': clause(
    'free-inward',
    'Freeing a range frees the pages that lie wholly in it, so that a range without a whole page frees nothing.',
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
    'Reserving a page that is already taken is reported with the page, and does no harm.',
    bootmem('reserve_bootmem_core'),
  ),
  'BOOT-6': clause(
    'boot-range',
    'Reserving is rejected if the range does not lie in the node, and freeing is rejected if the whole pages of the range do not.',
    bootmem('reserve_bootmem_core'),
    bootmem('free_bootmem_core'),
  ),
  'BOOT-7': clause(
    'boot-request',
    'A command is rejected if its size is not a whole number of at least 1, its alignment is not a power of two, its address is not a whole number, or its node does not exist.',
    CORE,
    OURS,
  ),
  'BOOT-8': clause(
    'boot-in-node',
    'Granted memory lies within one node, which is the node that was asked for if the request names one.',
    CORE,
  ),
  'BOOT-9': clause(
    'boot-aligned',
    'Granted memory begins at a multiple of the alignment, counted from physical address 0.',
    CORE,
  ),
  'BOOT-10': clause(
    'boot-disjoint',
    'Granted memory has no byte that is reserved or was granted before.',
    BOOT_MAP,
    CORE,
  ),
  'BOOT-11': clause('map-kept', 'No page that holds the bitmap is granted, whether it is reserved or not.', OURS),
  'BOOT-12': clause(
    'boot-complete',
    'A request is refused only if it fits neither in a run of free pages nor in the rest of the last page, continued into the free pages after it.',
    CORE,
    OURS,
  ),
  'BOOT-13': clause('boot-zeroed', 'Granted memory is zeroed, and only the bytes that were asked for are.', CORE),
  'BOOT-14': clause('boot-inert', 'A command of boot memory that is rejected or refused changes nothing.', OURS),
  'BOOT-15': clause(
    'boot-shape',
    'Each node has at least one page, holds its own bitmap and is apart from the other nodes; pages have one size, a power of two.',
    bootmem('init_bootmem_core'),
    OURS,
  ),

  'FIT-1': clause(
    'first-fit',
    'Linux takes the first run of free pages from the aligned goal on or, if there is none, from the start of the node on.',
    CORE,
  ),
  'FIT-2': clause(
    'packed',
    'A request whose run directly follows the last page, and whose alignment is at most a page, begins in the rest of that page.',
    CORE,
  ),
  'FIT-3': clause(
    'rest-of-page',
    'If no node that may be asked has a run, the rest of a last page is taken if the request fits there.',
    OURS,
  ),
  'FIT-4': clause(
    'last-node-first',
    'If no node is named, the node initialised last is tried first.',
    bootmem('__alloc_bootmem'),
  ),

  'RETIRE-1': clause(
    'retired-once',
    'Retirement hands over each free page and each page of the bitmap once, and nothing else.',
    RETIREMENT,
  ),
  'RETIRE-2': clause(
    'retired-ascending',
    'The free pages are handed over in ascending order, and after them the pages of the bitmap.',
    RETIREMENT,
  ),
  'RETIRE-3': clause(
    'map-reserved',
    'A node is not retired while a page of its bitmap is not reserved.',
    RETIREMENT,
    OURS,
  ),
  'RETIRE-4': clause('retired', 'After a node is retired, every command for it is rejected.', RETIREMENT),
  'RETIRE-5': clause(
    'zones-wait',
    'A node is retired only if for each page that is handed over there is a zone that waits for it.',
    RETIREMENT,
    OURS,
  ),
  'RETIRE-6': clause(
    'conserved',
    'After retirement each page of a node is a hole, still taken, or was handed over, and the zone holds the blocks that the pages handed over make.',
    'follows from RETIRE-1 and STATE-2',
  ),
};
