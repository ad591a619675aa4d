/** The specification: what is permitted (`step`, `refute`), and of that, what Linux does (`placement`). */
export * as arithmetic from './arithmetic.ts';
export * as buddy from './buddy.ts';
export { after, refute, step } from './step.ts';
export type { Step } from './step.ts';
export { bootPlaced, placement, startPlaced } from './placement.ts';
export type { Placed, Placement } from './placement.ts';
export { CLAUSE_OF, freeMisuse, handOverMisuse } from './misuse.ts';
export { CLAUSES } from './clauses.ts';
export type { ClauseText } from './clauses.ts';
export { order, pfn } from './unit.ts';
export type { Buddy } from './buddy.ts';
export type { Pair } from './pair.ts';
