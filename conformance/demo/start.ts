import { DEFAULTS, judge } from '../judge/judge.ts';
import { ReferenceSubject } from '../subjects/reference.ts';
import { brokenSubject } from '../subjects/broken.ts';
import { exitStatus } from '../judge/exit.ts';
import { progressLine } from '../cli/progress.ts';
import { report } from '../judge/report.ts';
import type { Kernel } from '../../protocol/index.ts';

const SECONDS = 5;

const print = (...lines: readonly string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`);
};

/** Judges a reference allocator for some seconds and prints what was seen; whether it conforms. */
async function judgeReference(kernel: Kernel): Promise<boolean> {
  const progress = progressLine();
  const options = { ...DEFAULTS, seconds: SECONDS, cases: 1_000_000, progress: progress.tell };
  const judgement = await judge(() => Promise.resolve(new ReferenceSubject(kernel)), options);
  progress.clear();
  print(report(judgement, ['--reference', kernel]), '');
  return exitStatus(judgement) === 0;
}

print(
  'Each reference allocator against the specification: its outcome, free lists, map or marks, and owner table',
  'are compared after every operation.',
  '',
);
const conform = (await judgeReference('2.4')) && (await judgeReference('2.6'));

print('And this is how it looks when an allocator is wrong:', '');
const refuted = await judge(() => Promise.resolve(brokenSubject()));
print(report(refuted, ['--', 'your-harness']));
process.exitCode = conform && refuted.verdict === 'diverges' ? 0 : 1;
