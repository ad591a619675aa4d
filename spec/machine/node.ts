/** The nodes of a machine, in the order in which the kernel lists them. */
import { nodeId } from '../unit.ts';
import type { Machine, NodeId } from '../../protocol/index.ts';

/** Reports whether a number is one of the machine's nodes. */
export const isNode = ({ nodes }: Machine, n: number): n is NodeId => Number.isInteger(n) && nodes[n] !== undefined;

/** The kernel's list of nodes: the node initialised last is its head. */
const nodeList = ({ nodes }: Machine): readonly NodeId[] => nodes.map((_, n) => nodeId(n)).toReversed();

/** Returns the nodes in the order in which a request tries them: from `first` to the end of the list, then from its head. @clause NODE-1 */
export function nodesFrom(machine: Machine, first: NodeId): readonly NodeId[] {
  const list = nodeList(machine);
  const at = list.indexOf(first);
  return [...list.slice(at), ...list.slice(0, at)];
}

/** Returns the next node in the list; after the last comes the head. @clause NODE-4 */
export function nodeAfter(machine: Machine, node: NodeId): NodeId {
  const list = nodeList(machine);
  return list[(list.indexOf(node) + 1) % list.length] ?? node;
}
