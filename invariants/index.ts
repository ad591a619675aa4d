/** What must always hold: named sentences, each with the attempt to refute it. */
export { freeUndoesAllocate, historyLeavesNoTrace } from './buddy/history.ts';
export { invariants, refuteAll, refuteStep, stepInvariants } from './all.ts';
export { snapshot, snapshotBoot, snapshotMachine } from './snapshot.ts';
export { machineInvariants, machineStepInvariants, refuteMachine, refuteMachineStep } from './machine/all.ts';
export { tell } from './invariant.ts';
export type { MachineStep } from './machine/step.ts';
export type { Invariant, Moments, Step } from './invariant.ts';
export { bootInvariants, handOverInvariants, refuteBootStep, refuteHandOver } from './boot/all.ts';
export { lastPageIsTaken } from './boot/retirement.ts';
export type { BootStep } from './boot/state.ts';
export type { HandOver } from './boot/retirement.ts';
