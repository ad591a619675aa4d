/** The clauses of a machine: zones and nodes, how a request is filled from them, and reclaim. */
import { OURS, clause, gorman, linux24 } from '../clause-text.ts';
import type { Clause } from '../../protocol/index.ts';
import type { ClauseText } from '../clause-text.ts';

type Family = 'GFP' | 'ZONE' | 'WATER' | 'PASS' | 'RECLAIM' | 'NODE' | 'PAGE';
type MachineClause = Extract<Clause, `${Family}-${number}` | 'MAKE-6'>;

const ALLOCATING = gorman('6.3 Allocating Pages');
const FLAGS = gorman('6.5 Get Free Page Flags');

const pageAlloc = (name: string): string => linux24(`mm/page_alloc.c ${name}`);
const SHRINKING = linux24('mm/vmscan.c shrink_cache');
const BUFFERS = linux24('fs/buffer.c try_to_free_buffers');
const numa = (name: string): string => linux24(`mm/numa.c ${name}`);

/** The clauses of a machine, by id. */
export const MACHINE_CLAUSES: Readonly<Record<MachineClause, ClauseText>> = {
  'GFP-1': clause(
    'zone-modifiers',
    'A request wants DMA if its mask has DMA, else HighMem if its mask has HIGHMEM, else Normal.',
    pageAlloc('build_zonelists'),
  ),
  'GFP-2': clause(
    'masks',
    'Each mask has the bits that 2.4.22 gives it, and a mask with other bits, or a number that is not the flags of a task, is rejected.',
    linux24('include/linux/mm.h GFP_KERNEL'),
    FLAGS,
  ),
  'GFP-3': clause(
    'high-unheeded',
    'The bit HIGH changes nothing, although the book calls it a high priority: an atomic request differs only in that WAIT is absent.',
    pageAlloc('__alloc_pages'),
    FLAGS,
  ),

  'ZONE-1': clause(
    'zone-limits',
    'A frame below the first limit is DMA, one below the second is Normal and any other is HighMem; on a PC the limits are 16 and 896 MiB.',
    linux24('arch/i386/mm/init.c paging_init'),
  ),
  'ZONE-2': clause(
    'zones-apart',
    'No frame lies in two zones, and an operation on one zone leaves every other zone as it was.',
    pageAlloc('free_area_init_core'),
  ),
  'ZONE-3': clause(
    'fallback-order',
    'A request tries the zone that it wants and then those below it, in the order HighMem, Normal, DMA; zones without frames are skipped, and the first that has frames is its class zone.',
    ALLOCATING,
    pageAlloc('build_zonelists'),
  ),
  'ZONE-4': clause(
    'in-zonelist',
    'A granted block lies in a zone of the zonelist of the request.',
    pageAlloc('__alloc_pages'),
  ),
  'ZONE-5': clause(
    'zone-alignment',
    'A zone that does not begin at a multiple of its largest block is complained about and made all the same: its blocks are aligned from its first frame.',
    pageAlloc('free_area_init_core'),
  ),

  'WATER-1': clause(
    'watermarks',
    'The watermark pages_min of a zone is the number of its existing pages divided by a ratio, within a lower and an upper bound, and pages_low and pages_high are two and three times pages_min.',
    pageAlloc('free_area_init_core'),
  ),
  'WATER-2': clause(
    'marks-add-up',
    'A zone may give a block only if its free pages exceed the pages of the block plus the watermarks of all zones in the zonelist up to and including this zone.',
    pageAlloc('__alloc_pages'),
  ),
  'WATER-3': clause(
    'atomic-quarter',
    'A request that may not wait is held to a quarter of each pages_min, rounded down, and every other request to all of it.',
    pageAlloc('__alloc_pages'),
  ),
  'WATER-4': clause(
    'emergency',
    'A task that is reclaiming or being killed ignores the watermarks: it gets a block if any zone in its zonelist has one.',
    pageAlloc('__alloc_pages'),
  ),

  'PASS-1': clause(
    'low-first',
    'A block comes from the first zone that has one and stays above pages_low, and if there is such a zone, nothing else happens.',
    ALLOCATING,
    pageAlloc('__alloc_pages'),
  ),
  'PASS-2': clause(
    'balance-asked',
    'If no zone can give a block and stay above pages_low, the class zone and no other zone asks to be balanced, and kswapd is woken.',
    ALLOCATING,
    pageAlloc('__alloc_pages'),
  ),
  'PASS-3': clause(
    'then-min',
    'After that, a block comes from the first zone that has one and stays above pages_min.',
    pageAlloc('__alloc_pages'),
  ),
  'PASS-4': clause(
    'who-reclaims',
    'Only a request that may wait, of a task that does not ignore the watermarks, reclaims memory, and only after no zone could give it a block.',
    ALLOCATING,
    pageAlloc('__alloc_pages'),
  ),
  'PASS-5': clause(
    'too-large',
    'A request of an order above 3 is refused on a node if one direct reclaim there did not help.',
    pageAlloc('__alloc_pages'),
  ),
  'PASS-6': clause(
    'never-refused',
    'A request of order 3 or below that may wait is not refused: it goes on as long as reclaim frees something, and stalls if reclaim frees nothing.',
    pageAlloc('__alloc_pages'),
    OURS,
  ),
  'PASS-7': clause(
    'zones-complete',
    'A request gets no block only if no zone that it tries has both a block of its order and the free pages that its watermarks require.',
    pageAlloc('__alloc_pages'),
  ),

  'RECLAIM-1': clause(
    'local-block',
    'The first block that a direct reclaim frees is kept, and it is granted if the reclaim succeeded, the block has the order that is wanted, and it lies in the class zone or below it on the same node.',
    pageAlloc('balance_classzone'),
  ),
  'RECLAIM-2': clause(
    'others-freed',
    'Every other block that a reclaim frees becomes free at once, and the kept block becomes free afterwards if it is not granted.',
    pageAlloc('balance_classzone'),
    pageAlloc('__free_pages_ok'),
  ),
  'RECLAIM-3': clause(
    'kswapd',
    'In one turn kswapd reclaims once from each zone that asks to be balanced, the highest zone of a node first, and the zone goes on asking only if that succeeded and no zone of its class has more than pages_high free.',
    linux24('mm/vmscan.c kswapd_balance_pgdat'),
  ),
  'RECLAIM-4': clause(
    'least-recently-used',
    'The reclaimer of this project frees pages of the page cache that were not used recently, the oldest of the class first, 32 at a time.',
    linux24('mm/vmscan.c try_to_free_pages_zone'),
    OURS,
  ),
  'RECLAIM-5': clause(
    'cache-is-user',
    'A page of the page cache is a single outstanding page, is in the cache once, and has the cache as one of its users: any other page is rejected, and so is a free that would take the user that the cache is.',
    linux24('mm/filemap.c add_to_page_cache'),
    OURS,
  ),
  'RECLAIM-6': clause(
    'nothing-lost',
    'A reclaim of the page cache frees no page that somebody else uses, that is dirty or being written, or that has buffers.',
    SHRINKING,
  ),
  'RECLAIM-7': clause(
    'no-filesystem',
    'A reclaim of the page cache writes a dirty page, or waits for one that is being written, only if the mask of the request has FS; the page stays for a later turn.',
    SHRINKING,
  ),
  'RECLAIM-8': clause(
    'no-io',
    'A reclaim of the page cache writes the dirty buffers of a page only if the mask of the request has IO.',
    BUFFERS,
  ),
  'RECLAIM-9': clause(
    'no-high-io',
    'A reclaim of the page cache writes the dirty buffers of a page of HighMem only if the mask of the request has HIGHIO, too.',
    BUFFERS,
  ),

  'NODE-1': clause(
    'node-local',
    'A request tries the node of its processor, then the nodes after it in the list of nodes, then those before it; the head of that list is the node initialised last.',
    ALLOCATING,
    numa('_alloc_pages'),
  ),
  'NODE-2': clause(
    'own-zones',
    'The zonelists of a node contain its own zones only, and a request for one node tries no other.',
    pageAlloc('build_zonelists'),
    numa('alloc_pages_node'),
  ),
  'NODE-3': clause('stall-ends', 'A request that stalls on a node tries no other node.', numa('_alloc_pages'), OURS),
  'NODE-4': clause(
    'round-robin',
    'If processors have no nodes of their own, each request begins one node after the request before it, and the first begins at the head of the list.',
    numa('_alloc_pages'),
  ),
  'NODE-5': clause(
    'own-node',
    'A processor is of one node, and each of its requests that names none is one of that node.',
    ALLOCATING,
    numa('_alloc_pages'),
  ),

  'PAGE-1': clause('one-user', 'A block that was just granted has one user.', pageAlloc('rmqueue')),
  'PAGE-2': clause(
    'last-user',
    'A free takes one user from a block, and the block becomes free only when its last user is gone.',
    pageAlloc('__free_pages'),
  ),
  'PAGE-3': clause(
    'free-unused',
    'A page has users if and only if it heads an outstanding block.',
    pageAlloc('rmqueue'),
    pageAlloc('__free_pages'),
  ),
  'PAGE-4': clause(
    'get-page',
    'A user can be added to the first page of an outstanding block, and for any other page this is rejected.',
    linux24('include/linux/mm.h get_page'),
    OURS,
  ),
  'PAGE-5': clause(
    'zeroed',
    'A page that is requested as zeroed is cleared after it is taken and before it is granted.',
    pageAlloc('get_zeroed_page'),
  ),
  'PAGE-6': clause(
    'low-addresses',
    'The address of a page of DMA or Normal is its physical address plus a fixed offset, and a page of HighMem has no address, so that a request for its address is rejected.',
    linux24('include/asm-i386/page.h PAGE_OFFSET'),
    OURS,
  ),

  'MAKE-6': clause(
    'shape-machine',
    'A machine has at least one node; the zones of each node ascend, have different names and share no frame with any other zone; the ratios and bounds of watermarks are whole numbers.',
    pageAlloc('free_area_init_core'),
    OURS,
  ),
};
