/** Has Coq check the theorems, and reports what they rest on. */

import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inFolder, runWell } from '../tool.ts';

/** Coq's files, each after those that it needs. */
export const FILES: readonly string[] = [
  'Pages',
  'Zone',
  'Allocate',
  'History',
  'Swap',
  'Code',
  'Links',
  'Words',
  'Generated',
  'code/Bits',
  'code/Rings',
  'code/Map',
  'code/Represents',
  'code/Frees',
  'code/Grants',
  'code/Runs',
  'Assumptions',
];

const FOLDER = new URL('./', new URL(import.meta.url.replace(/\/dist\//u, '/')));

export const pathOf = (file: string): string => fileURLToPath(new URL(`${file}.v`, FOLDER));
export const textOf = (file: string): string => readFileSync(pathOf(file), 'utf8');

/** Words that leave a theorem without a proof, outside comments. */
const UNPROVED = /\b(?:Admitted|admit|Axioms?|Parameters?|Conjecture|Abort|bypass_check|Unset\s+\w+\s+Checking)\b/u;

const withoutComments = (text: string): string => text.replaceAll(/\(\*[\s\S]*?\*\)/gu, '');

/** Returns the first word of a file that leaves something unproved, if any. */
export const unproved = (text: string): string | undefined => UNPROVED.exec(withoutComments(text))?.[0];

/** Returns the theorems of whose value the last file prints what it rests on. */
export const theoremsAsked = (text: string): readonly string[] =>
  [...withoutComments(text).matchAll(/@(\w+)/gu)].map(([, name]) => name ?? '');

/** Throws unless coqc's output for the last file says that the theorems rest on no axiom. */
export function mustBeClosed(output: string): void {
  if (output.trim() !== 'Closed under the global context')
    throw new Error(`the theorems rest on something:\n${output}`);
}

/**
 * Has coqc check every file; with `twice`, coqchk goes through the compiled ones once more, and through all of Coq's own that they
 * need. Needs coq. How many theorems there are.
 */
export function checkAll(twice: boolean): number {
  for (const file of FILES) {
    const word = unproved(textOf(file));
    if (word !== undefined) throw new Error(`${file}.v says ${word}`);
  }
  return inFolder((folder) => {
    let said = '';
    for (const file of FILES) {
      mkdirSync(dirname(`${folder}/${file}`), { recursive: true });
      copyFileSync(pathOf(file), `${folder}/${file}.v`);
      said = runWell('coqc', ['-q', '-R', '.', 'Buddy', `${file}.v`], folder);
    }
    mustBeClosed(said);
    const theorems = theoremsAsked(textOf('Assumptions')).length;
    if (!twice) return theorems;
    const checked = runWell('coqchk', ['-silent', '-o', '-R', '.', 'Buddy', 'Buddy.Assumptions'], folder);
    if (!checked.includes('* Axioms: <none>')) throw new Error(`coqchk: ${checked}`);
    return theorems;
  });
}
