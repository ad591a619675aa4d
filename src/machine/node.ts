import { GFP_ZONEMASK } from './gfp.ts';
import { NONE } from '../buddy/buddy.ts';
import { allocPagesList } from './page-alloc.ts';
import type { Gfp, NodeId } from '../../protocol/index.ts';
import type { Nodes, PgData } from './pgdat.ts';
import type { Reclaim, Task } from './reclaim.ts';
import type { Zonelist } from './zonelist.ts';

const EMPTY: Zonelist = [];

/** A node's own __alloc_pages. @linux mm/numa.c alloc_pages_pgdat */
function allocPagesPgdat(pgdat: PgData, gfp: Gfp, order: number, task: Task, reclaim: Reclaim): number {
  return allocPagesList(gfp, order, pgdat.zonelists[gfp & GFP_ZONEMASK] ?? EMPTY, task, reclaim);
}

/** Where a request begins, as a place in the list of nodes. @clause NODE-1 @clause NODE-4 */
function startOf(nodes: Nodes, node: NodeId): number {
  const { pgdatList, policy } = nodes;
  if (policy === 'node-local') return pgdatList.length - 1 - node;
  const start = nodes.next;
  nodes.next = (start + 1) % pgdatList.length;
  return start;
}

/**
 * A block of 2^order pages of the caller's node, or of another one: its frame, NONE or STALLED.
 * @clause NODE-1 @clause NODE-3 @clause NODE-4 @linux mm/numa.c _alloc_pages
 */
export function allocPages(nodes: Nodes, node: NodeId, gfp: Gfp, order: number, task: Task, reclaim: Reclaim): number {
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
 * A block of 2^order pages of one node alone; where processors have no nodes of their own, of any: its frame, NONE or STALLED.
 * @clause NODE-2 @linux mm/numa.c alloc_pages_node
 */
export function allocPagesNode(
  nodes: Nodes,
  node: NodeId,
  gfp: Gfp,
  order: number,
  task: Task,
  reclaim: Reclaim,
): number {
  if (nodes.policy === 'round-robin') return allocPages(nodes, node, gfp, order, task, reclaim);
  const pgdat = nodes.pgdatList[nodes.pgdatList.length - 1 - node];
  return pgdat === undefined ? NONE : allocPagesPgdat(pgdat, gfp, order, task, reclaim);
}
