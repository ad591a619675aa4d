import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ReferenceSubject } from './subjects/reference.ts';
import { exhaustedLine, judgeExhaustively } from './exhaustive.ts';
import { exitStatus } from './exit.ts';
import { judge, judgeCase } from './judge.ts';
import { parseCase, save } from './saved.ts';
import { progressLine } from './progress.ts';
import { report, summary } from './report.ts';
import { startProcess } from './subjects/process.ts';
import type { CheckFlags, CommonFlags, ReplayFlags } from './options.ts';
import type { Exhausted } from './exhaustive.ts';
import type { Judgement, Start } from './judge.ts';

const USAGE = 2;

/** 128 and the number of SIGINT. */
const INTERRUPTED = 130;

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
  try {
    if (finding !== undefined) writeFileSync(file, `${JSON.stringify(save(finding.case))}\n`);
    else complain(`nothing was found, and nothing written to ${file}`);
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
  return print(judgement, command, flags);
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
  const of = parseCase(text);
  if ('kind' in of) {
    complain(`${file === '-' ? 'standard input' : file} is no saved case: ${of.why}`);
    return USAGE;
  }
  const judgement = await judgeCase(startOf(command, flags), of, flags);
  return print(judgement, command, flags);
}
