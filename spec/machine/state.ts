/** The state of a machine's memory, and of one zone in it. */
import { isInside } from '../buddy/state.ts';
import { nodeId } from '../unit.ts';
import { zoneState } from './zone.ts';
import type { Machine, NodeId, Pfn, ZoneId } from '../../protocol/index.ts';
import type { ZoneState } from './zone.ts';

/** The memory of a machine. */
export interface MachineState {
  readonly machine: Machine;
  /** The zones that have frames: ordered by node, and ascending within each. A zone's place is its index here. */
  readonly zones: readonly ZoneState[];
  /** The heads of outstanding blocks that have more than one user, and how many they have. @clause PAGE-2 */
  readonly shared: ReadonlyMap<Pfn, number>;
  /**
   * The node where the last request began, if the policy is round-robin. Before the first request it is the last node in
   * the list, so that the first request begins at the head of the list.
   */
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

/** Returns a machine in which no frame has been handed over. @clause HAND-1 */
export const bootMachine = (machine: Machine): MachineState => stateOf(machine, false);

/** Returns a machine in which every frame but the holes was handed over, ascending in each zone. @clause PLACE-5 */
export const startMachine = (machine: Machine): MachineState => stateOf(machine, true);

/** Returns the state in which the zone at a place, if there is one, asks to be balanced or does not. @clause PASS-2 */
export const withBalance = (state: MachineState, place: number | undefined, needBalance: boolean): MachineState => ({
  ...state,
  zones: state.zones.map((zone, at) => (at === place ? { ...zone, needBalance } : zone)),
});

/** Returns the state with one zone replaced. @clause ZONE-2 */
export const withZone = (state: MachineState, place: number, zone: ZoneState): MachineState => ({
  ...state,
  zones: state.zones.with(place, zone),
});

/** Returns the place of the zone that a frame lies in; -1 if it lies in none. @clause ZONE-2 */
export const zoneAt = ({ zones }: MachineState, frame: Pfn): number =>
  zones.findIndex(({ placed: { state } }) => isInside(state.arena, frame));

/** Returns the name of a zone, as counterexamples print it. */
export const zoneName = ({ name, node }: ZoneId): string => `node ${node} ${name}`;
