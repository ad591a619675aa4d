/** The parts of `npm run prove` that Coq checks. */

import { FILES, checkAll, textOf } from './coq.ts';
import { brokenBy, mutantsOf, reasonOf, show } from './mutants.ts';
import { must } from '../result.ts';
import type { Part } from '../result.ts';

function checked(twice: boolean): string {
  const theorems = checkAll(twice);
  const lines = FILES.reduce((sum, file) => sum + textOf(file).split('\n').length - 1, 0);
  must(theorems > 0, 'there are no theorems');
  return `${theorems} theorems in ${lines} lines, none of which rests on an axiom`;
}

/** Breaks the proofs with each small change of the generated definitions; those that break none must be the ones that are known. */
function changed(): string {
  const mutants = mutantsOf(textOf('Generated'));
  const broken = brokenBy(mutants);
  const lived = mutants.filter((_, n) => broken[n] === undefined);
  must(!broken.includes('Generated'), 'a change leaves no definition');
  const unknown = lived.filter((mutant) => reasonOf(mutant) === undefined).map(show);
  must(unknown.length === 0, `no proof breaks with: ${unknown.join('; ')}`);
  return `${mutants.length} changes: ${mutants.length - lived.length} break a proof, ${lived.length} change nothing that can be met`;
}

export const UNBOUNDED: readonly Part[] = [
  {
    claim:
      'the code of 2.4, as it is printed from src, with any number of orders, up to 2^30 pages, any holes: from words that nobody made, initZone and then any commands with any numbers end and report no bug; a grant is of free pages, the first block of the smallest order, its last part; refused only if nothing fits; misuse is rejected by its name and changes no word; the count is right',
    how: 'theorems in Coq 8.16, no axioms; beneath them those about definitions by hand: only the free pages matter; swapping buddies changes nothing; the map alone cannot tell a legal free',
    limits:
      '2.6; allocatePages, boot memory, machines; that the printed definitions say what src does rests on proof/front, and is seen along random commands',
    run: () => checked(false),
  },
  {
    claim: 'the same, and every theorem of Coq itself that it needs, checked by a second program',
    how: 'coqchk',
    limits: 'the same',
    long: true,
    run: () => checked(true),
  },
  {
    claim: 'the theorems speak of all that is printed: small changes of it break a proof',
    how: 'coqc, with one change at a time',
    limits: 'changes of other kinds than mutants.ts makes',
    long: true,
    run: changed,
  },
];
