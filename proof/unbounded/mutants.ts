/** Small changes of the generated definitions, each of which must break a proof. */

import { FILES, LAST, accepts, needing, textOf, writeFile } from './coq.ts';
import { Coqtop } from './coqtop.ts';
import { basename } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { must } from '../result.ts';
import { tmpdir } from 'node:os';

/** A change of one line of a file. */
export interface Mutant {
  /** The definition that it is in. */
  readonly within: string;
  readonly line: string;
  /** The line as it is changed to; empty if it is left out. */
  readonly becomes: string;
  readonly text: string;
}

/** What is looked for in a line, and what stands there in its place. */
const CHANGES: readonly (readonly [RegExp, string])[] = [
  [/^ *let z := with_.*$/gu, ''],
  [
    /^ *do \(v\d+, z\) <- (?:listAdd|listDel|markUsed|enlist|delist|setPageOrder|rmvPageOrder|Field_(?:add|put)_\w+) .*;$/gu,
    '',
  ],
  [/(?<= )<\?(?= )/gu, '<=?'],
  [/(?<= )<=\?(?= )/gu, '<?'],
  [/\bnegb /gu, ''],
  [/(?<!negb )(?=\([^()]*(?:\([^()]*\)[^()]*)* =\? )/gu, 'negb '],
  [/(?<= )\+(?= )/gu, '-'],
  [/(?<= )-(?= )/gu, '+'],
  [/\(- 1\)/gu, '0'],
  [/\(- (?=\()/gu, '('],
  [/\b2(?= \* )/gu, '3'],
  [/\b31\b/gu, '30'],
  [/\b5\)/gu, '4)'],
  [/\bjs_ushr\b/gu, 'js_shl'],
  [/\bjs_shl\b/gu, 'js_ushr'],
  [/\bjs_and\b/gu, 'js_or'],
  [/\bjs_xor\b/gu, 'js_or'],
  [/\bjs_not\b/gu, ''],
  [/\|\|/gu, '&&'],
];

/** Returns a line with each of the changes made once, at each place where it can be; but not in what a bug is reported with. */
function changesOf(line: string): readonly string[] {
  const end = line.includes('or_bug') ? line.indexOf('"') : line.length;
  return CHANGES.flatMap(([looked, instead]) =>
    [...line.matchAll(looked)]
      .filter(({ index }) => index < end)
      .map((found) => line.slice(0, found.index) + instead + line.slice(found.index + found[0].length)),
  );
}

const DEFINES = /^(?:Definition|Fixpoint) (\w+)/u;

/** Reports whether a line is of the body of a definition, and a change of it is one of what is computed. */
const isBody = (line: string): boolean => line.startsWith(' ') && !line.includes('Bug ');

/** Returns whether what a line binds is used after it; such a line cannot be left out. */
function isUsed(line: string, after: readonly string[]): boolean {
  const [, name] = /^ *do \((v\d+), z\)/u.exec(line) ?? [];
  if (name === undefined) return false;
  const end = after.findIndex((one) => one === '');
  return after.slice(0, end).some((one) => new RegExp(`\\b${name}\\b`, 'u').test(one));
}

/** Returns the mutants of the generated definitions. */
export function mutantsOf(text: string): readonly Mutant[] {
  const lines = text.split('\n');
  let within = '';
  return lines.flatMap((line, n) => {
    within = DEFINES.exec(line)?.[1] ?? within;
    if (!isBody(line)) return [];
    return changesOf(line)
      .filter((becomes) => becomes !== '' || !isUsed(line, lines.slice(n + 1)))
      .map((becomes) => ({
        within,
        line,
        becomes,
        text: [...lines.slice(0, n), becomes, ...lines.slice(n + 1)].join('\n'),
      }));
  });
}

/** Returns a mutant in one line. */
export const show = ({ within, line, becomes }: Mutant): string =>
  `${within}: ${line.trim()} -> ${becomes === '' ? 'left out' : becomes.trim()}`;

/** Returns the files after a generated one that speak of a definition in it. */
const speakingOf = (generated: string, within: string): readonly string[] =>
  needing(generated).filter((file) => textOf(file).includes(`${generated}.${within}`));

const isNeeded = (file: string, by: readonly string[]): boolean => needing(file).some((one) => by.includes(one));

/**
 * Returns a text of Coq without its proofs; in a section they are kept, as a proof decides of which of the section's names a lemma
 * is about.
 */
const withoutProofs = (text: string): string =>
  text
    .split(/^(?=Section |End )/mu)
    .map((part) => (part.startsWith('Section ') ? part : part.replaceAll(/^Proof\.[\s\S]*?\bQed\.$/gmu, 'Admitted.')))
    .join('');

/** Returns a file as a module, where all that it needs is loaded, with its proofs or without. */
function moduleOf(file: string, text: string, proofs: boolean): string {
  const name = basename(file);
  const body = text
    .replaceAll(/^From Buddy Require Import ([\w ]+)\.$/gmu, 'Import $1.')
    .replaceAll(/^From Buddy Require [\w ]+\.$/gmu, '');
  return `Module ${name}.\n${proofs ? body : withoutProofs(body)}\nEnd ${name}.`;
}

/**
 * Returns the first file that Coq does not accept with a text of a generated file; undefined if it accepts all. Proofs are looked at
 * in the files that are named; of those that these need, the statements.
 */
async function firstBroken(
  coqtop: Coqtop,
  generated: string,
  text: string,
  speaking: readonly string[],
): Promise<string | undefined> {
  if (!(await coqtop.accepts(moduleOf(generated, text, true)))) return generated;
  for (const file of needing(generated)) {
    const isSpeaking = speaking.includes(file);
    if (!isSpeaking && !isNeeded(file, speaking)) continue;
    if (!(await coqtop.accepts(moduleOf(file, textOf(file), isSpeaking)))) return file;
  }
  return undefined;
}

/** A change that no proof breaks with: how it is shown, why it is no fault, and a lemma that says so of `Original` and `Generated`. */
interface Harmless {
  readonly shown: RegExp;
  readonly why: string;
  readonly lemma: string;
}

const HARMLESS: readonly Harmless[] = [
  {
    shown: /^listDel: let v\d := or_else /u,
    why: 'the link that is read is within bounds, so nothing else is taken in its place',
    lemma: `From Coq Require Import ZArith.
Import Words.
Open Scope Z_scope.
Lemma same : forall z node, within (links z) (2 * node) = true -> within (links z) (2 * node + 1) = true ->
  Generated.listDel z node = Original.listDel z node.
Proof. intros z node A B. unfold Generated.listDel, Original.listDel, read. rewrite A, B. reflexivity. Qed.`,
  },
];

const harmless = (mutant: Mutant): Harmless | undefined => HARMLESS.find(({ shown }) => shown.test(show(mutant)));

/** Returns why a change is no fault, if it is known to be none. */
export const reasonOf = (mutant: Mutant): string | undefined => harmless(mutant)?.why;

/** Returns whether Coq accepts the lemma by which a change is no fault; false if there is none. */
async function isSame(coqtop: Coqtop, generated: string, mutant: Mutant): Promise<boolean> {
  const lemma = harmless(mutant)?.lemma;
  if (lemma === undefined) return false;
  const original = moduleOf('Original', textOf(generated), true);
  return coqtop.accepts([original, moduleOf(generated, mutant.text, true), lemma].join('\n'));
}

/** A mutant, and the first file that it breaks; if it breaks none, whether it is shown to do the same. */
export interface Tried {
  readonly mutant: Mutant;
  readonly broken: string | undefined;
  readonly isSame: boolean;
}

/** Tries mutants of a generated file, one after the other. Needs coq. */
export async function* tried(generated: string, mutants: readonly Mutant[]): AsyncGenerator<Tried> {
  const after = needing(generated);
  const folder = mkdtempSync(`${tmpdir()}/proof-`);
  const before = FILES.filter((file) => file !== generated && file !== LAST && !after.includes(file));
  for (const file of before) {
    writeFile(folder, file, textOf(file));
    must(accepts(folder, file, 'statements'), `coqc does not accept ${file}.v`);
  }
  const coqtop = new Coqtop(folder);
  try {
    const loaded = await coqtop.accepts(`From Buddy Require ${before.map((file) => basename(file)).join(' ')}.`);
    must(loaded, 'Coq does not load the files that do not change');
    const start = await coqtop.mark();
    const all = mutants.flatMap(({ within }) => speakingOf(generated, within));
    const wrong = await firstBroken(coqtop, generated, textOf(generated), all);
    must(wrong === undefined, `Coq does not accept ${wrong ?? ''}.v`);
    await coqtop.back(start);
    for (const mutant of mutants) {
      const broken = await firstBroken(coqtop, generated, mutant.text, speakingOf(generated, mutant.within));
      await coqtop.back(start);
      const same = broken === undefined && (await isSame(coqtop, generated, mutant));
      await coqtop.back(start);
      yield { mutant, broken, isSame: same };
    }
  } finally {
    coqtop.end();
    rmSync(folder, { recursive: true });
  }
}
