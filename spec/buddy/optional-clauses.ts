/** The clauses of requests that an allocator need not have: within a range, of another size of the arena, of a number of frames; and bulk frees. */
import { WIRE, clause, linux26 } from '../clause-text.ts';
import type { Clause } from '../../protocol/index.ts';
import type { ClauseText } from '../clause-text.ts';

type OptionalClause = Extract<Clause, 'TAKE-8' | `RESIZE-${number}` | `SIZED-${number}` | 'BULK-1'>;

/** The clauses of optional requests, by id. */
export const OPTIONAL_CLAUSES: Readonly<Record<OptionalClause, ClauseText>> = {
  'TAKE-8': clause('in-range', 'A block granted for a range of frames lies within that range.', WIRE),

  'RESIZE-1': clause(
    'resize',
    'An arena is resized only if that cuts off no outstanding block and no reserved frame; it may always refuse.',
    WIRE,
  ),
  'RESIZE-2': clause('resized', 'The frames that an arena grows by are free; those that it loses are not in it.', WIRE),

  'SIZED-1': clause(
    'sized',
    'A request for a number of frames is granted that many in a row, and the first is a multiple of the alignment that it names.',
    WIRE,
  ),
  'SIZED-2': clause(
    'rest-free',
    'The rest of the block that a number of frames is granted from is free at once.',
    linux26('mm/page_alloc.c split_page'),
    WIRE,
  ),
  'SIZED-3': clause(
    'sized-freed',
    'A free of what a request for a number of frames was granted is accepted, and frees all of them and no other.',
    WIRE,
  ),

  'BULK-1': clause(
    'bulk-free',
    'A free of several outstanding blocks at once is accepted, and leaves what freeing them one by one does, in whichever order.',
    WIRE,
  ),
};
