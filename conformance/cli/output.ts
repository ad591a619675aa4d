/** Prints a judgement, writes what was found to a file, and gives the exit status. */
import { show } from '../show.ts';
import { writeFileSync } from 'node:fs';
import { exitStatus } from '../judge/verdict.ts';
import { isStale } from '../judge/report/expected/held.ts';
import { records } from '../judge/report/records.ts';
import { report, savedFinding } from '../judge/report/report.ts';
import { lookOf } from './terminal/look.ts';
import { USAGE, complain, linesOf, reasonOf, refuseFile } from './terminal/say.ts';
import { refuseClaims } from './usage.ts';
import type { CommonFlags, TargetFlags } from './options.ts';
import type { Judgement } from '../judge/judgement.ts';

/** The list of known divergences does not say what is so. */
export const STALE = 4;

/** 128 and the number of SIGINT. */
export const INTERRUPTED = 130;

/** Returns why a file that was asked for cannot be written; undefined if all can be. */
export const refuseFiles = ({ badge, html, junit, sarif, save, svg }: CommonFlags): string | undefined =>
  [badge, html, junit, sarif, save, svg].flatMap((file) => (file === undefined ? [] : (refuseFile(file) ?? []))).at(0);

/** Writes the case that was found. The verdict stands, whatever becomes of the file. */
function save(file: string, { kinds }: Judgement): void {
  const [found] = kinds.flatMap(({ finding, kind }) => (finding === undefined ? [] : [savedFinding(kind, finding)]));
  if (found === undefined) return complain(`nothing was found, and nothing written to ${show(file)}`);
  try {
    writeFileSync(file, `${JSON.stringify(found)}\n`);
  } catch (error) {
    complain(`${show(file)} cannot be written: ${reasonOf(error)}`);
  }
}

/** Returns what a replay line has to repeat. */
export function targetOf(command: readonly string[], { claim, noClaim, reference }: TargetFlags): readonly string[] {
  const flags = [...claim.flatMap((one) => ['--claim', one]), ...noClaim.flatMap((one) => ['--no-claim', one])];
  if (command.length > 0) return [...flags, '--', ...command];
  return reference === undefined ? [...flags, '--reference', '2.4'] : [...flags, '--reference', reference];
}

/** Prints a judgement as text or records; returns the exit status, which no format changes. */
export function print(judgement: Judgement, command: readonly string[], flags: CommonFlags): number {
  const refused = refuseClaims(judgement, flags);
  if (refused !== undefined) {
    complain(refused);
    return USAGE;
  }
  const text = flags.json
    ? linesOf(records(judgement))
    : report(judgement, targetOf(command, flags), lookOf(process.stdout));
  process.stdout.write(`${text}\n`);
  if (flags.save !== undefined) save(flags.save, judgement);
  if (judgement.held !== undefined && isStale(judgement.held)) return STALE;
  const isFound = judgement.kinds.some(({ finding }) => finding !== undefined);
  return !isFound && judgement.kinds.some(({ interrupted }) => interrupted)
    ? INTERRUPTED
    : exitStatus(judgement.verdict);
}
