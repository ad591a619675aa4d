import { bootAllocationsPerSecond, retirementSeconds } from './boot.ts';
import { checksum, loadTrace } from './trace.ts';
import { invariantsChecked, judgedLive, judgedPiped } from './judging.ts';
import { lockstepCommandsPerSecond } from './lockstep.ts';
import { runBuddyTree, runCore24, runCore26, runFace } from './runs.ts';
import { runFrontDoor } from './machine-runs.ts';
import type { Timed } from './runs.ts';
import type { Trace } from './trace.ts';

/** How long a rate is measured, in seconds. */
const SECONDS = 1;

type Once = () => number | Timed | Promise<number>;

const onTrace =
  (run: (trace: Trace) => Timed | number) =>
  (file: string): Once => {
    const trace = loadTrace(file);
    return () => run(trace);
  };

/** All that can be measured, by name; what a trace was granted is told where it must be the same as in C. */
const MEASUREMENTS: Readonly<Record<string, (argument: string) => Once>> = {
  'core 2.4': onTrace(runCore24),
  'core 2.6': onTrace((trace) => runCore26(trace).nsPerOperation),
  'public face': onTrace((trace) => runFace(trace, '2.4')),
  'front door': onTrace((trace) => runFrontDoor(trace).nsPerOperation),
  'buddy-tree': onTrace((trace) => runBuddyTree(trace).nsPerOperation),
  'judge 2.4': () => () => judgedLive('2.4', SECONDS),
  'judge 2.6': () => () => judgedLive('2.6', SECONDS),
  invariants: () => () => invariantsChecked('2.4', SECONDS),
  lockstep: () => () => lockstepCommandsPerSecond('2.4', 400),
  pipe: (program) => () => judgedPiped([program], SECONDS),
  'boot allocations': (pages) => () => bootAllocationsPerSecond(Number(pages), 100_000),
  'retirement into 2.4': (pages) => () => retirementSeconds('2.4', Number(pages)),
  'retirement into 2.6': (pages) => () => retirementSeconds('2.6', Number(pages)),
};

const [name = '', argument = ''] = process.argv.slice(2);
const measurement = MEASUREMENTS[name];
if (measurement === undefined) throw new Error(`nothing called ${name} can be measured`);
const once = measurement(argument);

async function tell(): Promise<void> {
  const result = await once();
  process.send?.(
    typeof result === 'number'
      ? { value: result }
      : { value: result.nsPerOperation, checksum: checksum(result.granted) },
  );
}

process.on('message', () => void tell());
