/** The judge: holds any page allocator against the specification; and the story that begins before there is one. */
import { KINDS } from './kinds/all.ts';
import { judgeKinds, replayKind, together } from './judge/judge.ts';
import { readCase } from './judge/file.ts';
import type { Judgement, Options, ReplayOptions } from './judge/judgement.ts';
import type { ReadCase } from './judge/file.ts';
import type { Start } from './judge/subject.ts';

/** Judges a subject as every kind that it offers: the buddy system, boot memory, machines. The subject is closed at the end. */
export const judge = (start: Start, options: Partial<Options> = {}): Promise<Judgement> =>
  judgeKinds(KINDS, start, options);

/** Replays a saved case, given as text or as it was read, one operation a request. Throws if the text is no case. */
export async function replay(start: Start, saved: string | ReadCase, options: ReplayOptions = {}): Promise<Judgement> {
  const read = typeof saved === 'string' ? readCase(KINDS, saved) : saved;
  if ('why' in read) throw new TypeError(read.why);
  return together(undefined, 0, [await replayKind(read.kind, start, read, options)]);
}

export { BOOT } from './kinds/boot/kind.ts';
export { BUDDY } from './kinds/buddy/kind.ts';
export { MACHINE } from './kinds/machine/kind.ts';
export { DEFAULTS, judgeKind, judgeKinds, replayKind } from './judge/judge.ts';
export { exitStatus } from './judge/verdict.ts';
export { objectSubject } from './subjects/object.ts';
export { records, summary } from './judge/report/records.ts';
export { referenceSubject } from './subjects/reference.ts';
export { report } from './judge/report/report.ts';
export { startProcess } from './subjects/process.ts';
export type { AllocatorObject } from './subjects/buddy-object.ts';
export type { AllocatorSpec } from './subjects/object.ts';
export type { BootObject } from './subjects/boot-object.ts';
export type { Failure, Feature, Hello, LiveSubject, PipedSubject, Start, Subject } from './judge/subject.ts';
export type { Finding } from './judge/finding.ts';
export type { Judgement, KindJudgement, Options, ReplayOptions } from './judge/judgement.ts';
export type { AnyKind, Kind } from './judge/kind.ts';
export type { MachineHost, MachineObject, PageRequest } from './subjects/machine-words.ts';
export type { VerdictName } from './judge/verdict.ts';
export { BootedMachine } from './demo/boot-machine.ts';
export { demoBoot } from './demo/boot.ts';
export { demoFirstFit } from './demo/first-fit.ts';
export { order, pfn } from './unit.ts';
