import { BOOT_CLAUSES } from './boot/clauses.ts';
import { OURS, clause } from './clause-text.ts';
import { ZONE_CLAUSES } from './machine/clauses.ts';
import type { Clause } from '../protocol/index.ts';
import type { ClauseText } from './clause-text.ts';

const GORMAN_FREE_BLOCKS = 'Gorman, Understanding the Linux Virtual Memory Manager, 6.2 Managing Free Blocks';
const GORMAN_ALLOCATING = 'Gorman, Understanding the Linux Virtual Memory Manager, 6.3 Allocating Pages';
const GORMAN_FREE_PAGES = 'Gorman, Understanding the Linux Virtual Memory Manager, 6.4 Free Pages';
const KNOWLTON = 'Knowlton 1965';
const KNUTH = 'Knuth, TAOCP 1, 2.5';
const RETIREMENT = 'linux 2.4.22 mm/bootmem.c free_all_bootmem_core';
const WIRE = 'wire protocol';

const linux24 = (name: string): string => `linux 2.4.22 mm/page_alloc.c ${name}`;
const linux26 = (name: string): string => `linux 2.6.24 mm/page_alloc.c ${name}`;

/** Every clause of the specification, by its id. */
export const CLAUSES: Readonly<Record<Clause, ClauseText>> = {
  'BLOCK-1': clause(
    'power-of-two',
    'A block of order k is 2^k consecutive frames, the first of them a multiple of 2^k frames from the origin.',
    KNOWLTON,
    GORMAN_FREE_BLOCKS,
  ),
  'BLOCK-2': clause(
    'buddy',
    'The two halves of a block are buddies, and the block that they are halves of is their parent.',
    KNOWLTON,
    KNUTH,
  ),
  'BLOCK-3': clause(
    'round-up',
    'A request for a number of pages is a request for the smallest order whose block holds them all.',
    GORMAN_ALLOCATING,
    'linux 2.4.22 include/asm-i386/page.h get_order',
  ),

  'PAIR-1': clause('wholly-free', 'A block is wholly free when every frame in it is free.', KNUTH),
  'PAIR-2': clause('both-halves', 'A block above order 0 is wholly free exactly when both of its halves are.', KNUTH),
  'PAIR-3': clause(
    'freed-once',
    'A half that is free cannot become free again.',
    GORMAN_FREE_BLOCKS,
    linux24('__free_pages_ok'),
  ),
  'PAIR-4': clause(
    'coalesced',
    'No two wholly free buddies below the top order stay apart: free blocks are as large as they can be.',
    KNOWLTON,
    KNUTH,
    GORMAN_ALLOCATING,
  ),

  'TAKE-1': clause('in-arena', 'A granted block lies within the arena.', WIRE),
  'TAKE-2': clause('aligned', 'A granted block begins at a multiple of its size from the origin.', KNOWLTON, WIRE),
  'TAKE-3': clause(
    'usable',
    'A granted block has no frame that is a hole and none that boot memory still holds.',
    RETIREMENT,
    WIRE,
  ),
  'TAKE-4': clause('disjoint', 'A granted block shares no frame with an outstanding block.', KNUTH, WIRE),
  'TAKE-5': clause(
    'known-order',
    'A request for an order that the arena lacks is refused, and one for what is no whole number is rejected.',
    'linux 2.4.22 include/linux/mm.h alloc_pages',
    WIRE,
  ),
  'TAKE-6': clause('complete', 'A request is refused only when no block of its order is wholly free.', KNUTH, WIRE),
  'TAKE-7': clause(
    'best-fit',
    'A granted block is taken out of a smallest free block that suffices.',
    KNUTH,
    GORMAN_FREE_BLOCKS,
    linux24('rmqueue'),
  ),

  'GIVE-1': clause('free-accepted', 'Freeing an outstanding block at its own order is accepted.', KNUTH, WIRE),
  'GIVE-2': clause('freed-is-free', 'The frames of a freed block are free afterwards.', KNUTH, GORMAN_FREE_PAGES),

  'MISUSE-1': clause(
    'out-of-range',
    'A free whose order the arena lacks, or some of whose frames lie outside the arena, is rejected as out-of-range.',
    WIRE,
  ),
  'MISUSE-2': clause(
    'wrong-order',
    'A free at the first frame of an outstanding block but at another order is rejected as wrong-order, where no earlier kind of misuse fits.',
    WIRE,
  ),
  'MISUSE-3': clause(
    'misaligned',
    "A free at no multiple of the block's size is rejected as misaligned, where no earlier kind of misuse fits.",
    linux24('__free_pages_ok'),
    WIRE,
  ),
  'MISUSE-4': clause(
    'inner-page',
    'A free at a frame inside an outstanding block is rejected as inner-page, where no earlier kind of misuse fits.',
    WIRE,
  ),
  'MISUSE-5': clause(
    'double-free',
    'A free at a frame whose block was freed before is rejected as double-free, where no earlier kind of misuse fits.',
    WIRE,
  ),
  'MISUSE-6': clause(
    'never-allocated',
    'A free at a frame that has headed no block since hand-over is rejected as never-allocated, where no other kind of misuse fits.',
    WIRE,
  ),
  'MISUSE-7': clause('rejection-inert', 'A command that is rejected changes nothing.', WIRE),

  'HAND-1': clause(
    'handed-over',
    'A frame that was never in use becomes free when it is handed over, once.',
    RETIREMENT,
  ),
  'HAND-2': clause('handed-over-twice', 'Handing over a frame a second time is rejected.', RETIREMENT),
  'HAND-3': clause('no-such-frame', 'Handing over a hole, or a frame outside the arena, is rejected.', RETIREMENT),

  'PLACE-1': clause(
    'list-head',
    'Linux takes the first block on the list of the smallest order that has one and suffices.',
    linux24('rmqueue'),
    linux26('__rmqueue_smallest'),
  ),
  'PLACE-2': clause(
    'lower-half-listed',
    'Linux 2.4 splits a block by listing its lower half and going on with the upper.',
    linux24('expand'),
  ),
  'PLACE-3': clause(
    'upper-half-listed',
    'Linux 2.6 splits a block by listing its upper half and going on with the lower.',
    linux26('expand'),
  ),
  'PLACE-4': clause(
    'last-freed-first',
    'A freed block, joined as far as it goes, is put first on the list of its order.',
    linux24('__free_pages_ok'),
    linux26('__free_one_page'),
  ),
  'PLACE-5': clause(
    'highest-first',
    'An arena starts with its frames handed over in ascending order, so that each list has its highest block first.',
    RETIREMENT,
    WIRE,
  ),

  'MAP-1': clause(
    'bit-per-pair',
    'Each order below the top has one bit for each pair of buddies, and the top order has none.',
    GORMAN_FREE_BLOCKS,
    linux24('free_area_init_core'),
  ),
  'MAP-2': clause(
    'one-bit',
    'The bit of a pair is 1 exactly when one of its two buddies is wholly free and the other is not.',
    GORMAN_FREE_BLOCKS,
    linux24('MARK_USED'),
  ),
  'MAP-3': clause(
    'listed-bit',
    'The bit of a pair is 1 exactly when one of its two buddies is on the list of that order and the other is not.',
    linux24('rmqueue'),
    linux24('__free_pages_ok'),
  ),
  'MAP-4': clause(
    'inner-bits-clear',
    'The bit of every pair inside a free or an outstanding block is 0.',
    GORMAN_FREE_BLOCKS,
    linux24('__free_pages_ok'),
  ),

  'MARK-1': clause(
    'marked-heads',
    'In 2.6 exactly the first pages of free blocks are marked, each with the order of its block.',
    linux26('set_page_order'),
    linux26('page_is_buddy'),
  ),

  'LIST-1': clause(
    'mutual-links',
    'If one node of a list has another as its next, then that other has the first as its previous.',
    'linux 2.4.22 include/linux/list.h list_add',
  ),
  'LIST-2': clause(
    'finite-lists',
    'Following a list from its head comes back to the head, with no node met twice.',
    'linux 2.4.22 include/linux/list.h list_head',
  ),
  'LIST-3': clause(
    'listed-is-free',
    'Every block on the list of an order is free, aligned and of that order.',
    GORMAN_FREE_BLOCKS,
    linux24('rmqueue'),
  ),
  'LIST-4': clause(
    'free-is-listed',
    'Every free frame lies in a listed block.',
    GORMAN_FREE_BLOCKS,
    linux24('__free_pages_ok'),
  ),

  'COUNT-1': clause(
    'free-count',
    'The count of free pages is the number of frames that are free.',
    linux24('nr_free_pages'),
  ),

  'STATE-1': clause(
    'partition',
    'Every frame is exactly one of: a hole, held by boot memory, free, or in one outstanding block.',
    'follows from TAKE-3, TAKE-4, GIVE-2 and HAND-1',
  ),
  'STATE-2': clause(
    'history-independent',
    'Which blocks are free depends on which frames are in use, not on how that came about.',
    'follows from PAIR-2 and PAIR-4',
  ),
  'STATE-3': clause(
    'restored',
    'Allocating a block and freeing it restores the free blocks that there were.',
    'follows from STATE-2',
  ),

  'STEP-1': clause(
    'local-change',
    'An operation changes nothing but the frames of its block and what joining or splitting makes of the blocks around it.',
    linux24('rmqueue'),
    linux24('__free_pages_ok'),
  ),
  'STEP-2': clause('refusal-inert', 'A request that is refused changes nothing.', linux24('rmqueue'), WIRE),

  'USE-1': clause(
    'reusable',
    'Emptied and then drained greedily, an arena grants as many blocks of each order as a fresh one does.',
    WIRE,
  ),
  'USE-2': clause('alive', 'An allocator neither crashes nor hangs.', WIRE),
  'USE-3': clause('sensible-answer', 'Every answer is one that the operation can have.', WIRE),

  'CAP-1': clause('capacity', 'The usable frames of an arena are all but the reserved ones.', WIRE),

  'MAKE-1': clause(
    'shape-orders',
    'The number of orders is a whole number from 1 to 31.',
    'linux 2.4.22 include/linux/mmzone.h MAX_ORDER',
    OURS,
  ),
  'MAKE-2': clause(
    'shape-pages',
    'The number of pages is a whole number from 1 to 2^28.',
    linux24('free_area_init_core'),
    OURS,
  ),
  'MAKE-3': clause(
    'shape-base',
    'The base is a page frame number, and need not be a multiple of anything.',
    linux24('free_area_init_core'),
    OURS,
  ),
  'MAKE-4': clause(
    'shape-holes',
    'Holes are runs of at least one frame, sorted, apart from one another and within the arena.',
    WIRE,
  ),
  'MAKE-5': clause(
    'shape-region',
    'A region begins at a multiple of four bytes within its buffer and is large enough for the whole zone.',
    OURS,
  ),
  ...BOOT_CLAUSES,
  ...ZONE_CLAUSES,
};
