/** The timed runs of the judge and of the invariants. */

import { ReferenceSubject } from '../../../conformance/subjects/reference.ts';
import { Sightings } from '../../../conformance/kinds/buddy/coverage.ts';
import { driveLive } from '../../../conformance/kinds/buddy/drive-live.ts';
import { drivePiped } from '../../../conformance/kinds/buddy/drive-piped.ts';
import { generate } from '../../../conformance/kinds/buddy/generate.ts';
import { refuteAll } from '../../../invariants/index.ts';
import { perOperation } from '../timed.ts';
import { startProcess } from '../../../conformance/subjects/process.ts';
import type { Context } from '../../../conformance/kinds/buddy/context.ts';
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
  misuses: [],
});

const contextOf = (hello: Hello, sightings: Sightings): Context => ({
  hello,
  claims: hello.claims,
  sightings,
  yields: new Map(),
  grain: hello.maxBatch,
  done: [],
});

/** Judges the same cases repeatedly for `seconds`; each case is a slice and counts by its fastest repetition. */
async function again(
  cases: number,
  seconds: number,
  judge: (n: number, sightings: Sightings) => Promise<Finding | undefined> | Finding | undefined,
): Promise<Timed> {
  const nanoseconds = new Array<number>(cases).fill(Infinity);
  const end = performance.now() + 1000 * seconds;
  for (;;) {
    const sightings = new Sightings();
    for (let n = 0; n < cases; n++) {
      const from = performance.now();
      const finding = await judge(n, sightings);
      nanoseconds[n] = Math.min(nanoseconds[n] ?? Infinity, 1e6 * (performance.now() - from));
      if (finding !== undefined) throw new Error(JSON.stringify(finding.what));
    }
    if (performance.now() > end) return { nanoseconds, operations: sightings.judged };
  }
}

/** Times judging in this process: arenas of 64 pages, everything compared after each operation; one case in 40 is long. */
export function judgedLive(kernel: Kernel, seconds: number): Promise<Timed> {
  const subject = new ReferenceSubject(kernel);
  return again(40, seconds, (n, sightings) =>
    driveLive(subject, contextOf(subject.hello, sightings), { ...generate(sweepOf(1), n), drain: false }),
  );
}

/** Times judging over a pipe. */
export async function judgedPiped(command: readonly string[], seconds: number): Promise<Timed> {
  const subject = await startProcess(command);
  if (subject.kind !== 'piped') throw new Error(subject.how);
  const hello: Hello = { ...subject.hello, features: new Set() };
  const sweep = { ...sweepOf(1), operations: 20_000 };
  const timed = await again(10, seconds, (n, sightings) =>
    drivePiped(subject, contextOf(hello, sightings), { ...generate(sweep, n), drain: false }),
  );
  await subject.close();
  return timed;
}

/** All invariants on an arena of 64 pages in use, again and again. */
export function invariantsChecked(kernel: Kernel, seconds: number): Timed {
  const subject = new ReferenceSubject(kernel);
  const context = contextOf(subject.hello, new Sightings());
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
