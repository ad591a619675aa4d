/** The timed runs of the judge and of the invariants. */
import { BUDDY_SIGHTS } from '../../../conformance/kinds/buddy/sights.ts';
import { BuddyReference } from '../../../conformance/subjects/buddy-reference.ts';
import { Coverage } from '../../../conformance/judge/coverage.ts';
import { PipedBuddy } from '../../../conformance/kinds/buddy/port.ts';
import { UNBOUNDED } from '../../../conformance/judge/budget.ts';
import { referenceSubject } from '../../../conformance/subjects/reference.ts';
import { driveLive } from '../../../conformance/kinds/buddy/drive/live.ts';
import { drivePiped } from '../../../conformance/kinds/buddy/drive/piped.ts';
import { generate } from '../../../conformance/kinds/buddy/draw/generate.ts';
import { refuteAll } from '../../../invariants/index.ts';
import { perOperation } from '../timed.ts';
import { startProcess } from '../../../conformance/subjects/process.ts';
import type { BuddyCoverage } from '../../../conformance/kinds/buddy/sights.ts';
import type { Context } from '../../../conformance/kinds/buddy/drive/opened.ts';
import type { Finding } from '../../../conformance/judge/finding.ts';
import type { Hello } from '../../../conformance/judge/subject.ts';
import type { Kernel } from '../../../protocol/index.ts';
import type { Timed } from '../timed.ts';

const sweepOf = (seed: number): Parameters<typeof generate>[0] => ({
  seed,
  operations: 1000,
  pages: [64],
  orders: [7],
  bases: [0],
  claims: new Set(),
});

const contextOf = (hello: Hello, coverage: BuddyCoverage): Context => ({
  hello,
  claims: hello.claims,
  coverage,
  yields: new Map(),
  watch: undefined,
  grain: hello.maxBatch,
  budget: UNBOUNDED,
});

/** Judges the same cases repeatedly for `seconds`; each case is a slice and counts by its fastest repetition. */
async function again(
  cases: number,
  seconds: number,
  judge: (n: number, coverage: BuddyCoverage) => Promise<Finding<object> | undefined> | Finding<object> | undefined,
): Promise<Timed> {
  const nanoseconds = new Array<number>(cases).fill(Infinity);
  const end = performance.now() + 1000 * seconds;
  for (;;) {
    const coverage = new Coverage(BUDDY_SIGHTS);
    for (let n = 0; n < cases; n++) {
      const from = performance.now();
      const finding = await judge(n, coverage);
      nanoseconds[n] = Math.min(nanoseconds[n] ?? Infinity, 1e6 * (performance.now() - from));
      if (finding !== undefined) throw new Error(JSON.stringify(finding.what));
    }
    if (performance.now() > end) return { nanoseconds, operations: coverage.judged };
  }
}

/** Times judging in this process: arenas of 64 pages, everything compared after each operation; one case in 40 is long. */
export function judgedLive(kernel: Kernel, seconds: number): Promise<Timed> {
  const [subject, { hello }] = [new BuddyReference(kernel), referenceSubject(kernel)];
  return again(40, seconds, (n, coverage) =>
    driveLive(subject, contextOf(hello, coverage), { ...generate(sweepOf(1), n), drain: false }),
  );
}

/** Times judging over a pipe. */
export async function judgedPiped(command: readonly string[], seconds: number): Promise<Timed> {
  const subject = await startProcess(command);
  if (subject.kind !== 'piped') throw new Error(subject.how);
  const buddy = new PipedBuddy(subject);
  const hello: Hello = { ...subject.hello, features: new Set() };
  const sweep = { ...sweepOf(1), operations: 20_000 };
  const timed = await again(10, seconds, (n, coverage) =>
    drivePiped(buddy, contextOf(hello, coverage), { ...generate(sweep, n), drain: false }),
  );
  await subject.close();
  return timed;
}

/** All invariants on an arena of 64 pages in use, again and again. */
export function invariantsChecked(kernel: Kernel, seconds: number): Timed {
  const [subject, { hello }] = [new BuddyReference(kernel), referenceSubject(kernel)];
  const context = contextOf(hello, new Coverage(BUDDY_SIGHTS));
  driveLive(subject, context, { ...generate(sweepOf(3), 0), drain: false });
  const seen = subject.observation();
  if (seen === undefined) throw new Error('the reference shows nothing');
  const from = performance.now();
  let checks = 0;
  for (; performance.now() - from < 1000 * seconds; checks++) {
    if (refuteAll(seen).length > 0) throw new Error('an invariant is refuted');
  }
  return perOperation(1e6 * (performance.now() - from), checks);
}
