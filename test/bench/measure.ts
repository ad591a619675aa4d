/** The process of one contender: times its run whenever it is asked to. */

import { bootAllocations, retirement } from './runs/boot.ts';
import { judgedEvents } from './runs/events.ts';
import { invariantsChecked, judgedLive, judgedPiped } from './runs/judging.ts';
import { lockstepCommands } from './runs/lockstep.ts';
import { runAfterLocked, runLocked, runThreads, runUnlocked } from './runs/lock.ts';
import { runBuddyTree, runCore24, runCore26, runFace } from './runs/buddy.ts';
import { loadTrace, worstIn } from './trace.ts';
import { runFrontDoor } from './runs/machine.ts';
import type { Timed } from './timed.ts';
import type { Trace } from './trace.ts';

/** How long what has no end of its own is run, in seconds. */
const SECONDS = 1;

type Once = () => Timed | Promise<Timed>;

const onTrace =
  (run: (trace: Trace) => Timed) =>
  (file: string): Once => {
    const trace = loadTrace(file);
    return () => run(trace);
  };

const worstOf = ({ orders, pages }: Trace): number => worstIn(pages, orders);

/** All that can be measured, by name. */
const MEASUREMENTS: Readonly<Record<string, (argument: string) => Once>> = {
  'core 2.4': onTrace(runCore24),
  'core 2.6': onTrace(runCore26),
  'public face': onTrace((trace) => runFace(trace)),
  'worst core 2.4': onTrace((trace) => runCore24(trace, worstOf(trace))),
  'worst core 2.6': onTrace((trace) => runCore26(trace, worstOf(trace))),
  'worst face': onTrace((trace) => runFace(trace, worstOf(trace))),
  'face after a lock': onTrace(runAfterLocked),
  'face without a lock': onTrace(runUnlocked),
  'face under a lock': onTrace(runLocked),
  '1 thread': (file) => () => runThreads(file, 1, 1),
  '2 threads on one zone': (file) => () => runThreads(file, 2, 1),
  '2 threads on two zones': (file) => () => runThreads(file, 2, 2),
  'front door': onTrace(runFrontDoor),
  'buddy-tree': onTrace(runBuddyTree),
  'judge 2.4': () => () => judgedLive('2.4', SECONDS),
  'judge 2.6': () => () => judgedLive('2.6', SECONDS),
  invariants: () => () => invariantsChecked('2.4', SECONDS),
  lockstep: () => () => lockstepCommands('2.4', 400),
  events: (file) => () => judgedEvents(file),
  pipe: (program) => () => judgedPiped([program], SECONDS),
  'boot allocations': (pages) => () => bootAllocations(Number(pages), 100_000),
  'retirement into 2.4': (pages) => () => retirement('2.4', Number(pages)),
  'retirement into 2.6': (pages) => () => retirement('2.6', Number(pages)),
};

const [name = '', argument = ''] = process.argv.slice(2);
const measurement = MEASUREMENTS[name];
if (measurement === undefined) throw new Error(`nothing called ${name} can be measured`);
const once = measurement(argument);

process.on('message', () => void Promise.resolve(once()).then((timed) => process.send?.(timed)));
