/** Adds a toy kind, a stack, and has the judge search, reproduce, shrink, save and replay its faults. */

import { Random, seedOf } from '../../../conformance/random.ts';
import { allBut } from '../../../conformance/judge/shrink/ddmin.ts';
import { anyKind, badCase } from '../../../conformance/judge/kind.ts';
import { expect, test } from 'vitest';
import { judgeKind, replayKind } from '../../../conformance/judge/judge.ts';
import { readCase } from '../../../conformance/judge/file.ts';
import { refutedBy } from '../../../conformance/judge/finding.ts';
import { report, savedFinding } from '../../../conformance/judge/report/report.ts';
import type { Kind } from '../../../conformance/judge/kind.ts';
import type { KindJudgement } from '../../../conformance/judge/judgement.ts';
import type { LiveSubject, Start } from '../../../conformance/judge/subject.ts';

interface Stack {
  push(value: number): number;
  pop(): number | undefined;
}

/** What the judge asks its questions of. */
interface StackPort {
  open(): Stack;
}

/** A number is pushed, 'pop' pops. */
interface StackCase {
  readonly script: readonly (number | 'pop')[];
}

const STACK: Kind<StackPort, StackCase> = {
  name: 'stack',
  title: 'stack',
  feature: undefined,
  sights: ['push', 'pop', 'pop of an empty stack'],
  claims: [],
  connect: (subject) => (subject.kind === 'live' ? (subject.ports['stack'] as StackPort | undefined) : undefined),
  source: ({ operations, seed }) => {
    const at = (n: number): StackCase => {
      const random = new Random(seedOf(seed, n));
      const one = (): number | 'pop' => (random.chance(0.4) ? 'pop' : random.below(100));
      return { script: Array.from({ length: operations }, one) };
    };
    const unseen = (seen: number): readonly { sight: string; seen: number; wanted: number }[] =>
      seen > 0 ? [] : [{ sight: 'pop of an empty stack', seen, wanted: 1 }];
    return {
      draw: at,
      at,
      learn: () => undefined,
      unseen: ({ counts }) => unseen(counts['pop of an empty stack'] ?? 0),
    };
  },
  run: (port, { script }, { coverage: { counts }, keep }) => {
    const [stack, model]: [Stack, number[]] = [port.open(), []];
    const note = (sight: string): void => void (counts[sight] = (counts[sight] ?? 0) + 1);
    for (const [at, asked] of script.entries()) {
      note(asked !== 'pop' ? 'push' : model.length === 0 ? 'pop of an empty stack' : 'pop');
      const [right, given] = asked === 'pop' ? [model.pop(), stack.pop()] : [model.push(asked), stack.push(asked)];
      if (asked !== 'pop' || right === given) continue;
      const facts = [`${given ?? 'nothing'} was popped`, `${right ?? 'nothing'} was on top`] as const;
      return refutedBy({ clause: 'USE-3', place: `operation ${at}`, facts }, { script: script.slice(0, at + 1) });
    }
    keep?.({ script });
    return undefined;
  },
  length: ({ script }) => script.length,
  without: ({ script }, from, end) => ({ script: allBut(script, from, end) }),
  simpler: () => [
    ({ script }) => script.flatMap((one, at) => (one === 'pop' || one === 0 ? [] : [{ script: script.with(at, 0) }])),
  ],
  elsewhere: () => [],
  primer: () => undefined,
  save: ({ script }) => ({ stack: script }),
  parse: (value) => {
    const script: unknown = typeof value === 'object' && value !== null && 'stack' in value ? value.stack : undefined;
    if (!Array.isArray(script)) return undefined;
    const fits = script.every((one): one is number | 'pop' => one === 'pop' || Number.isSafeInteger(one));
    return fits ? { script } : badCase('stack: a number or "pop"');
  },
  describe: ({ script }) => [script.join(' ')],
};

/** Starts an array as a stack, with what `change` overrides of it. */
const stackWith =
  (change: (values: number[]) => Partial<Stack>): Start =>
  () => {
    const open = (): Stack => {
      const values: number[] = [];
      return { push: (value) => values.push(value), pop: () => values.pop(), ...change(values) };
    };
    const about = { name: 'array', revision: '1', language: 'JavaScript', unknown: [], maxBatch: 1, maxLine: 1024 };
    const hello: LiveSubject['hello'] = { ...about, claims: new Set(), features: new Set() };
    const ports: LiveSubject['ports'] = { stack: { open } satisfies StackPort };
    return Promise.resolve({ kind: 'live', hello, ports });
  };

const sound = stackWith(() => ({}));

/** The fourth value that lies on it is lost. */
const losesFourth = stackWith((values) => ({ push: (value) => (values.length === 3 ? 3 : values.push(value)) }));

const BRIEFLY = { cases: 20, operations: 50 };

const textOf = (judged: KindJudgement): string => {
  const judgement = { verdict: judged.verdict, hello: undefined, seed: 1, missing: [], failure: undefined };
  return report({ ...judgement, kinds: [judged] }, []);
};

test('a stack that is sound conforms', async () => {
  const judged = await judgeKind(STACK, sound, BRIEFLY);
  expect([judged.verdict, judged.cases, judged.missing]).toEqual(['conforms', 20, []]);
});

test('a stack that loses a value is found, reproduced and shrunk; the report shows it', async () => {
  const judged = await judgeKind(STACK, losesFourth, BRIEFLY);
  expect([judged.verdict, judged.shortened, judged.replays]).toEqual(['diverges', 'fully', true]);
  expect(judged.finding?.case).toEqual({ script: [0, 0, 0, expect.any(Number), 'pop'] });
  expect(textOf(judged)).toMatch(/USE-3 \(sensible-answer\) refuted at operation 4:/u);
});

test('what is saved of it is read again, goes wrong again, and is right on a sound stack', async () => {
  const { finding } = await judgeKind(STACK, losesFourth, BRIEFLY);
  const saved = finding === undefined ? '' : JSON.stringify(savedFinding(anyKind(STACK), finding));
  const read = readCase([anyKind(STACK)], saved);
  if ('why' in read) throw new Error(read.why);
  expect((await replayKind(read.kind, losesFourth, read)).verdict).toBe('diverges');
  expect((await replayKind(read.kind, sound, read)).verdict).toBe('conforms');
});

test('a fault that the cases before it cause is saved with those that it takes', async () => {
  const start: Start = () => {
    let opened = 0;
    return stackWith((values) => (++opened < 4 ? {} : { pop: () => values.shift() }))();
  };
  const judged = await judgeKind(STACK, start, { ...BRIEFLY, operations: 8 });
  expect([judged.verdict, judged.replays]).toEqual(['diverges', true]);
  expect(judged.finding?.before).toHaveLength(3);
});

test('a fault that does not come back is nondeterministic, and its case stays as it was', async () => {
  let opened = 0;
  const once = stackWith((values) => (++opened === 3 ? { pop: () => values.shift() } : {}));
  const judged = await judgeKind(STACK, once, BRIEFLY);
  expect([judged.verdict, judged.shortened, judged.replays]).toEqual(['nondeterministic', 'no', false]);
});

test('a run that has not seen what it must is inconclusive, and says what', async () => {
  const judged = await judgeKind(STACK, sound, { seed: 2, cases: 1, operations: 1 });
  expect([judged.verdict, judged.finding]).toEqual(['inconclusive', undefined]);
  expect(judged.missing).toEqual([{ sight: 'pop of an empty stack', seen: 0, wanted: 1 }]);
  expect(textOf(judged)).toContain('not exercised: pop of an empty stack');
});

test('a subject that offers no stack cannot be judged as one', async () => {
  const judged = await judgeKind(STACK, async () => ({ ...((await sound()) as LiveSubject), ports: {} }), BRIEFLY);
  expect([judged.verdict, judged.failure?.how]).toEqual(['protocol-error', 'the subject offers no stack']);
});
