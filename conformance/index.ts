/** The judge: holds any buddy allocator against the specification; and the story that begins before there is one. */
export { DEFAULTS, judge, judgeCase } from './judge.ts';
export type { Judgement, Options, Start } from './judge.ts';
export type { VerdictName } from './verdict.ts';
export { exitStatus } from './exit.ts';
export { objectSubject } from './subjects/object.ts';
export type { AllocatorObject, AllocatorPlan } from './subjects/object.ts';
export { ReferenceSubject } from './subjects/reference.ts';
export { startProcess } from './subjects/process.ts';
export { report, summary } from './report.ts';
export { parseCase, save } from './saved.ts';
export type { BadFile, SavedCase } from './saved.ts';
export type { Case, FixedCase } from './case.ts';
export type { Finding } from './finding.ts';
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
} from './subject.ts';
export { BootedMachine } from './demo/boot-machine.ts';
export { demoBoot } from './demo/boot.ts';
export { demoFirstFit } from './demo/first-fit.ts';
export { order, pfn } from './unit.ts';
