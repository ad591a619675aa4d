import { nodeId } from '../unit.ts';
import { zoneState } from './zone.ts';
import type { Machine, NodeId, Pfn } from '../../protocol/index.ts';
import type { ZoneState } from './zone.ts';

/** A machine's memory. */
export interface MachineState {
  readonly machine: Machine;
  /** Those that have frames: by node, then ascending. */
  readonly zones: readonly ZoneState[];
  /** Heads of outstanding blocks that have more than one user, and how many they have. @clause PAGE-2 */
  readonly shared: ReadonlyMap<Pfn, number>;
  /** Where the last request began, if each goes to the next node in turn; the last of the list before the first one. */
  readonly cursor: NodeId;
}

const stateOf = (machine: Machine, handedOver: boolean): MachineState => ({
  machine,
  zones: machine.nodes.flatMap(({ zones }, node) =>
    zones.map((span) => zoneState(machine, nodeId(node), span, handedOver)),
  ),
  shared: new Map(),
  cursor: nodeId(0),
});

/** A machine of which nothing has been handed over. @clause HAND-1 */
export const bootMachine = (machine: Machine): MachineState => stateOf(machine, false);

/** A machine whose every frame but the holes was handed over, ascending in each zone. @clause PLACE-5 */
export const startMachine = (machine: Machine): MachineState => stateOf(machine, true);

/** Whether a number is one of the machine's nodes. */
export const isNode = ({ nodes }: Machine, n: number): n is NodeId => Number.isInteger(n) && nodes[n] !== undefined;

/** The nodes as the kernel lists them: the one initialised last is first. */
const nodeList = ({ nodes }: Machine): readonly NodeId[] => nodes.map((_, n) => nodeId(n)).toReversed();

/** The nodes that a request is tried on: from `first` to the end of the list, then from its beginning. @clause NODE-1 */
export function nodesFrom(machine: Machine, first: NodeId): readonly NodeId[] {
  const list = nodeList(machine);
  const at = list.indexOf(first);
  return [...list.slice(at), ...list.slice(0, at)];
}

/** The node after another in the list; after the last, the first. @clause NODE-4 */
export function nodeAfter(machine: Machine, node: NodeId): NodeId {
  const list = nodeList(machine);
  return list[(list.indexOf(node) + 1) % list.length] ?? node;
}

/** The state with one zone changed. @clause ZONE-2 */
export const withZone = (state: MachineState, at: number, zone: ZoneState): MachineState => ({
  ...state,
  zones: state.zones.with(at, zone),
});

/** The place of the zone that a frame lies in, among all zones; -1 where it lies in none. @clause ZONE-2 */
export const zoneAt = ({ zones }: MachineState, frame: Pfn): number =>
  zones.findIndex(({ placed: { state } }) => {
    const { base, pages } = state.arena;
    return frame >= base && frame < base + pages;
  });
