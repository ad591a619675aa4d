/**
 * The specification: what is permitted (`step`, `refute`), and of that, what Linux does (`placement`); of boot memory,
 * `stepBoot`, `refuteBoot` and `placeBoot`.
 */
export * as arithmetic from './arithmetic.ts';
export * as buddy from './buddy/state.ts';
export { after, refute, step } from './buddy/step.ts';
export type { Permitted } from './buddy/step.ts';
export { bootPlaced, placement, startPlaced } from './buddy/placement.ts';
export type { Placed, Placement } from './buddy/placement.ts';
export { CLAUSE_OF, freeMisuse, handOverMisuse } from './buddy/misuse.ts';
export * as zone from './machine/zone.ts';
export { bootMachine, startMachine } from './machine/state.ts';
export { refuteMachine } from './machine/refute.ts';
export { afterMachine, stepMachine } from './machine/step.ts';
export { placeMachine } from './machine/placement.ts';
export type { MachineState } from './machine/state.ts';
export type { MachinePlacement } from './machine/placement.ts';
export type { MachinePermitted } from './machine/step.ts';
export type { ZoneState } from './machine/zone.ts';
export { refuted } from './refuted.ts';
export { CLAUSES } from './clauses.ts';
export type { ClauseText } from './clause-text.ts';
export { gfp, nodeId, order, pfn, taskFlags } from './unit.ts';
export type { Buddy } from './buddy/state.ts';
export type { Pair } from './buddy/pair.ts';
export * as bootmem from './boot/state.ts';
export { BOOT_CLAUSE_OF, bootMisuse } from './boot/misuse.ts';
export { BOOT_CLAUSES } from './boot/clauses.ts';
export { afterBoot, refuteBoot, stepBoot } from './boot/step.ts';
export { areNodes, placeBoot, startBoot } from './boot/placement.ts';
export { byteAddress } from './unit.ts';
export { sizes } from './boot/firmware.ts';
export type { Boot, Bootmem } from './boot/state.ts';
export type { BootPermitted } from './boot/step.ts';
export type { Waits } from './boot/misuse.ts';
