/** The command `check`: judges an allocator as every kind that it offers. */
import { KINDS } from '../kinds/all.ts';
import { refuseFiles } from './output.ts';
import { USAGE, complain } from './terminal/say.ts';
import { heldTo, printHeld, readExpected } from './expect.ts';
import { anyKind } from '../judge/kind.ts';
import { exhaustively } from '../kinds/buddy/exhaustive/exhaustive.ts';
import { DEFAULTS, judgeKinds } from '../judge/judge.ts';
import { WHOLE, partOf } from '../judge/search/lanes.ts';
import { onInterrupt } from './interrupt.ts';
import { crewFor } from './jobs/crew.ts';
import { progressLine } from './terminal/progress.ts';
import { refuseCheck } from './usage.ts';
import { soughtIn } from '../judge/search/sought.ts';
import { showScene } from './film/show.ts';
import { startOf } from './jobs/start.ts';
import { tellWorst, timeWorst } from '../kinds/buddy/worst/worst.ts';
import { writeFormats } from './formats.ts';
import type { CheckFlags } from './options.ts';
import type { Advice, Judgement } from '../judge/judgement.ts';
import type { Options } from '../judge/options.ts';
import type { Start } from '../judge/subject.ts';

/** Returns the options of a search; what was not given is left to the judge. */
function optionsOf({
  all,
  base,
  cases,
  claim,
  expect,
  noClaim,
  ops,
  orders,
  pages,
  seed,
  shard,
  time,
  without,
}: CheckFlags): Partial<Options> {
  return {
    claim,
    noClaim,
    without,
    all: all || expect !== undefined,
    ...(seed === undefined ? {} : { seed }),
    ...(shard === undefined ? {} : { share: partOf(WHOLE, shard.nth - 1, shard.count) }),
    ...(cases === undefined ? {} : { cases }),
    ...(ops === undefined ? {} : { operations: ops }),
    ...(time === undefined ? {} : { seconds: time }),
    ...(pages === undefined ? {} : { pages }),
    ...(orders === undefined ? {} : { orders }),
    ...(base === undefined ? {} : { bases: base }),
  };
}

function search(
  start: Start,
  { exhaustive, kind = KINDS, shard, time }: CheckFlags,
  options: Partial<Options>,
): Promise<Judgement> {
  if (exhaustive === undefined) return judgeKinds(kind, start, options);
  const part = shard === undefined ? undefined : { remainder: shard.nth - 1, parts: shard.count };
  const { kind: explored, source } = exhaustively(exhaustive, part);
  const whole = { ...options, share: WHOLE, seconds: time ?? Infinity };
  return judgeKinds([anyKind(explored)], start, whole, source);
}

/** Returns what all parts of a search must have been asked alike. */
const askedOf = (options: Partial<Options>, { exhaustive, kind = KINDS }: CheckFlags): object => {
  const all = { ...DEFAULTS, ...options };
  const source = exhaustive === undefined ? {} : { exhaustive };
  return { ...soughtIn(all), ...source, seconds: all.seconds, kinds: kind.map(({ name }) => name) };
};

/** Times the worst operation of what conforms; of anything else no time would mean much. */
async function adviceOn(start: Start, { verdict }: Judgement): Promise<Advice> {
  const worst =
    verdict === 'conforms'
      ? await timeWorst(start)
      : { kind: 'untimed' as const, why: `the verdict is not that it conforms, but ${verdict}` };
  return { text: tellWorst(worst), record: { worst } };
}

/** Judges an allocator, prints the verdict, and gives the exit status. */
export async function check(command: readonly string[], flags: CheckFlags): Promise<number> {
  const list = refuseCheck(command, flags) ?? refuseFiles(flags) ?? readExpected(flags);
  if (typeof list === 'string') {
    complain(list);
    return USAGE;
  }
  const progress = progressLine();
  const stop = onInterrupt();
  const start = startOf(command, flags);
  const options = optionsOf(flags);
  const judged = await search(start, flags, {
    ...options,
    crew: flags.exhaustive === undefined ? crewFor(command, flags, flags.jobs) : undefined,
    progress: progress.tell,
    stop,
  });
  progress.clear();
  const part = flags.shard === undefined ? {} : { part: { ...flags.shard, asked: askedOf(options, flags) } };
  const whole = { ...judged, ...part };
  const advised = flags.worst ? { ...whole, advice: await adviceOn(start, judged) } : whole;
  const judgement = list === undefined ? advised : heldTo(advised, list, flags);
  const status = printHeld(judgement, command, flags);
  writeFormats(judgement, command, flags);
  await showScene({ judgement, start, command, flags }, flags);
  return status;
}
