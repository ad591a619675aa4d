import { readFileSync, writeFileSync } from 'node:fs';
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

const startOf = (command: readonly string[], { reference }: CommonFlags): Start =>
  command.length > 0 ? () => startProcess(command) : () => Promise.resolve(new ReferenceSubject(reference));

/** What a replay line has to repeat. */
function targetOf(command: readonly string[], { reference, claim, noClaim }: CommonFlags): readonly string[] {
  const flags = [...claim.flatMap((one) => ['--claim', one]), ...noClaim.flatMap((one) => ['--no-claim', one])];
  if (command.length > 0) return [...flags, '--', ...command];
  return reference === '2.4' ? flags : [...flags, '--reference', reference];
}

function print(
  judgement: Judgement & { readonly exhausted?: Exhausted },
  command: readonly string[],
  flags: CommonFlags & { readonly save?: string },
): number {
  if (flags.save !== undefined && judgement.finding !== undefined) {
    writeFileSync(flags.save, `${JSON.stringify(save(judgement.finding.case))}\n`);
  }
  const { exhausted } = judgement;
  const lines = exhausted === undefined ? [] : ['', exhaustedLine(exhausted)];
  const text = flags.json
    ? JSON.stringify({ ...summary(judgement), ...(exhausted === undefined ? {} : { exhausted }) })
    : [report(judgement, targetOf(command, flags)), ...lines].join('\n');
  process.stdout.write(`${text}\n`);
  return exitStatus(judgement);
}

/** Judges an allocator, prints the verdict, and gives the exit status. */
export async function check(command: readonly string[], flags: CheckFlags): Promise<number> {
  const progress = progressLine();
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
    process.stderr.write(
      `buddy-oracle: ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return USAGE;
  }
  const of = parseCase(text);
  if ('kind' in of) {
    process.stderr.write(`buddy-oracle: ${file} is no saved case: ${of.why}\n`);
    return USAGE;
  }
  const judgement = await judgeCase(startOf(command, flags), of, flags);
  return print(judgement, command, flags);
}
