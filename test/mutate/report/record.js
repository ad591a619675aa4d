import { countsOf, judged } from './scores.js';
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';

/**
 * What runs came to, file by file, kept with date, commit and the hash of the file; and the kill matrix that follows from it: which
 * kind of test kills, and which clauses have a witness, a mutant of code that cites them, killed by a test that names them.
 */
const CLAUSE = /\b[A-Z]+\d*-\d+\b/gu;
/** Kinds of tests, and loading them: a mutant that stops a module from being loaded meets no test. */
const LOADING = 'loading';
const KINDS = ['law', 'lockstep', 'trace', 'unit', LOADING];

/** Returns the first characters of a text's hash. */
export const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 12);

const namesOf = ({ testFiles = {} }) =>
  new Map(Object.values(testFiles).flatMap(({ tests }) => tests.map(({ id, name }) => [id, name])));

const unique = (all) => [...new Set(all)].sort();

/** What the mutants of one file came to. */
function recordOf(mutants, names) {
  const killersOf = ({ killedBy = [] }) => killedBy.map((id) => names.get(id) ?? id);
  const kindsOf = (mutant) => {
    const killers = killersOf(mutant);
    return killers.length === 0 ? [LOADING] : unique(killers.map((name) => name.split('/')[1]));
  };
  const killed = mutants.filter(({ is }) => is === 'killed');
  const clausesOf = (mutant) => killersOf(mutant).flatMap((name) => name.match(CLAUSE) ?? []);
  const witnessed = killed.flatMap((mutant) => mutant.clauses.filter((clause) => clausesOf(mutant).includes(clause)));
  return {
    counts: countsOf(mutants),
    kinds: Object.fromEntries(KINDS.map((kind) => [kind, killed.filter((one) => kindsOf(one).includes(kind)).length])),
    cited: unique(mutants.flatMap(({ clauses }) => clauses)),
    witnessed: unique(witnessed),
  };
}

/** Returns a record with what a run came to in files of which each mutant was run; `about` has its date and its commit. */
export function recorded(before, report, ledger, files, about) {
  const mutants = judged(report, ledger);
  const names = namesOf(report);
  const made = files.flatMap((file) => {
    const own = mutants.filter((mutant) => mutant.file === file);
    const source = report.files[file]?.source;
    const isWhole = source !== undefined && countsOf(own)['not run'] === 0;
    return !isWhole ? [] : [[file, { ...about, hash: hashOf(source), ...recordOf(own, names) }]];
  });
  const all = { ...before.files, ...Object.fromEntries(made) };
  const sorted = Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
  return { ...before, files: sorted };
}

/** Returns the files of a record of which no mutant lives, or is reached by no test: what they must stay. */
export const cleanFiles = ({ files }) =>
  Object.entries(files).flatMap(([file, { counts }]) =>
    counts.survived + counts['not covered'] + counts['not run'] === 0 ? [file] : [],
  );

const sum = (all, of) => all.reduce((total, one) => total + (of(one) ?? 0), 0);
const cells = (...all) => `| ${all.join(' | ')} |`;
const NUMBERS = ['killed', 'timeout', 'survived', 'not covered', 'equivalent', 'not run'];

/** A row: one folder, or all of them. */
function row(name, files) {
  const numbers = NUMBERS.map((kind) => sum(files, ({ counts }) => counts[kind]));
  const kinds = KINDS.map((kind) => sum(files, (file) => file.kinds[kind]));
  const [dates, commits] = [
    unique(files.map(({ date }) => date)),
    unique(files.map(({ commit }) => commit.slice(0, 8))),
  ];
  const hash = hashOf(files.map((file) => file.hash).join());
  return cells(name, files.length, ...numbers, ...kinds, dates.join(', '), commits.join(', '), hash);
}

/** Returns the record as a page. */
export function page({ files, notRun }) {
  const entries = Object.entries(files);
  const folders = unique(entries.map(([file]) => dirname(file)));
  const inFolder = (folder) => entries.filter(([file]) => dirname(file) === folder).map(([, one]) => one);
  const of = entries.map(([, one]) => one);
  const heads = [
    'folder',
    'files',
    ...NUMBERS,
    ...KINDS.map((kind) => `by ${kind}`),
    'date',
    'commit',
    'hash of the files',
  ];
  const [cited, seen] = [unique(of.flatMap((one) => one.cited)), new Set(of.flatMap(({ witnessed }) => witnessed))];
  const without = cited.filter((clause) => !seen.has(clause));
  return [
    '# What was mutated last',
    '',
    'Made by `npm run mutate -- --record`, of whole files alone. A mutant counts for each kind of test among its killers; unless a',
    'run was made with `--all-killers`, only the first test that failed is known, and the others may have failed too.',
    '',
    cells(...heads),
    cells(...heads.map(() => '---')),
    ...folders.map((folder) => row(folder, inFolder(folder))),
    row('all', of),
    '',
    `Not run: ${notRun.length === 0 ? 'nothing' : notRun.join(', ')}.`,
    '',
    'A clause has a witness if a mutant of code that cites it was killed by a test that names it. Of the clauses that the code above',
    `cites, ${cited.length - without.length} of ${cited.length} have one; no witness was seen for: ${without.join(', ') || 'none'}.`,
    '',
  ].join('\n');
}
