/** A request for pages: its misuse, and the nodes and zonelists that it tries. */
import { isGfp, isTaskFlags } from './gfp.ts';
import { isWhole } from '../arithmetic.ts';
import { nodeId } from '../unit.ts';
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

/** Reports whether a number is one of the machine's nodes. */
const isNode = ({ nodes }: Machine, n: number): n is NodeId => Number.isInteger(n) && nodes[n] !== undefined;

/** The kernel's list of nodes: the node initialised last is its head. */
const nodeList = ({ nodes }: Machine): readonly NodeId[] => nodes.map((_, n) => nodeId(n)).toReversed();

/** Returns the nodes in the order in which a request tries them: from `first` to the end of the list, then from its head. @clause NODE-1 */
function nodesFrom(machine: Machine, first: NodeId): readonly NodeId[] {
  const list = nodeList(machine);
  const at = list.indexOf(first);
  return [...list.slice(at), ...list.slice(0, at)];
}

/** Returns the next node in the list; after the last comes the head. @clause NODE-4 */
function nodeAfter(machine: Machine, node: NodeId): NodeId {
  const list = nodeList(machine);
  return list[(list.indexOf(node) + 1) % list.length] ?? node;
}

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
