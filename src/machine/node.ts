// Allocation on a machine of several nodes: which node a request tries first, and which after it.
import { GFP_ZONEMASK } from './gfp.ts';
import { NONE } from '../buddy/buddy.ts';
import { allocPagesList } from './page-alloc.ts';
import { lockIrqsave, unlockIrqrestore } from '../smp/guard.ts';
import type { Answer } from './page-alloc.ts';
import type { Gfp, NodeId, Order } from '../../protocol/index.ts';
import type { Nodes, PgData } from './pgdat.ts';
import type { Reclaim, Task } from './reclaim.ts';
import type { Zonelist } from './zonelist.ts';

const EMPTY: Zonelist = [];

/** Allocates from the zones of one node. @linux mm/numa.c alloc_pages_pgdat */
function allocPagesPgdat(pgdat: PgData, gfp: Gfp, order: Order, task: Task, reclaim: Reclaim): Answer {
  return allocPagesList(gfp, order, pgdat.zonelists[gfp & GFP_ZONEMASK] ?? EMPTY, task, reclaim);
}

/** Returns the place in the list of nodes at which a request begins. @clause NODE-1 @clause NODE-4 */
function startOf(nodes: Nodes, node: NodeId): number {
  const { next, pgdatList, policy } = nodes;
  if (policy === 'node-local') return pgdatList.length - 1 - node;
  const flags = lockIrqsave(nodes);
  const start = next.get(0);
  next.put(0, (start + 1) % pgdatList.length);
  unlockIrqrestore(nodes, flags);
  return start;
}

/**
 * Allocates a block of 2^order pages on the caller's node, or on another one. Returns its first frame, NONE or STALLED.
 * @clause NODE-1 @clause NODE-3 @clause NODE-4 @linux mm/numa.c _alloc_pages
 */
export function allocPages(nodes: Nodes, node: NodeId, gfp: Gfp, order: Order, task: Task, reclaim: Reclaim): Answer {
  const { pgdatList } = nodes;
  const start = startOf(nodes, node);
  for (let n = 0; n < pgdatList.length; n++) {
    const pgdat = pgdatList[(start + n) % pgdatList.length];
    if (pgdat === undefined) continue;
    const frame = allocPagesPgdat(pgdat, gfp, order, task, reclaim);
    if (frame !== NONE) return frame;
  }
  return NONE;
}

/**
 * Allocates a block of 2^order pages on one node alone; on any node if processors have no nodes of their own. Returns its
 * first frame, NONE or STALLED.
 * @clause NODE-2 @linux mm/numa.c alloc_pages_node
 */
export function allocPagesNode(
  nodes: Nodes,
  node: NodeId,
  gfp: Gfp,
  order: Order,
  task: Task,
  reclaim: Reclaim,
): Answer {
  if (nodes.policy === 'round-robin') return allocPages(nodes, node, gfp, order, task, reclaim);
  const pgdat = nodes.pgdatList[nodes.pgdatList.length - 1 - node];
  return pgdat === undefined ? NONE : allocPagesPgdat(pgdat, gfp, order, task, reclaim);
}
