/** The clauses of a machine of 2.6.24: when one of its zones may give a block. */
import { clause, linux26 } from '../clause-text.ts';
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
};
