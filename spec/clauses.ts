/** The clauses of all rooms. */
import { BOOT_CLAUSES } from './boot/clauses.ts';
import { BUDDY_CLAUSES } from './buddy/clauses.ts';
import { MACHINE26_CLAUSES } from './machine26/clauses.ts';
import { MACHINE_CLAUSES } from './machine/clauses.ts';
import { SMP_CLAUSES } from './smp/clauses.ts';
import type { Clause } from '../protocol/index.ts';
import type { ClauseText } from './clause-text.ts';

/** Every clause of the specification, by its id. */
export const CLAUSES: Readonly<Record<Clause, ClauseText>> = {
  ...BUDDY_CLAUSES,
  ...SMP_CLAUSES,
  ...BOOT_CLAUSES,
  ...MACHINE_CLAUSES,
  ...MACHINE26_CLAUSES,
};

/** Reports whether a text is the id of a clause. */
export const isClause = (text: string): text is Clause => Object.hasOwn(CLAUSES, text);
