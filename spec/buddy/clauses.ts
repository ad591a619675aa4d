/** The clauses of the buddy system: what it may answer, what Linux answers, and how its state is represented. */
import { KNOWLTON, KNUTH, OURS, WIRE, clause, gorman, linux24, linux26 } from '../clause-text.ts';
import { OPTIONAL_CLAUSES } from './optional-clauses.ts';
import type { Clause } from '../../protocol/index.ts';
import type { ClauseText } from '../clause-text.ts';

type Answers = 'BLOCK' | 'PAIR' | 'TAKE' | 'RESIZE' | 'SIZED' | 'BULK' | 'GIVE' | 'MISUSE' | 'HAND' | 'PLACE';
type States = 'MAP' | 'MARK' | 'LIST' | 'COUNT' | 'STATE' | 'STEP' | 'USE' | 'CAP' | 'FRAG';
type BuddyClause = Exclude<Extract<Clause, `${Answers | States | 'MAKE'}-${number}`>, 'MAKE-6'>;

const FREE_BLOCKS = gorman('6.2 Managing Free Blocks');
const ALLOCATING = gorman('6.3 Allocating Pages');
const FREE_PAGES = gorman('6.4 Free Pages');
const FRAGMENTATION = gorman('6.6 Avoiding Fragmentation');
const RETIREMENT = linux24('mm/bootmem.c free_all_bootmem_core');

const page24 = (name: string): string => linux24(`mm/page_alloc.c ${name}`);
const page26 = (name: string): string => linux26(`mm/page_alloc.c ${name}`);

/** The clauses of the buddy system, by id. */
export const BUDDY_CLAUSES: Readonly<Record<BuddyClause, ClauseText>> = {
  'BLOCK-1': clause(
    'power-of-two',
    'A block of order k is 2^k consecutive page frames, and the distance of its first frame from the origin is a multiple of 2^k frames.',
    KNOWLTON,
    FREE_BLOCKS,
  ),
  'BLOCK-2': clause('buddy', 'The two halves of a block are buddies, and the block is their parent.', KNOWLTON, KNUTH),
  'BLOCK-3': clause(
    'round-up',
    'A request for a number of pages is a request for the smallest order whose block holds them all.',
    ALLOCATING,
    linux24('include/asm-i386/page.h get_order'),
  ),

  'PAIR-1': clause('wholly-free', 'A block is wholly free if and only if every frame in it is free.', KNUTH),
  'PAIR-2': clause('both-halves', 'A block above order 0 is wholly free if and only if both of its halves are.', KNUTH),
  'PAIR-3': clause(
    'freed-once',
    'A half that is free cannot become free again.',
    FREE_BLOCKS,
    page24('__free_pages_ok'),
  ),
  'PAIR-4': clause(
    'coalesced',
    'Two wholly free buddies below the top order never stay apart: free blocks are as large as possible.',
    KNOWLTON,
    KNUTH,
    ALLOCATING,
  ),

  'TAKE-1': clause('in-arena', 'A granted block lies within the arena.', WIRE),
  'TAKE-2': clause('aligned', 'A granted block begins at a multiple of its size from the origin.', KNOWLTON, WIRE),
  'TAKE-3': clause(
    'usable',
    'A granted block has no frame that is a hole or that boot memory still holds.',
    RETIREMENT,
    WIRE,
  ),
  'TAKE-4': clause('disjoint', 'A granted block shares no frame with an outstanding block.', KNUTH, WIRE),
  'TAKE-5': clause(
    'known-order',
    'A request for an order that the arena lacks is refused, and a request for an order that is not a whole number is rejected.',
    linux24('include/linux/mm.h alloc_pages'),
    WIRE,
  ),
  'TAKE-6': clause('complete', 'A request is refused only if no block of its order is wholly free.', KNUTH, WIRE),
  'TAKE-7': clause(
    'best-fit',
    'A granted block is taken from a free block of the smallest order that suffices.',
    KNUTH,
    FREE_BLOCKS,
    page24('rmqueue'),
  ),
  ...OPTIONAL_CLAUSES,

  'GIVE-1': clause('free-accepted', 'A free of an outstanding block at its own order is accepted.', KNUTH, WIRE),
  'GIVE-2': clause('freed-is-free', 'After a block is freed, its frames are free.', KNUTH, FREE_PAGES),

  'MISUSE-1': clause(
    'out-of-range',
    'A free is rejected as out-of-range if the arena lacks its order, or if some of its frames lie outside the arena.',
    WIRE,
  ),
  'MISUSE-2': clause(
    'wrong-order',
    'A free of the first frame of an outstanding block at another order is rejected as wrong-order, unless an earlier kind of misuse applies.',
    WIRE,
  ),
  'MISUSE-3': clause(
    'misaligned',
    "A free of a frame whose distance from the origin is not a multiple of the block's size is rejected as misaligned, unless an earlier kind of misuse applies.",
    page24('__free_pages_ok'),
    WIRE,
  ),
  'MISUSE-4': clause(
    'inner-page',
    'A free of a frame inside an outstanding block is rejected as inner-page, unless an earlier kind of misuse applies.',
    WIRE,
  ),
  'MISUSE-5': clause(
    'double-free',
    'A free of a frame whose block was freed before is rejected as double-free, unless an earlier kind of misuse applies.',
    WIRE,
  ),
  'MISUSE-6': clause(
    'never-allocated',
    'A free of a frame that has headed no block since hand-over is rejected as never-allocated, unless another kind of misuse applies.',
    WIRE,
  ),
  'MISUSE-7': clause('rejection-inert', 'A command that is rejected changes nothing.', WIRE),

  'HAND-1': clause(
    'handed-over',
    'A frame that was never in use becomes free when it is handed over, which happens once.',
    RETIREMENT,
  ),
  'HAND-2': clause('handed-over-twice', 'A second hand-over of a frame is rejected.', RETIREMENT),
  'HAND-3': clause(
    'no-such-frame',
    'The hand-over of a hole, or of a frame outside the arena, is rejected.',
    RETIREMENT,
  ),

  'PLACE-1': clause(
    'list-head',
    'Linux takes the first block from the list of the smallest sufficient order that has one.',
    page24('rmqueue'),
    page26('__rmqueue_smallest'),
  ),
  'PLACE-2': clause(
    'lower-half-listed',
    'To split a block, Linux 2.4 puts the lower half on its list and goes on with the upper half.',
    page24('expand'),
  ),
  'PLACE-3': clause(
    'upper-half-listed',
    'To split a block, Linux 2.6 puts the upper half on its list and goes on with the lower half.',
    page26('expand'),
  ),
  'PLACE-4': clause(
    'last-freed-first',
    'A freed block is joined with its buddies as far as possible, and the result goes to the head of the list of its order.',
    page24('__free_pages_ok'),
    page26('__free_one_page'),
  ),
  'PLACE-5': clause(
    'highest-first',
    'An arena starts with its frames handed over in ascending order, so that each list has its highest block at its head.',
    RETIREMENT,
    WIRE,
  ),

  'MAP-1': clause(
    'bit-per-pair',
    'Each order below the top has one bit for each pair of buddies, and the top order has none.',
    FREE_BLOCKS,
    page24('free_area_init_core'),
  ),
  'MAP-2': clause(
    'one-bit',
    'The bit of a pair is 1 if and only if exactly one of its two buddies is wholly free.',
    FREE_BLOCKS,
    page24('MARK_USED'),
  ),
  'MAP-3': clause(
    'listed-bit',
    'The bit of a pair is 1 if and only if exactly one of its two buddies is on the list of that order.',
    page24('rmqueue'),
    page24('__free_pages_ok'),
  ),
  'MAP-4': clause(
    'inner-bits-clear',
    'The bit of every pair inside a free or an outstanding block is 0.',
    FREE_BLOCKS,
    page24('__free_pages_ok'),
  ),

  'MARK-1': clause(
    'marked-heads',
    'In 2.6 the first page of each free block is marked with the order of the block, and no other page is marked.',
    page26('set_page_order'),
    page26('page_is_buddy'),
  ),

  'LIST-1': clause(
    'mutual-links',
    'If node b is the next node of node a, then node a is the previous node of node b.',
    linux24('include/linux/list.h list_add'),
  ),
  'LIST-2': clause(
    'finite-lists',
    'Following a list from its head leads back to the head and meets no node twice.',
    linux24('include/linux/list.h list_head'),
  ),
  'LIST-3': clause(
    'listed-is-free',
    'Every block on the list of an order is free, aligned and of that order.',
    FREE_BLOCKS,
    page24('rmqueue'),
  ),
  'LIST-4': clause(
    'free-is-listed',
    'Every free frame lies in a block that is on a list.',
    FREE_BLOCKS,
    page24('__free_pages_ok'),
  ),

  'COUNT-1': clause('free-count', 'The count of free pages is the number of free frames.', page24('nr_free_pages')),

  'STATE-1': clause(
    'partition',
    'Every frame is exactly one of these: a hole, held by boot memory, free, or part of one outstanding block.',
    'follows from TAKE-3, TAKE-4, GIVE-2 and HAND-1',
  ),
  'STATE-2': clause(
    'history-independent',
    'Which blocks are free depends only on which frames are in use, not on the operations that led there.',
    'follows from PAIR-2 and PAIR-4',
  ),
  'STATE-3': clause(
    'restored',
    'Allocating a block and freeing it again restores the free blocks as they were.',
    'follows from STATE-2',
  ),

  'STEP-1': clause(
    'local-change',
    'An operation changes only the frames of its block and what joining or splitting does to the blocks around it.',
    page24('rmqueue'),
    page24('__free_pages_ok'),
  ),
  'STEP-2': clause('refusal-inert', 'A request that is refused changes nothing.', page24('rmqueue'), WIRE),

  'USE-1': clause(
    'reusable',
    'An arena that is emptied and then drained greedily grants as many blocks of each order as a fresh one.',
    WIRE,
  ),
  'USE-2': clause('alive', 'An allocator neither crashes nor hangs.', WIRE),
  'USE-3': clause('sensible-answer', 'Every answer is one that the operation can have.', WIRE),

  'CAP-1': clause('capacity', 'The usable frames of an arena are all of its frames except the reserved ones.', WIRE),

  'MAKE-1': clause(
    'shape-orders',
    'The number of orders is a whole number from 1 to 31.',
    linux24('include/linux/mmzone.h MAX_ORDER'),
    OURS,
  ),
  'MAKE-2': clause(
    'shape-pages',
    'The number of pages is a whole number from 1 to 2^28.',
    page24('free_area_init_core'),
    OURS,
  ),
  'MAKE-3': clause(
    'shape-base',
    'The base is a page frame number, and need not be a multiple of anything.',
    page24('free_area_init_core'),
    OURS,
  ),
  'MAKE-4': clause(
    'shape-holes',
    'Holes are runs of at least one frame that are sorted, apart from one another and within the arena.',
    WIRE,
  ),
  'MAKE-5': clause(
    'shape-region',
    'A region begins at a multiple of four bytes within its buffer and is large enough for the whole zone.',
    OURS,
  ),

  'FRAG-1': clause(
    'internal-waste',
    'A request for a number of pages wastes the pages that its block has beyond that number.',
    FRAGMENTATION,
  ),
  'FRAG-2': clause(
    'unusable-free-space',
    'The unusable share of the free space for an order is the share of the free pages that lie in blocks of lower orders.',
    FRAGMENTATION,
    OURS,
  ),
  'FRAG-3': clause(
    'fragmentation-index',
    'The fragmentation index of an order is -1 if a block of it or above is free and 0 if nothing is free, and otherwise 1 less a share: 1 and the free pages over the pages of the order, divided by the number of free blocks, in thousandths rounded down.',
    'linux 2.6.35 mm/vmstat.c fragmentation_index',
  ),
};
