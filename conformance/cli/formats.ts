/** Writes a judgement in the formats of other programs, all that were asked for at once. */
import { annotations, badge, stepSummary } from '../judge/report/github.ts';
import { appendFileSync, writeFileSync } from 'node:fs';
import { targetOf } from './output.ts';
import { complain, reasonOf } from './terminal/say.ts';
import { junit } from '../judge/report/junit.ts';
import { resultsOf } from '../judge/report/results.ts';
import { sarif } from '../judge/report/sarif.ts';
import { show } from '../show.ts';
import type { CommonFlags } from './options.ts';
import type { Judgement } from '../judge/judgement.ts';

/** Writes one file, or says why not. The verdict stands, whatever becomes of the file. */
function write(
  file: string | undefined,
  text: () => string,
  how: (file: string, text: string) => void = writeFileSync,
): void {
  if (file === undefined || file === '') return;
  try {
    how(file, text());
  } catch (error) {
    complain(`${show(file)} cannot be written: ${reasonOf(error)}`);
  }
}

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Writes what was asked for; in GitHub Actions annotations, on stderr, and the summary of the step are written without being asked for. */
export function writeFormats(judgement: Judgement, command: readonly string[], flags: CommonFlags): void {
  const results = resultsOf(judgement, targetOf(command, flags), command.join(' '));
  write(flags.junit, () => junit(results));
  write(flags.sarif, () => json(sarif(results)));
  write(flags.badge, () => json(badge(results)));
  if (!flags.github && process.env['GITHUB_ACTIONS'] !== 'true') return;
  process.stderr.write(annotations(results));
  write(process.env['GITHUB_STEP_SUMMARY'], () => stepSummary(results), appendFileSync);
}
