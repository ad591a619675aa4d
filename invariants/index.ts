/** What must always hold: named sentences, each with the attempt to refute it. */
export { freeUndoesAllocate, historyLeavesNoTrace } from './history.ts';
export { invariants, refuteAll, refuteStep, stepInvariants } from './all.ts';
export { keep, keepMachine } from './keep.ts';
export { machineInvariants, machineStepInvariants, refuteMachine, refuteMachineStep } from './machine.ts';
export { tell } from './invariant.ts';
export type { MachineStep } from './machine-step.ts';
export type { Invariant, Moments, Step } from './invariant.ts';
export { bootInvariants, handOverInvariants, refuteBootStep, refuteHandOver } from './boot-all.ts';
export { keepBoot } from './bootmem.ts';
export { lastPageIsTaken } from './retirement.ts';
export type { BootStep } from './bootmem.ts';
export type { HandOver } from './retirement.ts';
