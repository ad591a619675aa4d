/** Small changes of the generated definitions, each of which must break a proof. */

import { FILES, accepts, needing, textOf, writeFile } from './coq.ts';
import { must } from '../result.ts';
import { inFolder } from '../tool.ts';

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
 * Returns the first file that coqc does not accept with a mutant; undefined if it accepts all. Proofs are looked at in files that
 * speak of the definition that is changed; of those that these need, the statements.
 */
function firstBroken(folder: string, generated: string, { text, within }: Mutant): string | undefined {
  writeFile(folder, generated, text);
  const speaking = speakingOf(generated, within);
  if (!accepts(folder, generated, 'statements')) return generated;
  return needing(generated).find(
    (file) =>
      (speaking.includes(file) && !accepts(folder, file, 'proofs')) ||
      (isNeeded(file, speaking) && !accepts(folder, file, 'statements')),
  );
}

/** Returns, for each mutant of a generated file, the first file that it breaks, if any. Needs coq. */
export function brokenBy(generated: string, mutants: readonly Mutant[]): readonly (string | undefined)[] {
  const after = needing(generated);
  const speaking = mutants.flatMap(({ within }) => speakingOf(generated, within));
  return inFolder((folder) => {
    for (const file of FILES) writeFile(folder, file, textOf(file));
    for (const file of FILES) {
      const isBefore = file !== generated && !after.includes(file);
      if (isBefore && isNeeded(file, [generated, ...speaking]))
        must(accepts(folder, file, 'statements'), `coqc does not accept ${file}.v`);
    }
    return mutants.map((mutant) => firstBroken(folder, generated, mutant));
  });
}

/** Changes that no proof breaks with, by how they are shown, and why. */
const HARMLESS: readonly (readonly [RegExp, string])[] = [
  [/^listDel: let v\d := or_else /u, 'the link that is read is within bounds, so nothing else is taken in its place'],
];

/** Returns why a change is no fault, if it is known to be none. */
export const reasonOf = (mutant: Mutant): string | undefined =>
  HARMLESS.find(([shown]) => shown.test(show(mutant)))?.[1];
