import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { bootReport, bootSummary } from '../kinds/boot/report.ts';
import { judgeBoot, replayBoot } from '../kinds/boot/judge.ts';
import { parseBootCase, saveBoot } from '../kinds/boot/case.ts';
import { ReferenceSubject } from '../subjects/reference.ts';
import { parseMachineCase } from '../kinds/machine/saved.ts';
import { replayMachine } from '../kinds/machine/command.ts';
import { exhaustedLine, judgeExhaustively } from '../kinds/buddy/exhaustive/exhaustive.ts';
import { exitStatus } from '../judge/exit.ts';
import { judge, judgeCase } from '../judge/judge.ts';
import { parseCase, save } from '../kinds/buddy/saved.ts';
import { progressLine } from './progress.ts';
import { report, summary } from '../judge/report.ts';
import { startProcess } from '../subjects/process.ts';
import type { BootJudgement } from '../kinds/boot/judge.ts';
import type { CheckFlags, CommonFlags, ReplayFlags } from './options.ts';
import type { Exhausted } from '../kinds/buddy/exhaustive/exhaustive.ts';
import type { Judgement, Start } from '../judge/judge.ts';

const USAGE = 2;

/** 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/** Of a case of boot memory: each of its commands is a request of its own. */
const MOST_BOOT_OPERATIONS = 40;

const startOf = (command: readonly string[], { reference }: CommonFlags): Start =>
  command.length > 0 ? () => startProcess(command) : () => Promise.resolve(new ReferenceSubject(reference));

/** What a replay line has to repeat. */
function targetOf(command: readonly string[], { reference, claim, noClaim }: CommonFlags): readonly string[] {
  const flags = [...claim.flatMap((one) => ['--claim', one]), ...noClaim.flatMap((one) => ['--no-claim', one])];
  if (command.length > 0) return [...flags, '--', ...command];
  return [...flags, '--reference', reference];
}

function print(
  judgement: Judgement & { readonly exhausted?: Exhausted },
  command: readonly string[],
  flags: CommonFlags & { readonly save?: string },
): number {
  const { exhausted } = judgement;
  const lines = exhausted === undefined ? [] : ['', exhaustedLine(exhausted)];
  const text = flags.json
    ? JSON.stringify({ ...summary(judgement), ...(exhausted === undefined ? {} : { exhausted }) })
    : [report(judgement, targetOf(command, flags)), ...lines].join('\n');
  process.stdout.write(`${text}\n`);
  if (flags.save !== undefined) saveTo(flags.save, judgement);
  return judgement.interrupted ? INTERRUPTED : exitStatus(judgement);
}

const complain = (what: string): void => void process.stderr.write(`buddy-oracle: ${what}\n`);

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Why nothing can be written to a file; found out before the search, not after it. */
function refuseFile(file: string): string | undefined {
  try {
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
    return undefined;
  } catch (error) {
    return `${file} cannot be written: ${reasonOf(error)}`;
  }
}

/** The verdict stands, whatever becomes of the file. */
function saveTo(file: string, { finding }: Judgement): void {
  if (finding !== undefined) writeTo(file, save(finding.case));
  else complain(`nothing was found, and nothing written to ${file}`);
}

function writeTo(file: string, of: object): void {
  try {
    writeFileSync(file, `${JSON.stringify(of)}\n`);
  } catch (error) {
    complain(`${file} cannot be written: ${reasonOf(error)}`);
  }
}

/** Judges an allocator, prints the verdict, and gives the exit status. */
export async function check(command: readonly string[], flags: CheckFlags): Promise<number> {
  const unwritable = flags.save === undefined ? undefined : refuseFile(flags.save);
  if (unwritable !== undefined) {
    complain(unwritable);
    return USAGE;
  }
  const progress = progressLine();
  const stop = new AbortController();
  // The first interrupt ends the search, and what it found is shown; the second one ends the process.
  process.on('SIGINT', () => {
    if (stop.signal.aborted) process.exit(INTERRUPTED);
    stop.abort();
  });
  const options = {
    seed: flags.seed,
    cases: flags.cases,
    operations: flags.ops,
    seconds: flags.time,
    pages: flags.pages,
    orders: flags.orders,
    bases: flags.base,
    claim: flags.claim,
    noClaim: flags.noClaim,
    progress: progress.tell,
    stop: stop.signal,
  };
  const start = startOf(command, flags);
  const judgement =
    flags.exhaustive === undefined
      ? await judge(start, options)
      : await judgeExhaustively(start, flags.exhaustive, options);
  progress.clear();
  if (flags.json) process.stdout.write(`${JSON.stringify(helloRecord(judgement))}\n`);
  const booted = await bootOf(judgement, command, flags);
  return booted === undefined ? print(judgement, command, flags) : printBoth(judgement, booted, command, flags);
}

/** Judges boot memory too where a harness has it, and nothing speaks against its zones. */
async function bootOf(
  { hello, verdict }: Judgement,
  command: readonly string[],
  { cases, ops, seed, time }: CheckFlags,
): Promise<BootJudgement | undefined> {
  const isSound = verdict === 'conforms' || verdict === 'not-applicable';
  if (hello?.features.has('boot') !== true || command.length === 0 || !isSound) return undefined;
  return judgeBoot(() => startProcess(command), {
    seed,
    cases,
    seconds: time,
    operations: Math.min(ops, MOST_BOOT_OPERATIONS),
  });
}

/** A harness without zones is judged by its boot memory alone; else both must be in order. */
function printBoth(judgement: Judgement, booted: BootJudgement, command: readonly string[], flags: CheckFlags): number {
  const alone = judgement.verdict === 'not-applicable';
  const both = { ...summary(judgement), ...(alone ? { verdict: booted.verdict } : {}), boot: bootSummary(booted) };
  const worst =
    booted.verdict === 'conforms' || booted.verdict === 'not-applicable' ? both : { ...both, verdict: booted.verdict };
  const text = `${report(judgement, targetOf(command, flags))}\n\n${bootReport(booted, targetOf(command, flags))}`;
  process.stdout.write(`${flags.json ? JSON.stringify(worst) : text}\n`);
  if (flags.save !== undefined) {
    const of = booted.finding === undefined ? undefined : saveBoot(booted.finding.case);
    if (of === undefined) saveTo(flags.save, judgement);
    else writeTo(flags.save, of);
  }
  const [zones, boot] = [exitStatus(judgement), exitStatus(booted)];
  return alone || boot === 1 || boot === 3 ? boot : zones;
}

const helloRecord = ({ hello, claims }: Judgement): Record<string, unknown> => ({
  record: 'hello',
  name: hello?.name ?? null,
  revision: hello?.revision ?? null,
  language: hello?.language ?? null,
  claims: [...claims],
  features: [...(hello?.features ?? [])],
});

/** Carries out a saved case, prints the verdict, and gives the exit status. */
export async function replay(file: string, command: readonly string[], flags: ReplayFlags): Promise<number> {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    complain(`${file} cannot be read: ${reasonOf(error)}`);
    return USAGE;
  }
  const refuse = (why: string): number => {
    complain(`${file === '-' ? 'standard input' : file} is no saved case: ${why}`);
    return USAGE;
  };
  const value = parsedOrNothing(text);
  const machineCase = parseMachineCase(value);
  if (machineCase !== undefined) {
    return 'kind' in machineCase ? refuse(machineCase.why) : replayMachine(machineCase, command, flags.json);
  }
  const bootCase = parseBootCase(value);
  if (bootCase !== undefined) return printBoot(await replayBoot(startOf(command, flags), bootCase), command, flags);
  const of = parseCase(text);
  if ('kind' in of) return refuse(of.why);
  return print(await judgeCase(startOf(command, flags), of, flags), command, flags);
}

function printBoot(booted: BootJudgement, command: readonly string[], flags: CommonFlags): number {
  const text = flags.json
    ? JSON.stringify({ record: 'summary', complete: true, ...bootSummary(booted) })
    : bootReport(booted, targetOf(command, flags));
  process.stdout.write(`${text}\n`);
  return exitStatus(booted);
}

/** What a text says as JSON: itself, or the case of a run's last record. */
function parsedOrNothing(text: string): unknown {
  try {
    const value = JSON.parse(text.trim().split('\n').at(-1) ?? '') as {
      readonly boot?: { readonly case?: unknown };
    } | null;
    return value?.boot?.case ?? value;
  } catch {
    return undefined;
  }
}
