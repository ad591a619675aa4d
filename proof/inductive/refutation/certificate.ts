/** Certificates: cadical refutes the clauses of an obligation, and our own checker follows its proof. */

import { DratChecker } from './drat.ts';
import { cnfOf, dimacsOf } from '../../formula/cnf.ts';
import { createHash } from 'node:crypto';
import { inFolder, run } from '../../tool.ts';
import { pose } from '../obligation.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Checked } from './drat.ts';
import type { Cnf } from '../../formula/cnf.ts';
import type { Obligation } from '../obligation.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The hashes of an obligation's clauses and of a proof that they are unsatisfiable, and the result of its check. */
export interface Certificate {
  readonly clauses: string;
  readonly proof: string;
  readonly checked: Checked;
  readonly solving: number;
  readonly checking: number;
}

export const clausesOf = (obligation: Obligation): string => {
  const { formulas, asserted } = pose(obligation);
  return dimacsOf(cnfOf(formulas, asserted));
};

/** cadical's exit status for unsatisfiable clauses. */
const UNSATISFIABLE = 20;

/** Refutes clauses with cadical, which must be installed, and checks its proof. */
export function certifyClauses(cnf: Cnf): Certificate {
  const text = dimacsOf(cnf);
  return inFolder((folder) => {
    writeFileSync(`${folder}/clauses`, text);
    const from = performance.now();
    const { status, output } = run('cadical', ['-q', '--no-binary', 'clauses', 'proof'], folder);
    if (status !== UNSATISFIABLE) throw new Error(`cadical says: ${output.slice(0, 100)}`);
    const proof = readFileSync(`${folder}/proof`, 'utf8');
    const solved = performance.now();
    const checked = new DratChecker(cnf).check(proof);
    if (!checked.refutes) throw new Error('the proof ends before it refutes anything');
    const [solving, checking] = [(solved - from) / 1000, (performance.now() - solved) / 1000];
    return { clauses: sha256(text), proof: sha256(proof), checked, solving, checking };
  });
}

/** Refutes the clauses of an obligation with cadical, which must be installed, and checks its proof. */
export function certify(obligation: Obligation): Certificate {
  const { formulas, asserted } = pose(obligation);
  return certifyClauses(cnfOf(formulas, asserted));
}

export const hashOf = (obligation: Obligation): string => sha256(clausesOf(obligation));
