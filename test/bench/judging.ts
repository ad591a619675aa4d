import { ReferenceSubject } from '../../conformance/subjects/reference.ts';
import { Sightings } from '../../conformance/sightings.ts';
import { driveLive } from '../../conformance/drive-live.ts';
import { drivePiped } from '../../conformance/drive-piped.ts';
import { generate } from '../../conformance/generate.ts';
import { refuteAll } from '../../invariants/index.ts';
import { startProcess } from '../../conformance/subjects/process.ts';
import type { Context } from '../../conformance/context.ts';
import type { Hello } from '../../conformance/subject.ts';
import type { Kernel } from '../../protocol/index.ts';

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

/** Operations judged a second in this process, everything compared after each, on arenas of 64 pages. */
export function judgedLive(kernel: Kernel, seconds: number): number {
  const subject = new ReferenceSubject(kernel);
  const sightings = new Sightings();
  const from = performance.now();
  for (let n = 0; performance.now() - from < 1000 * seconds; n++) {
    const context = contextOf(subject.hello, sightings);
    const finding = driveLive(subject, context, { ...generate(sweepOf(1), n), drain: false });
    if (finding !== undefined) throw new Error(JSON.stringify(finding.what));
  }
  return (1000 * sightings.judged) / (performance.now() - from);
}

/** Operations judged a second over a pipe. */
export async function judgedPiped(command: readonly string[], seconds: number): Promise<number> {
  const subject = await startProcess(command);
  if (subject.kind !== 'piped') throw new Error(subject.how);
  const sightings = new Sightings();
  const hello: Hello = { ...subject.hello, features: new Set() };
  const from = performance.now();
  for (let n = 0; performance.now() - from < 1000 * seconds; n++) {
    const sweep = { ...sweepOf(1), operations: 20_000 };
    const finding = await drivePiped(subject, contextOf(hello, sightings), { ...generate(sweep, n), drain: false });
    if (finding !== undefined) throw new Error(JSON.stringify(finding.what));
  }
  const rate = (1000 * sightings.judged) / (performance.now() - from);
  await subject.close();
  return rate;
}

/** How often a second all invariants are checked on an arena of 64 pages in use. */
export function invariantsChecked(kernel: Kernel, seconds: number): number {
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
  return (1000 * checks) / (performance.now() - from);
}
