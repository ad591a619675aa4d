/** Certificates: cadical refutes clauses, and our own checker follows its proof. */

import { DratChecker } from './drat.ts';
import { dimacsOf } from '../../formula/cnf.ts';
import { inFolder, run } from '../../tool.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Checked } from './drat.ts';
import type { Cnf } from '../../formula/cnf.ts';

/** The result of the check of a proof, and how many seconds it took to find it and to check it. */
export interface Certificate {
  readonly checked: Checked;
  readonly solving: number;
  readonly checking: number;
}

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
    return { checked, solving, checking };
  });
}
