/** The language that the layers share: types only, nothing that runs. */
export type { Order, FrameIndex, Pfn, ByteAddress } from './unit.ts';
export type { Alignment, Arena, Block, Kernel, Run } from './machine.ts';
export type { Command } from './command.ts';
export type { FreeMisuse, HandOverMisuse, Misuse, Outcome } from './outcome.ts';
export type { Claim, Claims } from './claim.ts';
export type { Boot, Freed, Hole, Nobody, Observation, Owner, Views } from './observation.ts';
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
export type { Machine, MachineSize, NodeSize, UsableRange, ZoneName, ZoneSize } from './firmware.ts';
