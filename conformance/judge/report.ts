import { CLAUSES, arithmetic, buddy, order, pfn } from '../../spec/index.ts';
import { drawArena } from '../kinds/buddy/picture.ts';
import { encodeScript } from '../wire/tokens.ts';
import { save } from '../kinds/buddy/saved.ts';
import { shellWords } from './shell.ts';
import { show } from '../wire/requests.ts';
import type { Block, Clause, Counterexample, Pfn } from '../../protocol/index.ts';
import type { Buddy } from '../../spec/index.ts';
import type { Failure, Operation } from './subject.ts';
import type { Finding } from './finding.ts';
import type { Judgement } from './judge.ts';
import type { Sight } from '../kinds/buddy/coverage.ts';

export const propertyOf = (clause: Clause): string => CLAUSES[clause].property;

/** What happened, in two facts or in the words of a failure. */
export function becauseOf(finding: Finding): readonly string[] {
  return finding.what.kind === 'refuted' ? finding.what.counterexample.facts : [finding.what.how];
}

const framesOf = ({ head, order: of }: Block): readonly Pfn[] =>
  Array.from({ length: arithmetic.sizeOf(of) }, (_, n) => pfn(head + n));

/** What an operation asks, in words. */
function asked(operation: Operation): string {
  switch (operation.kind) {
    case 'allocate':
      return `allocate a block of order ${operation.order}`;
    case 'free-slot':
      return `free what allocation ${operation.slot} was granted`;
    case 'free-frame':
      return `free frame ${operation.head} as order ${operation.order}`;
  }
}

/** Frames that a picture points at: blocks that would have done for an allocation, the block that a free names. */
function pointedAt(state: Buddy, operation: Operation): readonly Pfn[] {
  if (operation.kind === 'free-frame') return [operation.head];
  if (operation.kind === 'free-slot' || !arithmetic.isOrder(state.arena, operation.order)) return [];
  const size = arithmetic.sizeOf(operation.order);
  const heads = Array.from({ length: Math.ceil(state.arena.pages / size) + 1 }, (_, n) => pfn(state.origin + n * size));
  const head = heads.find((at) => buddy.isWhollyFree(state, at, order(operation.order)));
  return head === undefined ? [] : framesOf({ head, order: operation.order });
}

/** The arena before the operation at fault, and what the allocator made of it. */
function pictures({ state, operation, result, what, after }: Finding): readonly string[] {
  if (state === undefined || operation === undefined || what.kind !== 'refuted') return [];
  if (state.arena.pages > 1024) return [`the arena has ${state.arena.pages} frames: too many to draw`];
  const granted =
    operation.kind === 'allocate' && result?.kind === 'granted'
      ? { head: result.head, order: operation.order }
      : undefined;
  const then = `then    ${asked(operation)}${granted === undefined ? '' : `: granted at frame ${granted.head}`}`;
  if (after === undefined && granted !== undefined) {
    return [
      'before',
      drawArena(state),
      '',
      then,
      '',
      'after: ^ is what was granted',
      drawArena(state, framesOf(granted)),
    ];
  }
  const before = ['before', drawArena(state, pointedAt(state, operation)), '', then];
  return after === undefined ? before : [...before, '', 'after', drawArena(after)];
}

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');

/** Of a longer case the last operations are shown; its replay has them all. */
const MOST_SHOWN = 100;

/** The case in two lines. */
function caseLines({ case: of }: Finding): readonly string[] {
  const { base, pages, orders, reserved } = of.shape;
  const kept =
    reserved.length === 0 ? '' : `, reserved ${reserved.map(([first, count]) => `${first}+${count}`).join(' ')}`;
  const drained = of.drain ? ', then emptied and drained' : '';
  const length = `${of.script.length} operation${of.script.length === 1 ? '' : 's'}`;
  const script =
    of.script.length <= MOST_SHOWN ? encodeScript(of.script) : `... ${encodeScript(of.script.slice(-MOST_SHOWN))}`;
  return [
    ...(of.before.length > 0
      ? [`after ${of.before.length} earlier case${of.before.length === 1 ? '' : 's'} in the same process`]
      : []),
    `${pages} frames from ${base}, orders 0 to ${orders - 1}${kept}`,
    `${script}${drained}   (${length})`,
  ];
}

/** The line of a shell that replays a saved case on a target. */
export const shellReplay = (saved: object, target: readonly string[]): string =>
  `echo ${shellWords([JSON.stringify(saved)])} | npx buddy-oracle replay - ${shellWords(target)}`.trimEnd();

/** The one line that replays a case: in a shell on a command's allocator or a reference, or, without either, in a program. */
export function replayLine(finding: Finding, target: readonly string[]): string {
  const saved = save(finding.case);
  if (target.length === 0) return `judgeCase(start, parseCase(${JSON.stringify(JSON.stringify(saved))}))`;
  return shellReplay(saved, target);
}

function stderrLines(failure: Failure): readonly string[] {
  const text = failure.stderr.trimEnd();
  return text === '' ? [] : ['', 'its stderr ends with', indent(text.split('\n').slice(-20).map(show).join('\n'))];
}

/** The operation that a failure came at: the last of its case. */
function atOperation({ case: { script } }: Finding): readonly string[] {
  const last = script.at(-1);
  return last === undefined ? [] : [`      at operation ${script.length}: ${asked(last)}`];
}

/** A clause and the two facts that cannot both hold with it. */
export const refutation = ({ clause, facts, place }: Counterexample): readonly string[] => [
  `${clause} (${propertyOf(clause)}) refuted at ${place}:`,
  `      ${facts[0]}`,
  `  but ${facts[1]}`,
  '',
  `  ${CLAUSES[clause].sentence}`,
];

/** What kept a subject from answering, and what it said of that itself. */
export const failureLines = (failure: Failure, ...more: readonly string[]): readonly string[] => [
  `${failure.kind}: ${failure.how}`,
  ...more,
  ...stderrLines(failure),
];

/** An argument by contradiction: the clause, the two facts, the shortest case, pictures, and the line that replays it. */
export function argue(finding: Finding, target: readonly string[]): string {
  const { what } = finding;
  const head = what.kind === 'refuted' ? refutation(what.counterexample) : failureLines(what, ...atOperation(finding));
  return [
    ...head,
    '',
    'the case, as short as it could be made',
    ...caseLines(finding).map(indent),
    '',
    ...pictures(finding).map(indent),
    '',
    'replay it',
    indent(replayLine(finding, target)),
  ].join('\n');
}

const LABELS: readonly Sight[] = [
  'arena ready',
  'arena not a power of two',
  'arena with reserved frames',
  'arena unsupported',
  'grant',
  'split',
  'grant across frames granted apart before',
  'refusal',
  'refusal with free frames left',
  'free',
  'join up to the top order',
  'emptied arena',
  'drained arena',
  'rejected out-of-range',
  'rejected wrong-order',
  'rejected misaligned',
  'rejected inner-page',
  'rejected double-free',
  'rejected never-allocated',
  'map bit 0',
  'map bit 1',
  'zone compared',
  'views compared',
  'invariants held',
];

const grouped = (n: number): string => n.toLocaleString('en-US');

/** What a run saw, one thing a line; what it did not see is left out. */
export function seen({ sightings, cases, seconds }: Judgement): string {
  const rows = LABELS.filter((sight) => sightings.counts[sight] > 0).map(
    (sight) => `${grouped(sightings.counts[sight]).padStart(11)}  ${sight}`,
  );
  const total = `${grouped(cases)} cases, ${grouped(sightings.operations)} operations in ${seconds.toFixed(1)} s`;
  return [total, ...rows].join('\n');
}

/** Claims of the protocol that were not made, and so were not judged. */
export function notJudged({ claims }: Judgement): readonly string[] {
  const all = ['complete', 'best-fit', 'capacity', 'placement:linux-2.4', 'placement:linux-2.6'] as const;
  const placed = claims.has('placement:linux-2.4') || claims.has('placement:linux-2.6');
  return all.filter((claim) => !claims.has(claim) && !(placed && claim.startsWith('placement:')));
}

/** The verdict in words; what was not seen, or not gone through, is no conformance. */
function headline({ verdict, missing, interrupted, sightings, cases }: Judgement): string {
  if (interrupted) return `interrupted after ${grouped(cases)} cases, nothing found`;
  if (verdict !== 'conforms') return verdict;
  if (missing.length > 0) return 'inconclusive: nothing found, but too little seen';
  return sightings.leftOut.length > 0 ? 'nothing found, but not all was asked' : verdict;
}

/** The whole verdict in text. */
export function report(judgement: Judgement, target: readonly string[]): string {
  const { verdict, hello, finding, failure, missing, replays, sightings } = judgement;
  const name =
    hello === undefined
      ? shellWords(target.slice(target.indexOf('--') + 1))
      : show(`${hello.name} ${hello.revision}`.trimEnd());
  const unjudged = notJudged(judgement);
  const lines = [
    `${name}: ${headline(judgement)}`,
    '',
    ...(hello === undefined ? [] : [`judged: ${['always', ...judgement.claims].join(', ')}`]),
    ...(hello === undefined || unjudged.length === 0 ? [] : [`not claimed, not judged: ${unjudged.join(', ')}`]),
    ...(hello === undefined || hello.unknown.length === 0
      ? []
      : [`not known to this judge: ${show(hello.unknown.join(', '))}`]),
    ...(hello === undefined ? [] : ['', seen(judgement)]),
    ...(finding === undefined ? [] : ['', argue(finding, target)]),
    ...(finding === undefined && failure !== undefined ? failureLines(failure) : []),
    ...(finding === undefined || replays === true
      ? []
      : ['', 'replayed operation by operation, it did not go wrong in the same way again']),
    ...(sightings.leftOut.length === 0
      ? []
      : ['', `left out, as such misuse is not claimed (--claim asks all the same): ${sightings.leftOut.join(' ')}`]),
    ...(verdict === 'not-applicable'
      ? ['', `every arena was unsupported, the last because: ${show(sightings.whyUnsupported)}`]
      : []),
    ...(missing.length === 0 ? [] : ['', `the run ended before it had seen: ${missing.join(', ')}`]),
  ];
  return lines.join('\n');
}

/** The last record of `--json`. */
export function summary(judgement: Judgement): Record<string, unknown> {
  const { verdict, seed, cases, sightings, seconds, finding, failure, missing } = judgement;
  const refuted = finding?.what.kind === 'refuted' ? finding.what.counterexample : undefined;
  const because = finding !== undefined ? becauseOf(finding) : failure !== undefined ? [failure.how] : undefined;
  return {
    record: 'summary',
    complete: !judgement.interrupted,
    verdict,
    ...(refuted === undefined
      ? {}
      : { property: propertyOf(refuted.clause), clause: refuted.clause, place: refuted.place }),
    seed,
    cases,
    ops: sightings.operations,
    opsPerSecond: seconds > 0 ? Math.round(sightings.judged / seconds) : 0,
    ...(finding === undefined ? {} : { case: save(finding.case) }),
    ...(because === undefined ? {} : { because }),
    ...(missing.length === 0 ? {} : { missing }),
    sometimes: sightings.counts,
  };
}
