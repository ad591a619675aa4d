/** A judgement in words. */
import { counted, grouped, show } from '../../show.ts';
import { tellHeld } from './expected/held.ts';
import { CLAUSES } from '../../../spec/index.ts';
import { PLAIN } from './look.ts';
import { nameOf } from '../finding.ts';
import { shellWords } from './shell.ts';
import { exitStatus } from '../verdict.ts';
import { tellUnseen } from '../coverage.ts';
import type { Look } from './look.ts';
import type { Clause, Counterexample } from '../../../protocol/index.ts';
import type { Failure, Hello } from '../subject.ts';
import type { Finding } from '../finding.ts';
import type { Judgement, KindJudgement, Replayable, Settled } from '../judgement.ts';
import type { AnyKind } from '../kind.ts';
import type { VerdictName } from '../verdict.ts';

export const propertyOf = (clause: Clause): string => CLAUSES[clause].property;

/** Returns what happened, in two facts or in the words of a failure. */
export const becauseOf = ({ what }: Finding<object>): readonly string[] =>
  what.kind === 'refuted' ? what.counterexample.facts : [what.how];

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');

/** Returns a finding's case as it is saved, with the cases that must come before it. */
export function savedFinding(kind: AnyKind, { before, case: of }: Replayable<object>): object {
  return { ...kind.save(of), ...(before.length > 0 ? { before: before.map((one) => kind.save(one)) } : {}) };
}

/** Returns the one line that replays a case: in a shell on a command's allocator or a reference, or, with no target, in a program. */
export function replayLine(
  kind: AnyKind,
  of: Replayable<object>,
  target: readonly string[],
  without: readonly string[] = [],
): string {
  const saved = JSON.stringify(savedFinding(kind, of));
  const options = without.length === 0 ? '' : `, { without: ${JSON.stringify(without)} }`;
  if (target.length === 0) return `await replay(start, ${JSON.stringify(saved)}${options})`;
  const words = [...without.flatMap((clause) => ['--without', clause]), ...target];
  return `echo ${shellWords([saved])} | npx buddy-oracle replay - ${shellWords(words)}`.trimEnd();
}

function stderrLines(failure: Failure): readonly string[] {
  const text = failure.stderr.trimEnd();
  return text === '' ? [] : ['', 'its stderr ends with', indent(text.split('\n').slice(-20).map(show).join('\n'))];
}

/** Returns a clause and the two facts that cannot both hold with it. */
const refutation = ({ clause, facts, place }: Counterexample, look: Look): readonly string[] => [
  `${look.bad(clause)} (${propertyOf(clause)}) refuted at ${look.strong(place)}:`,
  `      ${facts[0]}`,
  `  but ${facts[1]}`,
  '',
  `  ${CLAUSES[clause].sentence}`,
];

/** Returns what kept a subject from answering, at which operation, and what it said of that itself. */
const failureLines = (failure: Failure, look: Look, ...more: readonly string[]): readonly string[] => [
  `${look.bad(failure.kind)}: ${failure.how}`,
  ...more,
  ...stderrLines(failure),
];

const HEADING = {
  fully: 'the case, as short as it could be made',
  partly: 'the shortest case found in the time there was',
  no: 'the case',
} as const;

const UNSURE = {
  stopped: 'interrupted before it was seen once more',
  gone: 'replayed operation by operation, it did not go wrong in the same way again',
} as const;

/** Says how often a case went wrong again, if chance decides that too; else, that it did not. */
function unsure({ recurs, replays }: Settled, look: Look): readonly string[] {
  if (recurs !== undefined) return ['', `tried ${recurs.tried} times more, it went wrong ${recurs.wrong} times`];
  return replays === true ? [] : ['', look.warn(UNSURE[replays === undefined ? 'stopped' : 'gone'])];
}

/** Returns an argument by contradiction: the clause, the two facts, the case, pictures, and the line that replays it. */
function argue({ kind }: KindJudgement, settled: Settled, target: readonly string[], look: Look): readonly string[] {
  const { finding, shortened } = settled;
  const { before, moment, what } = finding;
  const at = moment === undefined ? [] : [`      at operation ${kind.length(finding.case)}: ${moment.asked}`];
  const head = what.kind === 'refuted' ? refutation(what.counterexample, look) : failureLines(what, look, ...at);
  const pictures = what.kind === 'refuted' ? (moment?.draw(look.columns) ?? []) : [];
  const earlier = before.length === 1 ? 'an earlier case' : `${before.length} earlier cases`;
  return [
    ...head,
    ...(moment?.hint === undefined ? [] : ['', `${look.warn('hint')}: ${moment.hint}`]),
    '',
    look.strong(HEADING[shortened]),
    ...(before.length > 0 ? [`  after ${earlier} in the same process`] : []),
    ...kind.describe(finding.case).map(indent),
    '',
    ...pictures.map(indent),
    ...(pictures.length > 0 ? [''] : []),
    look.strong('replay it'),
    indent(replayLine(kind, finding, target, settled.without)),
    ...unsure(settled, look),
  ];
}

/** Returns what a run saw, one thing a line; what it did not see is left out. */
export function seen({ cases, coverage, kind, seconds }: KindJudgement): string {
  const rows = kind.sights
    .filter((sight) => (coverage.counts[sight] ?? 0) > 0)
    .map((sight) => `${grouped(coverage.counts[sight] ?? 0).padStart(11)}  ${sight}`);
  const total = `${counted(cases, 'case')}, ${counted(coverage.operations, 'operation')} in ${seconds.toFixed(1)} s`;
  return [total, ...rows].join('\n');
}

/** Returns the claims of a kind that were not made, and so were not judged. */
function notJudged({ claims, kind }: KindJudgement): readonly string[] {
  const placed = claims.has('placement:linux-2.4') || claims.has('placement:linux-2.6');
  return kind.claims
    .filter((claim) => !claim.startsWith('misuse'))
    .filter((claim) => !claims.has(claim) && !(placed && claim.startsWith('placement:')));
}

/** Returns the clauses that nothing of what the subject shows could refute. */
export const hidden = ({ claims, coverage, kind }: KindJudgement, hello: Hello | undefined): readonly Clause[] =>
  hello === undefined || coverage.ready === 0 ? [] : (kind.notObservable?.(hello, claims, coverage) ?? []);

/** Returns the verdict in words; what was not seen, or not gone through, is no conformance. */
function headline({ cases, coverage, finding, interrupted, verdict }: KindJudgement, look: Look): string {
  if (interrupted && finding === undefined) {
    return look.warn(`interrupted after ${counted(cases, 'case')}, nothing found`);
  }
  if (verdict === 'inconclusive') return look.warn('inconclusive: nothing found, but too little seen');
  if (verdict === 'conforms' && coverage.leftOut.length > 0) return look.warn('nothing found, but not all was asked');
  return weighed(verdict, look);
}

/** Returns a verdict as it looks. */
function weighed(verdict: VerdictName, { bad, good, warn }: Look): string {
  const paint = { 0: good, 1: bad, 3: bad, 4: bad, 5: warn }[exitStatus(verdict)];
  return paint(verdict);
}

/** Returns all that was found on one kind, what weighs most first. */
export function foundBy(judged: KindJudgement): readonly Settled[] {
  const { at, finding, others, recurs, replays, shortened, without } = judged;
  return finding === undefined ? [] : [{ at, finding, shortened, replays, recurs, without }, ...others];
}

/** Says how many things were found, if it is more than one. */
const heading = (found: readonly Settled[]): readonly string[] =>
  found.length < 2
    ? []
    : ['', `found: ${found.map(({ finding }) => nameOf(finding)).join(', ')}; each with a case of its own`];

/** Returns what was judged of one kind, and what came of it. */
function section(
  judged: KindJudgement,
  hello: Hello | undefined,
  target: readonly string[],
  look: Look,
): readonly string[] {
  const { claims, coverage, failure, finding, kind, missing, summary, verdict } = judged;
  const found = foundBy(judged);
  const unjudged = notJudged(judged);
  const unseen = hidden(judged, hello);
  const made = kind.claims.filter((claim) => claims.has(claim));
  return [
    ...(hello === undefined ? [] : [`judged: ${['always', ...made].join(', ')}`]),
    ...(hello === undefined || unjudged.length === 0 ? [] : [`not claimed, not judged: ${unjudged.join(', ')}`]),
    ...(unseen.length === 0 ? [] : [`not observable: ${unseen.join(', ')}`]),
    ...(hello === undefined ? [] : ['', seen(judged)]),
    ...heading(found),
    ...found.flatMap((settled) => ['', ...argue(judged, settled, target, look)]),
    ...(finding === undefined && failure !== undefined ? ['', ...failureLines(failure, look)] : []),
    ...(coverage.leftOut.length === 0
      ? []
      : ['', `left out, as such misuse is not claimed (--claim asks all the same): ${coverage.leftOut.join(' ')}`]),
    ...(verdict === 'not-applicable'
      ? ['', `every case was unsupported, the last because: ${show(coverage.whyUnsupported)}`]
      : []),
    ...(missing.length === 0 ? [] : ['', `${look.warn('not exercised')}: ${missing.map(tellUnseen).join(', ')}`]),
    ...(summary === undefined ? [] : ['', summary.text]),
  ];
}

const titleOf = (hello: Hello | undefined, target: readonly string[]): string =>
  hello === undefined
    ? show(shellWords(target.slice(target.indexOf('--') + 1)))
    : show(`${hello.name} ${hello.revision}`.trimEnd());

/** Returns the whole verdict in text, plain if nothing is said of its look: of one kind, or of each in a section of its own. */
export function report(
  { advice, failure, held = [], hello, kinds, verdict }: Judgement,
  target: readonly string[],
  look: Look = PLAIN,
): string {
  const known = held.length === 0 ? [] : ['', look.strong('known divergences'), ...held.map(tellHeld).map(indent)];
  const beside = [...known, ...(advice === undefined ? [] : ['', advice.text])];
  const name = titleOf(hello, target);
  const unknown =
    hello === undefined || hello.unknown.length === 0
      ? []
      : [`not known to this judge: ${show(hello.unknown.join(', '))}`, ''];
  const [only, ...others] = kinds;
  if (only === undefined)
    return [
      `${name}: ${weighed(verdict, look)}`,
      ...(failure === undefined ? [] : ['', ...failureLines(failure, look)]),
    ].join('\n');
  if (others.length === 0)
    return [`${name}: ${headline(only, look)}`, '', ...unknown, ...section(only, hello, target, look), ...beside].join(
      '\n',
    );
  const parts = kinds.map((one) =>
    [`${look.strong(one.kind.title)}: ${headline(one, look)}`, ...section(one, hello, target, look).map(indent)].join(
      '\n',
    ),
  );
  return [`${name}: ${weighed(verdict, look)}`, '', ...unknown, parts.join('\n\n'), ...beside].join('\n');
}
