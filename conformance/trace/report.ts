/** What became of a trace, as text and as records. */
import { counted, grouped } from '../show.ts';
import { CLAUSES } from '../../spec/clauses.ts';
import { SHOWN } from './judge.ts';
import { pictureOf } from './picture.ts';
import type { Counts } from './scan.ts';
import type { Fault } from './fault.ts';
import type { Replay, Replayed } from './replay.ts';
import type { Seen, TraceJudge } from './judge.ts';

/** A trace that was judged. */
export interface Judged {
  readonly counts: Counts;
  readonly judge: TraceJudge;
  readonly replay: Replay | undefined;
  /** Whether the trace was read to its end. */
  readonly complete: boolean;
  readonly seconds: number;
}

/** `diverges`: something cannot have happened; `conforms`: events were judged, and nothing such was found. */
export type TraceVerdict = 'conforms' | 'diverges' | 'inconclusive';

/** Returns what a trace comes to: inconclusive if nothing could have been noticed in it, or if it was not read to its end. */
export function verdictOf({ complete, judge }: Judged): TraceVerdict {
  if (judge.faults.count > 0) return 'diverges';
  if (!complete) return 'inconclusive';
  const { allocsKnown, outs, ins, exact, part } = judge.seen;
  return allocsKnown + exact + part + outs + ins > 0 ? 'conforms' : 'inconclusive';
}

const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);

const row = (count: number, what: string, share = ''): string =>
  `${String(count).padStart(12)}  ${what}${share === '' ? '' : `, ${share}`}`;

function coverage(seen: Seen, { echoes, failed, malformed }: Counts): readonly string[] {
  const { allocs, allocsKnown, exact, frees, ins, notLive, outs, part, unknown } = seen;
  return [
    row(allocs, 'allocations'),
    row(allocsKnown, 'of pages of which all was known', percent(allocsKnown, allocs)),
    row(failed, 'requests that got no page, not judged'),
    row(frees, 'frees'),
    row(exact, 'of a block as it was granted', percent(exact, frees)),
    row(part, 'of a part of a block', percent(part, frees)),
    row(unknown, 'of pages never seen before, not judged', percent(unknown, frees)),
    row(notLive, 'of pages not known to be held, not judged', percent(notLive, frees)),
    row(outs, 'blocks out of the buddy system'),
    row(ins, 'blocks into it'),
    row(echoes, 'events that repeat others'),
    ...(malformed === 0 ? [] : [row(malformed, 'lines that cannot be read')]),
  ];
}

function losses({ faults, pages, seen }: TraceJudge): readonly string[] {
  const { forgotten, losses: marks } = seen;
  return [
    ...(marks === 0
      ? []
      : [
          `events were lost ${counted(marks, 'time')}: all was forgotten ${counted(forgotten, 'time')}, ${counted(faults.withdrawn, 'fault')} withdrawn`,
        ]),
    ...(pages.beyond === 0 ? [] : [`${counted(pages.beyond, 'event')} of frames beyond the most that are noted`]),
  ];
}

function replayLines(replay: Replay | undefined): readonly string[] {
  if (replay === undefined) return [];
  const { direct, ins, insElsewhere, outs, outsElsewhere } = replay.replayed;
  const exact = outsElsewhere + insElsewhere === 0;
  return [
    '',
    `the buddy system, replayed as 2.6 does it: ${exact ? 'each block as the allocator of 2.6 takes and joins it' : 'not exact'}`,
    row(outs, 'blocks taken as the lower part of a free block (PLACE-3)'),
    row(ins + direct, 'blocks joined with their buddies (PAIR-4)'),
    ...(exact
      ? []
      : [row(outsElsewhere + insElsewhere, 'that compaction moved, or that were freed without an event: not judged')]),
    'what /proc/buddyinfo says at the end of the trace',
    ...replay.buddyinfo().map(({ blocks, zone }) => {
      const name = zone === undefined ? 'outside the zones' : `Node ${zone.node}, zone ${zone.name.padStart(8)}`;
      return `${name} ${blocks.map((count) => `${String(count).padStart(6)} `).join('')}`;
    }),
  ];
}

function faultLines(fault: Fault): readonly string[] {
  const { because, clause, cpu } = fault;
  const picture = pictureOf(fault);
  return [
    '',
    `${clause} refuted on processor ${cpu}:`,
    `      ${because[0]}`,
    `  but ${because[1]}`,
    '',
    `  ${CLAUSES[clause].sentence}`,
    ...(picture.length === 0 ? [] : ['', ...picture.map((line) => `  ${line}`)]),
  ];
}

/** Returns the record of a fault; its picture and what went before it are none of it. */
const recordOf = ({ because, clause, cpu, line, order, pfn, since, time }: Fault): object => ({
  record: 'fault',
  ...{ clause, line, cpu, time, pfn, order, because },
  ...(since === undefined ? {} : { since }),
});

/** Returns the report of a trace. */
export function reportTrace(judged: Judged): string {
  const { complete, counts, judge, replay, seconds } = judged;
  const { faults } = judge;
  const rate = seconds > 0 ? `, ${grouped(counts.events / seconds)} a second` : '';
  return [
    `trace: ${verdictOf(judged)}`,
    '',
    `${counted(counts.events, 'event')} in ${counted(counts.lines, 'line')}${rate}${complete ? '' : '; the trace ends early'}`,
    ...coverage(judge.seen, counts),
    ...losses(judge),
    ...(faults.count === 0
      ? []
      : ['', `${counted(faults.count, 'fault')}${faults.count > SHOWN ? `, the first ${SHOWN}` : ''}`]),
    ...faults.kept.slice(0, SHOWN).flatMap(faultLines),
    ...replayLines(replay),
    '',
    'not judged: frees of pages not known to be held, other orders at a free, which block was chosen, leaks',
  ].join('\n');
}

/** Returns the records of a trace; the last one is the summary. */
export function traceRecords(judged: Judged): readonly object[] {
  const { complete, counts, judge, replay, seconds } = judged;
  const [first] = judge.faults.kept;
  const replayed: Replayed | undefined = replay?.replayed;
  return [
    ...judge.faults.kept.map(recordOf),
    ...(replay?.buddyinfo() ?? []).map(({ blocks, zone }) => ({ record: 'buddyinfo', zone: zone ?? null, blocks })),
    {
      record: 'summary',
      complete,
      verdict: verdictOf(judged),
      ...(first === undefined ? {} : { clause: first.clause, place: `line ${first.line}`, because: first.because }),
      faults: judge.faults.count,
      withdrawn: judge.faults.withdrawn,
      ...counts,
      ...judge.seen,
      ...(replayed === undefined ? {} : { replayed }),
      eventsPerSecond: seconds > 0 ? Math.round(counts.events / seconds) : 0,
    },
  ];
}
