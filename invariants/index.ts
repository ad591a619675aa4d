/** What must always hold: named sentences, each with the attempt to refute it. */
export { snapshot, snapshotBoot, snapshotMachine, snapshotMachine26 } from './snapshot.ts';
export { tell } from './invariant.ts';
export type { Invariant, Moments, Step } from './invariant.ts';

export { freeUndoesAllocate, historyLeavesNoTrace } from './buddy/history.ts';
export { invariants, refuteAll, refuteStep, stepInvariants } from './buddy/all.ts';

export { bootInvariants, handOverInvariants, refuteBootStep, refuteHandOver } from './boot/all.ts';
export { lastPageIsTaken } from './boot/retirement.ts';
export type { BootStep } from './boot/step.ts';
export type { HandOver } from './boot/retirement.ts';

export { machineInvariants, machineStepInvariants, refuteMachine, refuteMachineStep } from './machine/all.ts';
export { cacheInvariants, cachedPagesAreInUse, refuteCache } from './machine/page-cache.ts';
export type { CacheMoment, CacheReclaim } from './machine/page-cache.ts';
export type { MachineStep } from './machine/step.ts';

export { machine26Invariants, machine26StepInvariants, refuteMachine26, refuteMachine26Step } from './machine26/all.ts';
export type { MachineStep26 } from './machine26/step.ts';
