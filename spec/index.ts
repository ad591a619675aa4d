/**
 * The specification. For each room it says why an answer is wrong (`refute`), which answers are permitted (`step`), what is
 * so after one (`after`), and which one Linux gives (`placement`, `placeBoot`, `placeMachine`).
 */
export * as arithmetic from './arithmetic.ts';
export { byteAddress, gfp, nodeId, order, pfn, taskFlags } from './unit.ts';
export { refuted } from './refuted.ts';
export { CLAUSES, isClause } from './clauses.ts';
export type { ClauseText } from './clause-text.ts';

export * as buddy from './buddy/state.ts';
export { CLAUSE_OF, freeMisuse, handOverMisuse } from './buddy/misuse.ts';
export { after, nameOf, refute, step } from './buddy/step.ts';
export { bootPlaced, placement, startPlaced } from './buddy/placement.ts';
export { refuteRange } from './buddy/range.ts';
export { cutOff, refuteResize, resized } from './buddy/resize.ts';
export { afterBulk, refuteBulk } from './buddy/bulk.ts';
export { afterSized, afterSizedFree, blocksIn, nameOfSized, refuteSized, refuteSizedFree } from './buddy/sized.ts';
export type { RangeRequest } from './buddy/range.ts';
export type { SizedRequest } from './buddy/sized.ts';
export type { Buddy } from './buddy/state.ts';
export type { Pair } from './buddy/pair.ts';
export { entryOf, rowOf, valuesOf } from './buddy/row.ts';
export type { Row } from './buddy/row.ts';
export type { Permitted } from './buddy/step.ts';
export type { Placed, Placement } from './buddy/placement.ts';

export { linearize } from './smp/linearize.ts';
export { linuxOne, permissive } from './smp/sequential.ts';
export { smallestRefuted } from './smp/minimal.ts';
export type { Linearized } from './smp/linearize.ts';
export type { Sequential } from './smp/sequential.ts';

export * as bootmem from './boot/state.ts';
export { BOOT_CLAUSES } from './boot/clauses.ts';
export { BOOT_CLAUSE_OF, bootMisuse } from './boot/misuse.ts';
export { askedOfBoot } from './boot/asked.ts';
export { afterBoot, refuteBoot, stepBoot } from './boot/step.ts';
export { areNodes, placeBoot, startBoot } from './boot/placement.ts';
export { shapes, sizes } from './boot/firmware.ts';
export type { Boot, Bootmem } from './boot/state.ts';
export type { BootPermitted } from './boot/step.ts';
export type { Waits } from './boot/misuse.ts';

export * as zone from './machine/zone.ts';
export * as pageCache from './machine/page-cache.ts';
export { afterMachine, stepMachine } from './machine/step.ts';
export { bootMachine, startMachine } from './machine/state.ts';
export { placeMachine } from './machine/placement.ts';
export { linuxMachine, startShared, stepShared } from './machine/run/shared.ts';
export { refuteMachine } from './machine/refute.ts';
export type { MachinePermitted } from './machine/step.ts';
export type { MachinePlacement } from './machine/placement.ts';
export type { MachineState } from './machine/state.ts';
export type { SharedState } from './machine/run/shared.ts';
export type { ZoneState } from './machine/zone.ts';

export { afterMachine26, refuteMachine26 } from './machine26/step.ts';
export { placeMachine26 } from './machine26/placement.ts';
export { startMachine26 } from './machine26/state.ts';
export type { MachineState26, ZoneState26 } from './machine26/state.ts';
export type { Placement26 } from './machine26/placement.ts';
