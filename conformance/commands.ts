import { readFileSync, writeFileSync } from 'node:fs';
import { bootExit, bootReport, bootSummary } from './boot-report.ts';
import { judgeBoot, replayBoot } from './boot-judge.ts';
import { parseBootCase, saveBoot } from './boot-wire.ts';
import { ReferenceSubject } from './subjects/reference.ts';
import { exitStatus } from './exit.ts';
import { judge, judgeCase } from './judge.ts';
import { parseCase, save } from './saved.ts';
import { progressLine } from './progress.ts';
import { report, summary } from './report.ts';
import { startProcess } from './subjects/process.ts';
import type { BootJudgement } from './boot-judge.ts';
import type { CheckFlags, CommonFlags, ReplayFlags } from './options.ts';
import type { Judgement, Start } from './judge.ts';

const USAGE = 2;

/** Of a case of boot memory: each of its commands is a request of its own. */
const MOST_BOOT_OPERATIONS = 40;

const startOf = (command: readonly string[], { reference }: CommonFlags): Start =>
  command.length > 0 ? () => startProcess(command) : () => Promise.resolve(new ReferenceSubject(reference));

/** What a replay line has to repeat. */
function targetOf(command: readonly string[], { reference, claim, noClaim }: CommonFlags): readonly string[] {
  const flags = [...claim.flatMap((one) => ['--claim', one]), ...noClaim.flatMap((one) => ['--no-claim', one])];
  if (command.length > 0) return [...flags, '--', ...command];
  return reference === '2.4' ? flags : [...flags, '--reference', reference];
}

function print(
  judgement: Judgement,
  command: readonly string[],
  flags: CommonFlags & { readonly save?: string },
): number {
  if (flags.save !== undefined && judgement.finding !== undefined) {
    writeFileSync(flags.save, `${JSON.stringify(save(judgement.finding.case))}\n`);
  }
  const text = flags.json ? JSON.stringify(summary(judgement)) : report(judgement, targetOf(command, flags));
  process.stdout.write(`${text}\n`);
  return exitStatus(judgement);
}

/** Judges an allocator, prints the verdict, and gives the exit status. */
export async function check(command: readonly string[], flags: CheckFlags): Promise<number> {
  const progress = progressLine();
  const judgement = await judge(startOf(command, flags), {
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
  });
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
  if (flags.save !== undefined && booted.finding !== undefined) {
    writeFileSync(flags.save, `${JSON.stringify(saveBoot(booted.finding.case))}\n`);
  }
  const both = { ...summary(judgement), ...(alone ? { verdict: booted.verdict } : {}), boot: bootSummary(booted) };
  const worst =
    booted.verdict === 'conforms' || booted.verdict === 'not-applicable' ? both : { ...both, verdict: booted.verdict };
  const text = `${report(judgement, targetOf(command, flags))}\n\n${bootReport(booted, targetOf(command, flags))}`;
  process.stdout.write(`${flags.json ? JSON.stringify(worst) : text}\n`);
  const [zones, boot] = [exitStatus(judgement), bootExit(booted)];
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
    process.stderr.write(
      `buddy-oracle: ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return USAGE;
  }
  const bootCase = parseBootCase(parsedOrNothing(text));
  if (bootCase !== undefined) {
    const booted = await replayBoot(startOf(command, flags), bootCase);
    const shown = flags.json
      ? JSON.stringify({ record: 'summary', complete: true, ...bootSummary(booted) })
      : bootReport(booted, targetOf(command, flags));
    process.stdout.write(`${shown}\n`);
    return bootExit(booted);
  }
  const of = parseCase(text);
  if ('kind' in of) {
    process.stderr.write(`buddy-oracle: ${file} is no saved case: ${of.why}\n`);
    return USAGE;
  }
  const judgement = await judgeCase(startOf(command, flags), of, flags);
  return print(judgement, command, flags);
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
