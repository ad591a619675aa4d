/** Has Coq check the theorems, and reports what they rest on. */

import { basename, dirname } from 'node:path';
import { inFolder, run, runWell, sourceBeside } from '../tool.ts';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Coq's files, each after those that it needs. */
export const FILES: readonly string[] = [
  'hand/Pages',
  'hand/Zone',
  'hand/Allocate',
  'hand/History',
  'hand/Swap',
  'hand/Code',
  'hand/Links',
  'Words',
  'Generated',
  'GeneratedFace',
  'code/Bits',
  'Spec',
  'code/Permits',
  'code/Rings',
  'code/Map',
  'code/Represents',
  'code/Starts',
  'code/Frees',
  'code/Grants',
  'code/Order',
  'code/Keeps',
  'code/Serves',
  'code/Runs',
  'code/Owners',
  'code/Face',
  'code/Talk',
  'code/Amounts',
  'code26/Lower',
  'code26/Marked',
  'code26/Frees26',
  'code26/Grants26',
  'code26/Order26',
  'code26/Serves26',
  'Assumptions',
];

/** Those that are generated from src. */
export const GENERATED: readonly string[] = ['Generated', 'GeneratedFace'];

export const textOf = (file: string): string => readFileSync(sourceBeside(import.meta.url, `./${file}.v`), 'utf8');

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

/** The last file, which proves nothing but says what the theorems rest on. */
export const LAST = 'Assumptions';

/** Returns the files that need one, directly or by others, in the sequence in which they are compiled; without the last. */
export function needing(file: string): readonly string[] {
  const found = [file];
  for (const one of FILES) {
    const required = [...textOf(one).matchAll(/^From Buddy Require (?:Import )?([\w ]+)\.$/gmu)].flatMap(
      ([, names = '']) => names.split(' '),
    );
    if (one !== LAST && found.some((each) => required.includes(basename(each)))) found.push(one);
  }
  return found.slice(1);
}

export function writeFile(folder: string, file: string, text: string): void {
  mkdirSync(dirname(`${folder}/${file}`), { recursive: true });
  writeFileSync(`${folder}/${file}.v`, text);
}

/** How much of a file coqc does: all, all but to look at proofs, or no more than to look at them. */
type Mode = 'whole' | 'statements' | 'proofs';
const FLAGS: Readonly<Record<Mode, readonly string[]>> = { whole: [], statements: ['-vos'], proofs: ['-vok'] };

const argumentsOf = (file: string, mode: Mode): readonly string[] => [
  '-q',
  ...FLAGS[mode],
  ...['-R', '.', 'Buddy', `${file}.v`],
];

/** Reports whether coqc accepts a file of a folder. */
export const accepts = (folder: string, file: string, mode: Mode): boolean =>
  run('coqc', argumentsOf(file, mode), folder).status === 0;

/** Has coqc check every file, in a folder. Returns what it says of the last one. */
function compileAll(folder: string): string {
  let said = '';
  for (const file of FILES) {
    writeFile(folder, file, textOf(file));
    said = runWell('coqc', argumentsOf(file, 'whole'), folder);
  }
  return said;
}

/**
 * Has coqc check every file; with `twice`, coqchk goes through the compiled ones once more, and through all of Coq's own that they
 * need. Needs coq. Returns the names of the theorems.
 */
export function checkAll(twice: boolean): readonly string[] {
  for (const file of FILES) {
    const word = unproved(textOf(file));
    if (word !== undefined) throw new Error(`${file}.v says ${word}`);
  }
  return inFolder((folder) => {
    mustBeClosed(compileAll(folder));
    const theorems = theoremsAsked(textOf(LAST));
    if (!twice) return theorems;
    const checked = runWell('coqchk', ['-silent', '-o', '-R', '.', 'Buddy', 'Buddy.Assumptions'], folder);
    if (!checked.includes('* Axioms: <none>')) throw new Error(`coqchk: ${checked}`);
    return theorems;
  });
}
