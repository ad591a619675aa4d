/** The parts of `npm run prove` that decide the obligations. */

import { CODE } from './code/parts.ts';
import { LAWS, smtOfLaw } from './arithmetic.ts';
import { Skipped, must } from '../result.ts';
import { certify } from './refutation/certificate.ts';
import { decide, nativeOrNone, packagedZ3 } from './solve.ts';
import { failures } from './tight.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { pose } from './obligation.ts';
import { HASHES } from './refutation/hashes.ts';
import { run } from '../tool.ts';
import { tmpdir } from 'node:os';
import type { Obligation } from './obligation.ts';
import type { Part } from '../result.ts';
import type { Solver } from './solve.ts';

const OPERATIONS = ['free', 'allocate'] as const;

async function solving<T>(solver: Solver, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    solver.end();
  }
}

/** Decides the obligations of arenas of 2^top pages, and that what they suppose is possible. */
async function decided(solver: Solver, tops: readonly number[]): Promise<string> {
  const sizes: string[] = [];
  for (const top of tops) {
    const from = performance.now();
    for (const operation of OPERATIONS) {
      const posed = pose({ operation, top });
      must((await decide(solver, posed)).kind === 'unsat', `${operation} fails at ${2 ** top} pages`);
      const supposed = { ...posed, asserted: posed.asserted.slice(0, -1) };
      must(
        (await decide(solver, supposed)).kind === 'sat',
        `${operation} at ${2 ** top} pages supposes the impossible`,
      );
    }
    sizes.push(`${2 ** top} pages ${((performance.now() - from) / 1000).toFixed(2)} s`);
  }
  return `${solver.name}: ${sizes.join(', ')}`;
}

async function laws(solver: Solver): Promise<string> {
  for (const law of LAWS) {
    must((await solver.ask(smtOfLaw(law))).trim() === 'unsat', `it fails: ${law.says}`);
    for (const at of law.given.keys()) {
      must((await solver.ask(smtOfLaw(law, at))).trim() === 'sat', `condition ${at} is not needed: ${law.says}`);
    }
  }
  return `${LAWS.length} laws, of which no condition can be left out`;
}

async function tight(solver: Solver): Promise<string> {
  const pictures = await failures(solver);
  mkdirSync('reports', { recursive: true });
  writeFileSync('reports/tightness.txt', `${pictures.join('\n\n')}\n`);
  return `${pictures.length} counterexamples, drawn in reports/tightness.txt`;
}

const version = (): string => run('cadical', ['--version'], tmpdir()).output.trim();

function certified(): string {
  const cadical = version();
  const sizes = HASHES.map(({ operation, top, clauses, proof, by }) => {
    const obligation: Obligation = { operation, top };
    const made = certify(obligation);
    must(
      made.clauses === clauses,
      `${operation} at ${2 ** top} pages has other clauses than proof/inductive/refutation/hashes.ts says`,
    );
    must(
      by !== cadical || made.proof === proof,
      `${operation} at ${2 ** top} pages has another proof than hashes.ts says`,
    );
    const { added } = made.checked;
    return `${operation} ${2 ** top} pages: ${added} clauses, solved in ${made.solving.toFixed(2)} s, checked in ${made.checking.toFixed(2)} s`;
  });
  return `cadical ${cadical}; ${sizes.join('; ')}`;
}

async function native(tops: readonly number[]): Promise<string> {
  const solver = nativeOrNone();
  if (solver === undefined) throw new Skipped('needs z3 (Debian: apt-get install z3)');
  return `${await decided(solver, tops)}; ${await laws(solver)}`;
}

const packaged = async (work: (solver: Solver) => Promise<string>): Promise<string> => {
  const solver = await packagedZ3();
  return solving(solver, () => work(solver));
};

const SIZES = [3, 4, 5, 6];

export const INDUCTIVE: readonly Part[] = [
  ...CODE,
  {
    claim:
      '2.4: from any state that satisfies the invariants, reachable or not, free, hand-over and allocate lead to one that does, and what is unlinked was linked',
    how: 'z3, SMT-LIB emitted from the code written as formulas; holes and any size up to the number of pages are in it',
    limits:
      'larger zones; the order of lists; that the formulas say what src does, which the first claims show up to 32 pages',
    run: () => packaged((solver) => decided(solver, SIZES)),
  },
  {
    claim: 'buddy by xor, pair by shift, parent by mask: for all page numbers of 32 bits and all orders below 20',
    how: 'z3, bit vectors',
    limits: 'orders from 20 on',
    run: () => packaged(laws),
  },
  {
    claim:
      'no hypothesis can be left out, no toggle skipped, and the bit is not the exclusive or of the allocated flags',
    how: 'z3 finds a counterexample for each, at 4 pages',
    limits: 'how often each is needed: one counterexample of each kind is shown',
    run: () => packaged(tight),
  },
  {
    claim: 'the two claims before that, by another z3',
    how: "the machine's own z3",
    limits: 'the same',
    run: () => native(SIZES),
  },
  {
    claim: 'the obligations of 16 and 32 pages cannot fail, without trust in a solver',
    how: 'clauses refuted by cadical; its proof checked by proof/inductive/refutation/drat.ts; the hashes are those committed',
    limits: 'the translation of formulas into clauses',
    run: certified,
  },
];
