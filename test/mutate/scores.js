import { OURS } from './mutators.js';

const DETECTED = ['Killed', 'Timeout'];
const UNDETECTED = ['Survived', 'NoCoverage'];
const LISTED = { Timeout: 'stopped, as it ran on', Survived: 'survived', NoCoverage: 'reached by no test' };

const only = (mutants, ...statuses) => mutants.filter(({ status }) => statuses.includes(status));

/** One line: the score, and how many mutants it is made of. */
function score(name, mutants) {
  const detected = only(mutants, ...DETECTED).length;
  const total = detected + only(mutants, ...UNDETECTED).length;
  const percent = total === 0 ? '-' : ((100 * detected) / total).toFixed(2);
  const count = (status) => only(mutants, status).length;
  const parts = [
    `killed ${count('Killed')}`,
    `timeout ${count('Timeout')}`,
    `survived ${count('Survived')}`,
    `no coverage ${count('NoCoverage')}`,
    `total ${total}`,
    `not counted: ignored ${count('Ignored')}, errors ${count('RuntimeError') + count('CompileError')}`,
  ];
  return `${name.padEnd(8)} ${percent.padStart(6)} %  ${parts.join(', ')}`;
}

/** What stands between two places of a source; both count from 1. */
function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = lines[last].slice(0, end.column - 1);
  return lines.join('\n').slice(start.column - 1);
}

function short(text) {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

const tell = ({ file, source, location, mutatorName, replacement, statusReason }) =>
  `  ${file}:${location.start.line}:${location.start.column} ${mutatorName}: ${short(textAt(source, location))} -> ` +
  short(replacement ?? '') +
  (statusReason === undefined ? '' : `   (${short(statusReason)})`);

/** Both scores, and every mutant that was not killed by a test that failed. */
export function scores({ files }) {
  const mutants = Object.entries(files).flatMap(([file, { source, mutants: of }]) =>
    of.map((mutant) => ({ ...mutant, file, source })),
  );
  const isOurs = ({ mutatorName }) => OURS.includes(mutatorName);
  const lists = Object.entries(LISTED).flatMap(([status, title]) => {
    const found = only(mutants, status);
    return found.length === 0 ? [] : ['', `${title}: ${found.length}`, ...found.map(tell)];
  });
  return [
    ...lists,
    '',
    score(
      'Stryker',
      mutants.filter((mutant) => !isOurs(mutant)),
    ),
    score('our own', mutants.filter(isOurs)),
    score('both', mutants),
    '',
  ].join('\n');
}

/** Prints them at the end of a run. */
export class ScoresReporter {
  onMutationTestReportReady(report) {
    process.stdout.write(scores(report));
  }
}
