/** What `npm start` shows: each reference judged for some seconds, and then an allocator that is wrong. */
import { KINDS } from '../kinds/all.ts';
import { brokenSubject } from '../subjects/broken.ts';
import { exitStatus } from '../judge/verdict.ts';
import { judgeKinds } from '../judge/judge.ts';
import { progressLine } from '../cli/terminal/progress.ts';
import { referenceSubject } from '../subjects/reference.ts';
import { report } from '../judge/report/report.ts';
import type { Kernel } from '../../protocol/index.ts';

const SECONDS = 6;

const print = (...lines: readonly string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`);
};

/** Judges a reference for some seconds and prints what was seen; returns whether it conforms. */
async function judgeReference(kernel: Kernel): Promise<boolean> {
  const progress = progressLine();
  const options = { seconds: SECONDS, progress: progress.tell };
  const judgement = await judgeKinds(KINDS, () => Promise.resolve(referenceSubject(kernel)), options);
  progress.clear();
  print(report(judgement, ['--reference', kernel]), '');
  return exitStatus(judgement.verdict) === 0;
}

print('Each reference against the specification: all that it holds is compared after every operation.', '');
const conform = (await judgeReference('2.4')) && (await judgeReference('2.6'));

print('And this is how it looks when an allocator is wrong:', '');
const refuted = await judgeKinds(KINDS, () => Promise.resolve(brokenSubject()), { seconds: SECONDS });
print(report(refuted, ['--', 'your-harness']));
process.exitCode = conform && refuted.verdict === 'diverges' ? 0 : 1;
