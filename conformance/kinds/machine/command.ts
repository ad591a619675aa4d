import { MachineReference } from '../../subjects/machine-reference.ts';
import { exitStatus } from '../../judge/exit.ts';
import { reportMachine, summaryMachine } from './report.ts';
import { judgeMachine, judgeMachineCase } from './judge.ts';
import { startMachine } from './subject.ts';
import type { MachineCase } from './generate.ts';
import type { MachineJudgement, StartMachine } from './judge.ts';

/** What a user asked for. */
export interface MachineFlags {
  readonly seed: number;
  readonly cases: number;
  readonly ops: number;
  readonly time: number;
  readonly json: boolean;
}

const startOf = (command: readonly string[]): StartMachine =>
  command.length > 0 ? () => startMachine(command) : () => Promise.resolve(new MachineReference());

/** Judges a page allocator with zones and nodes, prints the verdict, and gives the exit status. */
export async function checkMachine(command: readonly string[], flags: MachineFlags): Promise<number> {
  const { cases, json, ops, seed, time } = flags;
  const judged = await judgeMachine(startOf(command), { seed, cases, operations: ops, seconds: time });
  return printMachine(judged, command, json);
}

function printMachine(judged: MachineJudgement, command: readonly string[], json: boolean): number {
  process.stdout.write(`${json ? JSON.stringify(summaryMachine(judged)) : reportMachine(judged, command)}\n`);
  return exitStatus(judged);
}

/** Carries out a saved case on a machine, prints the verdict, and gives the exit status. */
export async function replayMachine(of: MachineCase, command: readonly string[], json: boolean): Promise<number> {
  return printMachine(await judgeMachineCase(startOf(command), of), command, json);
}
