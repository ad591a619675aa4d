import { OURS, clause } from '../clause-text.ts';
import type { Clause } from '../../protocol/index.ts';
import type { ClauseText } from '../clause-text.ts';

type Family = 'GFP' | 'ZONE' | 'WATER' | 'PASS' | 'RECLAIM' | 'NODE' | 'PAGE' | 'FRAG';

/** The clauses of a machine: zones, nodes, and what decides between them. */
type ZoneClause = Extract<Clause, `${Family}-${number}` | 'MAKE-6'>;

const GORMAN_ALLOCATING = 'Gorman, Understanding the Linux Virtual Memory Manager, 6.3 Allocating Pages';
const GORMAN_FLAGS = 'Gorman, Understanding the Linux Virtual Memory Manager, 6.5 Get Free Page Flags';
const GORMAN_FRAGMENTATION = 'Gorman, Understanding the Linux Virtual Memory Manager, 6.6 Avoiding Fragmentation';

const pageAlloc = (name: string): string => `linux 2.4.22 mm/page_alloc.c ${name}`;

export const ZONE_CLAUSES: Readonly<Record<ZoneClause, ClauseText>> = {
  'GFP-1': clause(
    'zone-modifiers',
    'A request wants a block of DMA where its mask has DMA, else of HighMem where it has HIGHMEM, and else of Normal.',
    pageAlloc('build_zonelists'),
  ),
  'GFP-2': clause(
    'masks',
    'Each mask has the bits that 2.4.22 gives it, and what has other bits, or is not the flags of a task, is rejected.',
    'linux 2.4.22 include/linux/mm.h GFP_KERNEL',
    GORMAN_FLAGS,
  ),
  'GFP-3': clause(
    'high-unheeded',
    'The bit HIGH changes nothing, though the book calls it a high priority, and what sets an atomic request apart is that WAIT is absent.',
    pageAlloc('__alloc_pages'),
    GORMAN_FLAGS,
  ),

  'ZONE-1': clause(
    'zone-limits',
    'A frame below one limit is DMA, one below another is Normal and any other is HighMem, and on a PC the limits are 16 and 896 MiB.',
    'linux 2.4.22 arch/i386/mm/init.c paging_init',
  ),
  'ZONE-2': clause(
    'zones-apart',
    'No frame lies in two zones, and an operation on one zone leaves every other as it was.',
    pageAlloc('free_area_init_core'),
  ),
  'ZONE-3': clause(
    'fallback-order',
    'A request goes from the zone that it wants down, HighMem, Normal, DMA, past zones without frames, and the first that has any is its class zone.',
    GORMAN_ALLOCATING,
    pageAlloc('build_zonelists'),
  ),
  'ZONE-4': clause(
    'in-zonelist',
    'A granted block lies in a zone that the request goes to.',
    pageAlloc('__alloc_pages'),
  ),

  'WATER-1': clause(
    'watermarks',
    'The marks pages_min, pages_low and pages_high of a zone are once, twice and three times its pages that are there divided by a ratio, between a least and a most.',
    pageAlloc('free_area_init_core'),
  ),
  'WATER-2': clause(
    'marks-add-up',
    'A zone may give a block only where its free pages are more than the pages of the block and the marks of all zones that the request went to, down to this one, together.',
    pageAlloc('__alloc_pages'),
  ),
  'WATER-3': clause(
    'atomic-quarter',
    'A request that may not wait is held to a quarter of each pages_min, rounded down, and every other to all of it.',
    pageAlloc('__alloc_pages'),
  ),
  'WATER-4': clause(
    'emergency',
    'A task that is freeing memory itself, or is being killed, is given what no mark permits where there is a block at all.',
    pageAlloc('__alloc_pages'),
  ),

  'PASS-1': clause(
    'low-first',
    'A block comes from the first zone that stays above pages_low and has one, where there is such a zone, and nothing else happens.',
    GORMAN_ALLOCATING,
    pageAlloc('__alloc_pages'),
  ),
  'PASS-2': clause(
    'balance-asked',
    'Where no zone can give a block above pages_low, the class zone and no other asks to be balanced, and kswapd is woken.',
    GORMAN_ALLOCATING,
    pageAlloc('__alloc_pages'),
  ),
  'PASS-3': clause(
    'then-min',
    'After that a block comes from the first zone that stays above pages_min and has one.',
    pageAlloc('__alloc_pages'),
  ),
  'PASS-4': clause(
    'who-reclaims',
    'Only a request that may wait, of a task that no mark is waived for, reclaims memory, and only after no zone could give it a block.',
    GORMAN_ALLOCATING,
    pageAlloc('__alloc_pages'),
  ),
  'PASS-5': clause(
    'too-large',
    'A request of an order above 3 is refused on a node where one direct reclaim did not help.',
    pageAlloc('__alloc_pages'),
  ),
  'PASS-6': clause(
    'never-refused',
    'A request of order 3 or below that may wait is not refused but goes on for as long as reclaim frees something, and is answered stalled where it frees nothing.',
    pageAlloc('__alloc_pages'),
    OURS,
  ),
  'PASS-7': clause(
    'zones-complete',
    'A request gets no block only where no zone that it goes to has both a block of its order and the pages that its marks ask for.',
    pageAlloc('__alloc_pages'),
  ),

  'RECLAIM-1': clause(
    'local-block',
    'The first block that a direct reclaim frees is kept, and granted where the reclaim succeeded and the block has the order that is wanted and lies in the class zone or below it on its node.',
    pageAlloc('balance_classzone'),
  ),
  'RECLAIM-2': clause(
    'others-freed',
    'Every other block that a reclaim frees is free at once, and the kept one afterwards if it is not granted.',
    pageAlloc('balance_classzone'),
    pageAlloc('__free_pages_ok'),
  ),
  'RECLAIM-3': clause(
    'kswapd',
    'In its turn kswapd reclaims once from each zone that asks to be balanced, the highest of a node first, and the zone goes on asking only where that succeeded and no zone of its class has more than pages_high free.',
    'linux 2.4.22 mm/vmscan.c kswapd_balance_pgdat',
  ),
  'RECLAIM-4': clause(
    'least-recently-used',
    'The reclaimer that comes with this frees pages of the page cache that were not used lately, the oldest of the class first, 32 at a time.',
    'linux 2.4.22 mm/vmscan.c try_to_free_pages_zone',
    OURS,
  ),

  'NODE-1': clause(
    'node-local',
    'A request is tried on the node of its processor, then on those behind it in the list of nodes, then on those before it, and the node initialised last is first in that list.',
    GORMAN_ALLOCATING,
    'linux 2.4.22 mm/numa.c _alloc_pages',
  ),
  'NODE-2': clause(
    'own-zones',
    'The zonelists of a node hold its own zones alone, and a request for one node is tried on no other.',
    pageAlloc('build_zonelists'),
    'linux 2.4.22 mm/numa.c alloc_pages_node',
  ),
  'NODE-3': clause(
    'stall-ends',
    'A request that stalls on a node is tried on no other.',
    'linux 2.4.22 mm/numa.c _alloc_pages',
    OURS,
  ),
  'NODE-4': clause(
    'round-robin',
    'Where processors have no nodes of their own, each request begins one node behind the request before it, the first at the head of the list.',
    'linux 2.4.22 mm/numa.c _alloc_pages',
  ),

  'PAGE-1': clause('one-user', 'A block that is granted has one user.', pageAlloc('rmqueue')),
  'PAGE-2': clause(
    'last-user',
    'A free takes one user from a block, and only the last one makes it free.',
    pageAlloc('__free_pages'),
  ),
  'PAGE-3': clause(
    'free-unused',
    'A page has users exactly where it heads an outstanding block.',
    pageAlloc('rmqueue'),
    pageAlloc('__free_pages'),
  ),
  'PAGE-4': clause(
    'get-page',
    'Another user is given to the first page of an outstanding block, and refused by rejection for any other.',
    'linux 2.4.22 include/linux/mm.h get_page',
    OURS,
  ),
  'PAGE-5': clause(
    'zeroed',
    'A page that is asked for as zeroed is cleared between being taken and being granted.',
    pageAlloc('get_zeroed_page'),
  ),
  'PAGE-6': clause(
    'low-addresses',
    'A page of DMA or Normal is at its physical address above a fixed offset, and a page of HighMem has no address, so that asking for one by address is rejected.',
    'linux 2.4.22 include/asm-i386/page.h PAGE_OFFSET',
    OURS,
  ),

  'FRAG-1': clause(
    'internal-waste',
    'A request for a number of pages wastes what the block that it is rounded up to has more.',
    GORMAN_FRAGMENTATION,
  ),
  'FRAG-2': clause(
    'unusable-free-space',
    'The unusable share of the free space for an order is the part of the free pages that lies in blocks below that order.',
    GORMAN_FRAGMENTATION,
    OURS,
  ),

  'MAKE-6': clause(
    'shape-machine',
    'A machine has at least one node, each with zones in ascending order and of different names, whose frames lie in no other zone, and ratios and bounds of watermarks that are whole numbers.',
    pageAlloc('free_area_init_core'),
    OURS,
  ),
};
