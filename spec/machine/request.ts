/** A request for pages: its misuse, and the nodes and zonelists that it tries. */
import { isGfp, isTaskFlags } from './gfp.ts';
import { isNode, nodeAfter, nodesFrom } from './node.ts';
import { isWhole } from '../arithmetic.ts';
import { zonelistOf } from './zonelist.ts';
import type { Gfp, Machine, NodeId, Order, PageCommand, PageMisuse, TaskFlags } from '../../protocol/index.ts';
import type { MachineState } from './state.ts';
import type { Zonelist } from './zonelist.ts';

/** What is asked for, and by which task. */
export interface Request {
  readonly gfp: Gfp;
  readonly order: Order;
  readonly task: TaskFlags;
}

/** A request as a command: it also says where it begins. */
export type PageRequest = PageCommand & { readonly kind: 'allocate-pages' | 'allocate-on-node' };

/** Returns how a request is misuse in any state; undefined if it is legal. @clause TAKE-5 @clause GFP-2 @clause NODE-1 */
export function requestMisuse(machine: Machine, { gfp, node, order, task }: PageRequest): PageMisuse | undefined {
  if (!isWhole(order)) return 'no-such-order';
  if (!isGfp(gfp) || !isTaskFlags(task)) return 'no-such-flags';
  return isNode(machine, node) ? undefined : 'no-such-node';
}

/** Returns the nodes that a request tries, in order. @clause NODE-1 @clause NODE-2 @clause NODE-4 */
export function nodesOf({ cursor, machine }: MachineState, { kind, node }: PageRequest): readonly NodeId[] {
  if (machine.policy === 'round-robin') return nodesFrom(machine, nodeAfter(machine, cursor));
  return kind === 'allocate-on-node' ? [node] : nodesFrom(machine, node);
}

/** Returns the node that the next request counts from: with round-robin, the one where this request began. @clause NODE-4 */
export function cursorAfter(state: MachineState, request: PageRequest): NodeId {
  const [first = state.cursor] = nodesOf(state, request);
  return state.machine.policy === 'round-robin' ? first : state.cursor;
}

/** Returns the zonelists that a request tries, in order: one for each node that has a zone for it. @clause NODE-1 */
export const zonelistsOf = (state: MachineState, request: PageRequest): readonly Zonelist[] =>
  nodesOf(state, request)
    .map((node) => zonelistOf(state.zones, node, request.gfp))
    .filter((zonelist) => zonelist.length > 0);
