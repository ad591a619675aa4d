/** Gives hostile case files to what reads them, replays those that are cases on the reference, and counts what becomes of them. */

import { KINDS } from '../../../conformance/kinds/all.ts';
import { Random } from '../../fuzz/random.ts';
import { excessOf } from '../../../conformance/wire/bounds.ts';
import { hostileFile } from '../../fuzz/files.ts';
import { readCase } from '../../../conformance/judge/file.ts';
import { referenceSubject } from '../../../conformance/subjects/reference.ts';
import { replayKind } from '../../../conformance/judge/judge.ts';
import type { KindJudgement } from '../../../conformance/judge/judgement.ts';

/** How long a replay may go on, in seconds. */
const SECONDS = 2;
/** The most processor time that one file may take, in ms: making the largest arena, and one operation on it, are not cut. */
const MOST = 10_000;

/** What is wrong is said in a few words that may be shown. */
const SAID = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,2000}$/u;

/** Verdicts by number; 'refused' is what was no case. */
export type Tally = Map<string, number>;

/** Reads a file as `replay` does. Returns its verdict on the reference, or that it was refused, with some reason. */
async function outcomeOf(text: string): Promise<{ readonly name: string; readonly judged?: KindJudgement }> {
  const excess = excessOf(text);
  const read = excess === undefined ? readCase(KINDS, text) : { kind: 'bad-case' as const, why: excess };
  if ('why' in read) {
    if (!SAID.test(read.why)) throw new Error(`refused because ${JSON.stringify(read.why)}`);
    return { name: 'refused' };
  }
  if (read.kind.name === 'smp') return { name: 'smp read' }; // the reference has one caller
  const judged = await replayKind(read.kind, () => Promise.resolve(referenceSubject('2.4')), read, {
    seconds: SECONDS,
  });
  return { name: `${read.kind.name} ${judged.verdict}`, judged };
}

/**
 * Reads that many files of a seed. Throws, with the number of the file, which is a seed of its own, if one ends in anything but a
 * reason or a verdict, or if the reference is convicted: it is right, so the file asked for what cannot be, or the judge is wrong.
 */
export async function fuzzFiles(files: number, seed: number): Promise<Tally> {
  const tally: Tally = new Map();
  for (let n = 0; n < files; n++) {
    const text = hostileFile(new Random(seed + n));
    const before = process.cpuUsage();
    const { judged, name } = await outcomeOf(text).catch((error: unknown) => {
      throw new Error(`file ${seed + n}: ${text.slice(0, 1000)}`, { cause: error });
    });
    if (judged !== undefined && !['conforms', 'not-applicable', 'inconclusive'].includes(judged.verdict)) {
      const why = JSON.stringify(judged.finding?.what ?? judged.failure);
      throw new Error(`file ${seed + n}: ${judged.verdict} of the reference: ${why}: ${text.slice(0, 1000)}`);
    }
    tally.set(name, (tally.get(name) ?? 0) + 1);
    const { system, user } = process.cpuUsage(before);
    if (user + system > 1000 * MOST) throw new Error(`file ${seed + n} took ${(user + system) / 1000} ms`);
  }
  return tally;
}
