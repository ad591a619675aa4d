// A node of a machine as Linux keeps it, and the list of all nodes.
import type { NodeId, NodePolicy } from '../../protocol/index.ts';
import type { Field } from '../words/field.ts';
import type { Guard } from '../smp/guard.ts';
import type { MachineZone } from './machine-zone.ts';
import type { Zonelist } from './zonelist.ts';

/** A node: its zones, and the order in which a request tries them. @linux include/linux/mmzone.h pg_data_t */
export interface PgData {
  readonly nodeId: NodeId;
  /** The zones that have frames, ascending. @linux include/linux/mmzone.h node_zones */
  readonly zones: readonly MachineZone[];
  /** Indexed by the low four bits of a mask. */
  readonly zonelists: readonly Zonelist[];
}

/** All nodes, and the node at which the next request begins. */
export interface Nodes {
  readonly policy: NodePolicy;
  /** The node initialised last is first. @clause NODE-1 @linux mm/bootmem.c init_bootmem_core */
  readonly pgdatList: readonly PgData[];
  /** One word, under the policy round-robin: the place in `pgdatList` at which the next request begins. */
  readonly next: Field<number, number>;
  /** The lock of that word; undefined if the machine has one caller. @linux mm/numa.c node_lock */
  readonly guard: Guard | undefined;
}
