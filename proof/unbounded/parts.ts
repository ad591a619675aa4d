/** The parts of `npm run prove` that Coq checks. */

import { ARENAS, compareSpec } from './permitted/compare.ts';
import { FILES, GENERATED, checkAll, textOf } from './coq.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mutantsOf, reasonOf, show, tried } from './mutants.ts';
import { grouped, must } from '../result.ts';
import type { Part } from '../result.ts';

/** Coq's files without words of memory. */
const HAND = FILES.filter((file) => file.startsWith('hand/'));

/** Reports whether a theorem is one of a file. */
const proves = (file: string, name: string): boolean =>
  new RegExp(`^(?:Theorem|Lemma|Corollary) ${name} `, 'mu').test(textOf(file));

function checked(twice: boolean): string {
  const theorems = checkAll(twice);
  const lines = FILES.reduce((sum, file) => sum + textOf(file).split('\n').length - 1, 0);
  must(theorems.length > 0, 'there are no theorems');
  const byHand = theorems.filter((name) => HAND.some((file) => proves(file, name))).length;
  return `${theorems.length} theorems, ${byHand} of them about definitions by hand alone, in ${lines} lines, none of which rests on an axiom`;
}

/** Breaks the proofs with each small change of the generated definitions; those that break none must be the ones that are known. */
async function changed(): Promise<string> {
  const lines: string[] = [];
  const unknown: string[] = [];
  let lived = 0;
  for (const file of GENERATED) {
    for await (const { mutant, broken, isSame } of tried(file, mutantsOf(textOf(file)))) {
      must(broken !== file, `a change leaves no definition in ${file}.v: ${show(mutant)}`);
      lines.push(`${broken ?? `nothing, as ${reasonOf(mutant) ?? '?'}`}: ${show(mutant)}`);
      if (broken !== undefined) continue;
      lived++;
      if (!isSame) unknown.push(show(mutant));
    }
  }
  mkdirSync('reports', { recursive: true });
  writeFileSync('reports/coq-mutants.txt', `${lines.join('\n')}\n`);
  must(unknown.length === 0, `no proof breaks with: ${unknown.join('; ')}`);
  return `${lines.length} changes: ${lines.length - lived} break a proof, ${lived} break none, and do the same on links within bounds, which is a lemma`;
}

function compared(steps: number): string {
  const [commands, answers] = compareSpec(steps);
  return `${grouped(commands)} commands in ${ARENAS.length} arenas, ${grouped(answers)} answers`;
}

const PERMITTED: Pick<Part, 'claim' | 'how' | 'limits'> = {
  claim:
    'what is permitted in Coq, of which the theorems are, is what spec permits: every answer that there may be to a command',
  how: 'random commands, misuse among them, to spec/buddy and to Spec.v, computed by coqc; that what is computed is what is permitted is a theorem',
  limits: 'states that were not met; numbers that are not whole',
};

export const UNBOUNDED: readonly Part[] = [
  { ...PERMITTED, run: () => compared(100) },
  { ...PERMITTED, claim: `${PERMITTED.claim}, for longer`, long: true, run: () => compared(10_000) },
  {
    claim:
      'the code of 2.4 and of 2.6, as it is printed from src, with any number of orders, up to 2^30 pages, any holes, any first frame: from words that nobody made, initZone and then any commands with any numbers end and report no bug; a grant is of free pages, the first block of the smallest order, its last part (2.6: its first); refused only if nothing fits; misuse is rejected by its name and changes no word; bits, marks and counts are right',
    how: 'theorems in Coq 8.16, no axioms; beneath them those about definitions by hand: only the free pages matter; swapping buddies changes nothing; the map alone cannot tell a legal free',
    limits:
      'constructors, boot memory, machines; that the printed definitions say what src does rests on proof/front, and is seen along random commands',
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
