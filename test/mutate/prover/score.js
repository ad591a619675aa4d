import ts from 'typescript';
import { hashOf } from '../report/record.js';
import { readFileSync, readdirSync, statSync } from 'node:fs';

/**
 * The prover's own mutation score, file by file, kept with its date and a hash of all code that it depends on: of a zone, of the
 * proofs that its mutants were given to, and of what makes the mutants.
 */
const ROOT = new URL('../../../', import.meta.url);

/** The files whose mutants the proofs are given. */
export const FILES = [
  'src/words/bug.ts',
  'src/words/field.ts',
  'src/words/list-head.ts',
  'src/buddy/allocator.ts',
  'src/buddy/answer.ts',
  'src/buddy/arithmetic.ts',
  'src/buddy/buddy.ts',
  'src/buddy/owner.ts',
  'src/buddy/page-buddy.ts',
  'src/buddy/zone.ts',
];

/** What else decides which mutants there are, and what the proofs come to. */
const PROVER = [
  ...['instrumenter.js', 'mistakes', 'mutants.js', 'mutators.js'].map((name) => `test/mutate/${name}`),
  ...['proof/tool.ts', 'proof/unit.ts', 'spec/buddy/misuse.ts'],
  ...['src/buddy/region.ts', 'src/buddy/shape.ts', 'src/words/unit.ts', 'test/mutate/prover/verdict.js'],
  ...['proof/formula', 'proof/front/read', 'proof/front/run', 'proof/inductive/code'],
  ...['files', 'form', 'program', 'subject', 'subset'].map((name) => `proof/front/${name}.ts`),
];

/** Reports whether a file runs when mutants are made and judged: it is neither a test nor types alone. */
const isCode = (name) => /\.[jt]s$/u.test(name) && !/\.(?:d|test)\.ts$/u.test(name);

const filesIn = (path) =>
  statSync(new URL(path, ROOT)).isFile()
    ? [path]
    : readdirSync(new URL(path, ROOT)).flatMap((name) => (isCode(name) ? [`${path}/${name}`] : []));

const textOf = (path) => readFileSync(new URL(path, ROOT), 'utf8');

/** Returns code as it runs: without types and comments, which change nothing. */
const running = (text) =>
  ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, removeComments: true },
  }).outputText;

/** Returns the hash of all code that the score depends on. `read`: returns the text of a file. */
export const sourcesHash = (read = textOf) =>
  hashOf(
    [...FILES, ...PROVER]
      .flatMap(filesIn)
      .sort()
      .map((path) => `${path}\n${running(read(path))}`)
      .join('\n'),
  );

/** What the proofs can come to over a mutant. */
const VERDICTS = ['refuted', 'unread', 'same', 'alive', 'exempt'];

const numbered = (all) => Object.fromEntries(VERDICTS.map((is) => [is, all.filter((one) => one.is === is).length]));

/** Returns a record with what the proofs came to over the mutants of some whole files. */
export function recorded(before, results, about = {}) {
  const files = [...new Set(results.map(({ file }) => file))];
  const made = files.map((file) => [file, { ...about, ...numbered(results.filter((one) => one.file === file)) }]);
  const all = { ...before, ...Object.fromEntries(made) };
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
}

const sum = (all) => all.reduce((total, one) => total + one, 0);

/** Returns how many mutants of those that are wrong the proofs find, in percent. */
const score = ({ alive, refuted, unread }) =>
  `${((100 * (refuted + unread)) / (refuted + unread + alive)).toFixed(1)} %`;

const totals = (all) => Object.fromEntries(VERDICTS.map((is) => [is, sum(all.map((one) => one[is]))]));

function row(name, counts, when) {
  const all = sum(VERDICTS.map((is) => counts[is]));
  const found = counts.refuted + counts.unread + counts.alive === 0 ? '' : score(counts);
  return `| ${[name, all, ...VERDICTS.map((is) => counts[is]), found, when].join(' | ')} |`;
}

/** Returns the score as a table. `sources`: the hash of the code as it is now. */
export function table(record, sources) {
  const heads = ['file', 'mutants', 'refuted', 'unread', 'the same', 'neither', 'exempt', 'score', 'made'];
  const files = FILES.map((file) => [file, record[file]]);
  const rows = files.map(([file, one]) =>
    one === undefined
      ? `| ${[file, ...heads.slice(2).map(() => ''), 'never'].join(' | ')} |`
      : row(file, one, one.sources === sources ? one.date : `stale: ${one.date}, of other code`),
  );
  const known = files.flatMap(([, one]) => (one === undefined ? [] : [one]));
  return [
    `| ${heads.join(' | ')} |`,
    `| ${heads.map(() => '---').join(' | ')} |`,
    ...rows,
    row('all', totals(known), ''),
  ].join('\n');
}
