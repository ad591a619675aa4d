import { MachineReference } from '../subjects/machine-reference.ts';
import { exitMachine, reportMachine, summaryMachine } from './report.ts';
import { judgeMachine } from './judge.ts';
import { startMachine } from './subject.ts';
import type { StartMachine } from './judge.ts';

/** What a user asked for. */
export interface MachineFlags {
  readonly seed: number;
  readonly cases: number;
  readonly ops: number;
  readonly time: number;
  readonly json: boolean;
}

/** Judges a page allocator with zones and nodes, prints the verdict, and gives the exit status. */
export async function checkMachine(command: readonly string[], flags: MachineFlags): Promise<number> {
  const { cases, json, ops, seed, time } = flags;
  const start: StartMachine =
    command.length > 0 ? () => startMachine(command) : () => Promise.resolve(new MachineReference());
  const judged = await judgeMachine(start, { seed, cases, operations: ops, seconds: time });
  process.stdout.write(`${json ? JSON.stringify(summaryMachine(judged)) : reportMachine(judged)}\n`);
  return exitMachine(judged);
}
