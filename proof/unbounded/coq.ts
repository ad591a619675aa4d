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

/** Returns the theorems whose assumptions the last file prints. */
export const theoremsAsked = (text: string): readonly string[] =>
  [...withoutComments(text).matchAll(/^Print Assumptions (\w+)\.$/gmu)].map(([, name]) => name ?? '');

const CLOSED = 'Closed under the global context';

/** Returns how many theorems rest on no axiom, by coqc's output for the last file. Throws if one rests on any. */
export function closedIn(output: string, asked: number): number {
  const closed = output.split(CLOSED).length - 1;
  if (closed !== asked || output.includes('Axioms:'))
    throw new Error(`${closed} of ${asked} theorems rest on nothing:\n${output}`);
  return closed;
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
    const closed = closedIn(said, theoremsAsked(textOf('Assumptions')).length);
    if (!twice) return closed;
    const checked = runWell('coqchk', ['-silent', '-o', '-R', '.', 'Buddy', 'Buddy.Assumptions'], folder);
    if (!checked.includes('* Axioms: <none>')) throw new Error(`coqchk: ${checked}`);
    return closed;
  });
}
