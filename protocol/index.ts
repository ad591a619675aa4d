/** The language that the layers share: types only, nothing that runs. */
export type { Order, FrameIndex, Pfn, ByteAddress } from './unit.ts';
export type { Gfp, NodeId, TaskFlags, VirtualAddress, ZonelessGfp } from './unit.ts';
export type { Alignment, Arena, Block, Kernel, Run } from './machine.ts';
export type { Balance, Machine, NodePolicy, NodeShape, Watermarks, ZoneId } from './machine.ts';
export type { ZoneLimits, ZoneName, ZoneSpan } from './machine.ts';
export type { PageCommand, PageMisuse, PageOutcome, Round } from './page.ts';
export type { Command } from './command.ts';
export type { FreeMisuse, HandOverMisuse, Misuse, Outcome } from './outcome.ts';
export type { Claim, Claims } from './claim.ts';
export type { Boot, Freed, Hole, Nobody, Observation, Owner, Reported } from './observation.ts';
export type { MachineObservation, ZoneObservation } from './observation.ts';
export type { Clause } from './clause.ts';
export type { Counterexample } from './counterexample.ts';
export type {
  BootCommand,
  BootMisuse,
  BootNode,
  BootNodeObservation,
  BootObservation,
  BootOutcome,
  BootRejection,
} from './boot.ts';
export type { Firmware, MachineSize, NodeSize, UsableRange } from './firmware.ts';
