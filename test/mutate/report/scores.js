import { canaryLives } from '../run/canary.js';
import { dirname, relative } from 'node:path';
import { entries, lookUp, named } from '../ledger/ledger.js';

/** Why the runner leaves a mutant out whose turn comes after the time is over. */
export const NOT_RUN = 'not run: the time is over';

/** What a mutant came to, in the order in which they are told. */
const KINDS = [
  'killed',
  'timeout',
  'survived',
  'not covered',
  'equivalent',
  'not run',
  'no test completed',
  'left out',
];

/** What Stryker calls those that no test noticed. */
const LIVE = ['Survived', 'NoCoverage'];

/** Those that a run must not have. */
const BAD = ['survived', 'not covered', 'no test completed'];

/** Returns what a mutant came to. One that the tests do not notice is equivalent only if the ledger has it. */
function kindOf(mutant, entryOf) {
  switch (mutant.status) {
    case 'Killed':
      return 'killed';
    case 'Timeout':
      return 'timeout';
    case 'Ignored':
      return 'left out';
    case 'Survived':
      if (!(mutant.testsCompleted > 0)) return 'no test completed';
      return entryOf(mutant) === undefined ? 'survived' : 'equivalent';
    case 'NoCoverage':
      return entryOf(mutant) === undefined ? 'not covered' : 'equivalent';
    default:
      return mutant.statusReason?.includes(NOT_RUN) === true ? 'not run' : 'no test completed';
  }
}

/** Returns all mutants of a report, each with what it came to. */
export function judged({ files }, ledger = entries()) {
  const entryOf = lookUp(ledger);
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    named(file, source, mutants).map((mutant) => ({ ...mutant, is: kindOf(mutant, entryOf) })),
  );
}

/** Counts them: by what they came to. */
export const countsOf = (mutants) =>
  Object.fromEntries(KINDS.map((kind) => [kind, mutants.filter(({ is }) => is === kind).length]));

function short(text) {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

const tell = ({ file, was, location, mutator, becomes, statusReason }) =>
  `  ${file}:${location.start.line}:${location.start.column} ${mutator}: ${short(was)} -> ${short(becomes)}` +
  (statusReason === undefined ? '' : `   (${short(statusReason)})`);

const row = (name, mutants) =>
  `${name.padEnd(24)} ${Object.entries(countsOf(mutants))
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ')}, total ${mutants.length}`;

/** Returns what a run came to: by folder, and every mutant that was neither killed by a test that failed nor is equivalent. */
export function scores(report, ledger = entries()) {
  const mutants = judged(report, ledger);
  const lists = ['timeout', ...BAD].flatMap((kind) => {
    const found = mutants.filter(({ is }) => is === kind);
    return found.length === 0 ? [] : ['', `${kind}: ${found.length}`, ...found.map(tell)];
  });
  const folders = [...new Set(mutants.map(({ file }) => dirname(file)))].sort();
  const rows = folders.map((folder) =>
    row(
      folder,
      mutants.filter(({ file }) => dirname(file) === folder),
    ),
  );
  return [...lists, '', ...rows, row('all', mutants), ''].join('\n');
}

/** Returns why a run fails; empty if it does not. */
export function failures(report, ledger = entries()) {
  const mutants = judged(report, ledger);
  const counts = countsOf(mutants);
  const bad = BAD.filter((kind) => counts[kind] > 0).map((kind) => `${kind}: ${counts[kind]}, none in the ledger`);
  return [...bad, ...canaryLives(mutants)];
}

/** Returns the line that tells of a mutant as soon as it is tested; empty if it died, or may have. */
export function toldAtOnce({ fileName, location, mutatorName, replacement, status }) {
  if (!LIVE.includes(status)) return '';
  const { line, column } = location.start;
  return `\n${status}: ${relative('', fileName)}:${line}:${column} ${mutatorName} -> ${short(replacement)}\n`;
}

/** Prints what lives at once, as a run can take an hour, and what all came to at its end. */
export class ScoresReporter {
  onMutantTested(mutant) {
    process.stdout.write(toldAtOnce(mutant));
  }

  onMutationTestReportReady(report) {
    process.stdout.write(scores(report));
  }
}
