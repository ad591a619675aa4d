/** The judge: holds any buddy allocator against the specification; and the story that begins before there is one. */
export { DEFAULTS, judge, judgeCase } from './judge/judge.ts';
export type { Judgement, Options, Start } from './judge/judge.ts';
export type { VerdictName } from './judge/verdict.ts';
export { exitStatus } from './judge/exit.ts';
export { objectSubject } from './subjects/object.ts';
export type { AllocatorObject, AllocatorPlan } from './subjects/object.ts';
export { ReferenceSubject } from './subjects/reference.ts';
export { startProcess } from './subjects/process.ts';
export { report, summary } from './judge/report.ts';
export { parseCase, save } from './kinds/buddy/saved.ts';
export type { BadFile, SavedCase } from './kinds/buddy/saved.ts';
export type { Case, FixedCase } from './kinds/buddy/case.ts';
export type { Finding } from './judge/finding.ts';
export type {
  Failure,
  Feature,
  Hello,
  LiveSubject,
  Operation,
  PipedSubject,
  Result,
  Shape,
  Subject,
} from './judge/subject.ts';
export { BootedMachine } from './demo/boot-machine.ts';
export { demoBoot } from './demo/boot.ts';
export { demoFirstFit } from './demo/first-fit.ts';
export { order, pfn } from './unit.ts';
