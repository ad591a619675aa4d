/**
 * The specification: what is permitted (`step`, `refute`), and of that, what Linux does (`placement`); of boot memory,
 * `stepBoot`, `refuteBoot` and `placeBoot`.
 */
export * as arithmetic from './arithmetic.ts';
export * as buddy from './buddy.ts';
export { after, refute, step } from './step.ts';
export type { Step } from './step.ts';
export { bootPlaced, placement, startPlaced } from './placement.ts';
export type { Placed, Placement } from './placement.ts';
export { CLAUSE_OF, freeMisuse, handOverMisuse } from './misuse.ts';
export * as zone from './zone.ts';
export { bootMachine, startMachine } from './node.ts';
export { afterPage, refutePage, stepPage } from './page-step.ts';
export { pagePlacement } from './page-placement.ts';
export type { MachineState } from './node.ts';
export type { PagePlacement } from './page-placement.ts';
export type { PageStep } from './page-step.ts';
export type { ZoneState } from './zone.ts';
export { CLAUSES } from './clauses.ts';
export type { ClauseText } from './clause-text.ts';
export { gfp, nodeId, order, pfn, taskFlags } from './unit.ts';
export type { Buddy } from './buddy.ts';
export type { Pair } from './pair.ts';
export * as bootmem from './bootmem.ts';
export { BOOT_CLAUSE_OF, bootMisuse } from './boot-misuse.ts';
export { BOOT_CLAUSES } from './boot-clauses.ts';
export { afterBoot, refuteBoot, stepBoot } from './boot-step.ts';
export { areNodes, placeBoot, startBoot } from './boot-placement.ts';
export { byteAddress } from './unit.ts';
export { sizes } from './firmware.ts';
export type { Boot, Bootmem } from './bootmem.ts';
export type { BootStep } from './boot-step.ts';
export type { Waits } from './boot-misuse.ts';
