/** The judge: holds any page allocator against the specification; and the story that begins before there is one. */
import { KINDS } from './kinds/all.ts';
import { judgeKinds, replayKind, together } from './judge/judge.ts';
import { readCase } from './judge/file.ts';
import { objectSubject } from './subjects/object.ts';
import { report } from './judge/report/report.ts';
import type { AllocatorSpec } from './subjects/object.ts';
import type { Judgement } from './judge/judgement.ts';
import type { Options, ReplayOptions } from './judge/options.ts';
import type { ReadCase } from './judge/file.ts';
import type { LiveSubject, Start } from './judge/subject.ts';

/** What is judged: how to start it, a subject that is there already, or an object of this process. */
export type Judged = Start | LiveSubject | AllocatorSpec;

function startOf(allocator: Judged): Start {
  if (typeof allocator === 'function') return allocator;
  const subject = 'ports' in allocator ? allocator : objectSubject(allocator);
  return () => Promise.resolve(subject);
}

/** Judges a subject as every kind that it offers: the buddy system, boot memory, machines. The subject is closed at the end. */
export const judge = (allocator: Judged, options: Partial<Options> = {}): Promise<Judgement> =>
  judgeKinds(KINDS, startOf(allocator), options);

/** Replays a saved case, given as text or as it was read, one operation a request. Throws if the text is no case. */
export async function replay(
  allocator: Judged,
  saved: string | ReadCase,
  options: ReplayOptions = {},
): Promise<Judgement> {
  const read = typeof saved === 'string' ? readCase(KINDS, saved) : saved;
  if ('why' in read) throw new TypeError(read.why);
  return together(undefined, 0, [await replayKind(read.kind, startOf(allocator), read, options)]);
}

/** How much is tried, 100 cases if nothing is said; or a saved case to replay instead, as text or as an object. */
export interface Expectation extends Partial<Omit<Options, 'stop'>> {
  readonly stop?: AbortSignal;
  readonly replay?: string | object;
}

/**
 * Judges an allocator in a test of any framework (Vitest, Jest, node:test): throws the report unless it conforms and all was seen
 * that must be.
 */
export async function expectConforms(
  allocator: Judged,
  { replay: saved, ...options }: Expectation = {},
): Promise<void> {
  const judgement =
    saved === undefined
      ? await judge(allocator, { cases: 100, ...options })
      : await replay(allocator, typeof saved === 'string' ? saved : JSON.stringify(saved), options);
  if (judgement.verdict !== 'conforms') throw new Error(report(judgement, []));
}

export { audit } from './audit/invariants/audit.ts';
export type { Audit, Held as HeldInvariant } from './audit/invariants/audit.ts';
export { BOOT } from './kinds/boot/kind.ts';
export { BUDDY } from './kinds/buddy/kind.ts';
export { MACHINE } from './kinds/machine/kind.ts';
export { DEFAULTS, judgeKind, judgeKinds, replayKind } from './judge/judge.ts';
export { exitStatus } from './judge/verdict.ts';
export { objectSubject };
export { records, summary } from './judge/report/records.ts';
export { referenceSubject } from './subjects/reference.ts';
export { report };
export { startProcess } from './subjects/process.ts';
export { wasmSubject } from './subjects/wasm.ts';
export type { AllocatorObject } from './subjects/buddy-object.ts';
export type { AllocatorSpec } from './subjects/object.ts';
export type { ConcurrentModule } from './subjects/concurrent.ts';
export type { BootObject } from './subjects/boot-object.ts';
export type { Failure, Feature, Hello, LiveSubject, PipedSubject, Start, Subject } from './judge/subject.ts';
export type { Finding } from './judge/finding.ts';
export type { Judgement, KindJudgement } from './judge/judgement.ts';
export type { Options, ReplayOptions } from './judge/options.ts';
export type { AnyKind, Kind } from './judge/kind.ts';
export type { WasmSpec } from './subjects/wasm.ts';
export type { MachineHost, MachineObject, PageRequest } from './subjects/machine-words.ts';
export type { VerdictName } from './judge/verdict.ts';
export { BootedMachine } from './demo/boot-machine.ts';
export { demoBoot } from './demo/boot.ts';
export { demoFirstFit } from './demo/first-fit.ts';
export { order, pfn } from './unit.ts';
