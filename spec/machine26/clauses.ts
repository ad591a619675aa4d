/** The clauses of a machine of 2.6.24: when one of its zones may give a block. */
import { OURS, clause, linux26 } from '../clause-text.ts';
import type { Clause } from '../../protocol/index.ts';
import type { ClauseText } from '../clause-text.ts';

const watermarkOk = linux26('mm/page_alloc.c zone_watermark_ok');
const allocPages = linux26('mm/page_alloc.c __alloc_pages');

/** The clauses of 2.6.24's test of a zone, by id. */
export const MACHINE26_CLAUSES: Readonly<Record<Extract<Clause, `GATE-${number}`>, ClauseText>> = {
  'GATE-1': clause(
    'lessened-mark',
    'In 2.6 a request with HIGH is held to half of pages_min, and one that may not wait to three quarters of what is left, each part that is taken away rounded down.',
    watermarkOk,
  ),
  'GATE-2': clause(
    'count-above-mark',
    'In 2.6 a zone may give a block only if its free pages, less the block and one more, exceed the mark and the reserve against the class of the request, and equality refuses; no other zone counts.',
    watermarkOk,
  ),
  'GATE-3': clause(
    'orders-above-mark',
    'In 2.6 a zone may give a block only if for each lower order the pages in larger blocks exceed the mark halved once more for each order, and equality refuses.',
    watermarkOk,
  ),
  'GATE-4': clause(
    'reserve',
    'In 2.6 a zone keeps from requests of a higher class the pages of the zones above it, up to that class, divided by a ratio of the zone.',
    linux26('mm/page_alloc.c setup_per_zone_lowmem_reserve'),
  ),
  'GATE-5': clause(
    'marks-from-kbytes',
    "In 2.6 pages_min of a zone of low memory is its share of min_free_kbytes, that of HighMem a 1024th of its pages from 32 to 128, and pages_low and pages_high are a quarter and half of the zone's share above it.",
    linux26('mm/page_alloc.c setup_per_zone_pages_min'),
  ),
  'GATE-6': clause(
    'passes',
    'In 2.6 a request is tried at pages_low and then at pages_min, where HIGH and not waiting count; the killer is called only after a pass at pages_high, and a task that reclaims is held to no mark.',
    allocPages,
  ),
  'GATE-7': clause(
    'class',
    'In 2.6 a request may use the zones up to the one its mask names: DMA, DMA32, HighMem, or else Normal; the highest of them that has pages is its class.',
    linux26('include/linux/gfp.h gfp_zone'),
  ),
  'GATE-8': clause(
    'gate-masks',
    'Each mask has the bits that 2.6.24 gives it, and a mask with other bits is rejected.',
    linux26('include/linux/gfp.h __GFP_BITS_MASK'),
    OURS,
  ),
  'GATE-9': clause(
    'gate-wake',
    'In 2.6 a request that no zone lets through at pages_low wakes kswapd, and no other command does.',
    allocPages,
  ),
  'GATE-10': clause(
    'gate-reclaim',
    'In 2.6 a request that no zone lets through reclaims memory itself if it may wait and its task is not exempt, keeps nothing of what that frees, and is tried again as before if that freed something.',
    allocPages,
  ),
  'GATE-11': clause(
    'gate-exempt',
    'In 2.6 a task that reclaims memory or is being killed is given a block whatever the marks, unless its mask has NOMEMALLOC; it never reclaims, and fails if there is no block, unless its mask has NOFAIL.',
    allocPages,
  ),
  'GATE-12': clause(
    'gate-endings',
    'In 2.6 a reclaim in vain for a request with FS and without NORETRY calls the killer, or above order 3 refuses; what is left is tried on if its order is at most 3 or it has REPEAT or NOFAIL, unless it has NORETRY, and stalls after a reclaim in vain.',
    allocPages,
    OURS,
  ),
  'GATE-13': clause(
    'settings-followed',
    'When min_free_kbytes or a ratio is set, the marks and reserves of all zones follow at once, and no page moves; a number that cannot be set is rejected.',
    linux26('mm/page_alloc.c min_free_kbytes_sysctl_handler'),
    OURS,
  ),
  'GATE-14': clause(
    'passed-means-block',
    'In 2.6 a zone that lets a request through has a block for it.',
    'follows from GATE-2, GATE-3 and COUNT-1',
  ),
};
