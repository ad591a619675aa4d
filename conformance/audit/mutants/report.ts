/** What became of mutants, as text and as records. */
import { CASES } from './trial.ts';
import { show } from '../../show.ts';
import type { Fate } from './trial.ts';
import type { Placed, Tried } from './run.ts';

const KINDS = ['refuted', 'survived', 'alike', 'not built'] as const satisfies readonly Fate['kind'][];

/** How many mutants came to each end. */
export type Counts = Readonly<Record<Fate['kind'], number>>;

/** Counts mutants by what became of them. */
export function countsOf(tried: readonly Tried[]): Counts {
  const of = (kind: Fate['kind']): number => tried.filter(({ fate }) => fate.kind === kind).length;
  return { refuted: of('refuted'), survived: of('survived'), alike: of('alike'), 'not built': of('not built') };
}

/** The characters of its lines that a mutant changes, and what they become; nothing stands for what is dropped. */
export const changeOf = ({ end, from, text, to }: Placed): string =>
  `${show(text.slice(from, end))} becomes ${to === '' ? 'nothing' : to}`;

/** The line of the original that a mutant begins in. */
function lineOf({ from, text }: Placed): string {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', from);
  return text.slice(start, end < 0 ? undefined : end).trim();
}

const placeOf = ({ file, line }: Placed): string => `${show(file)}:${line}`;

function tell({ mutant }: Tried): readonly string[] {
  return [`  ${placeOf(mutant)}: ${changeOf(mutant)}`, `      ${show(lineOf(mutant))}`];
}

/** Returns how many of the mutants that can be told apart from the original were refuted: a text for people. */
function scoreOf({ refuted, survived }: Counts): string {
  const all = refuted + survived;
  return all === 0 ? 'none' : `${((100 * refuted) / all).toFixed(1)} %`;
}

/** Returns the report in lines of text: what survived comes first. */
export function reportOf(tried: readonly Tried[], frames: number, left: number): string {
  const counts = countsOf(tried);
  const survived = tried.filter(({ fate }) => fate.kind === 'survived').flatMap(tell);
  const alike = tried.filter(({ fate }) => fate.kind === 'alike').flatMap(tell);
  return [
    ...(survived.length > 0 ? ['survived: nothing that is judged notices the change', ...survived, ''] : []),
    ...(alike.length > 0
      ? [`alike: the same answers in ${CASES} cases, and in every state of ${frames} frames`, ...alike, '']
      : []),
    `${tried.length} mutants: ${KINDS.map((kind) => `${counts[kind]} ${kind}`).join(', ')}`,
    ...(left > 0 ? [`${left} were not tried`] : []),
    `refuted of those that are not alike: ${scoreOf(counts)}`,
  ].join('\n');
}

/** Returns a record for each mutant, and a summary. */
export function recordsOf(tried: readonly Tried[], frames: number, left: number): readonly object[] {
  const mutants = tried.map(({ fate, mutant }) => {
    const { end, file, from, line, mutator, text, to } = mutant;
    return { record: 'mutant', file, line, mutator, from: text.slice(from, end), to, fate };
  });
  const counts = countsOf(tried);
  const verdict = counts.survived > 0 ? 'survived' : 'noticed';
  const asked = { cases: CASES, frames, notTried: left };
  return [...mutants, { record: 'summary', complete: true, verdict, ...counts, ...asked }];
}
