/** Tests that the answer to a second init is read as strictly as that to the first, in this process and over a pipe. */

import { describe, expect, test } from 'vitest';
import { BUDDY } from '../../../conformance/kinds/buddy/kind.ts';
import { BuddySets } from '../../fault/buddy/opaque/buddy-sets.ts';
import { clauseOf, fixedCase } from '../../fault/judged.ts';
import { replayKind } from '../../../conformance/judge/judge.ts';
import { helloOf, pipedWords } from './piped.ts';
import type { BuddyOpened } from '../../../conformance/kinds/buddy/wire/reply.ts';
import type { Words } from './piped.ts';
import type { Start, Subject } from '../../../conformance/judge/subject.ts';

type Ready = readonly (readonly [number, number])[];

type Usable = Extract<BuddyOpened, { kind: 'ready' }>['usable'];

/** How an init is answered: with these frames, or not at all. */
type Answer = Ready | 'probe' | 'failed' | 'unsupported';

const PAGES = 4;
const ALL: Ready = [[0, PAGES]];

/** An arena of four frames that opens as it is told, time after time. */
class Reopening implements Words {
  #left: Answer[];
  #buddy = new BuddySets({ base: 0, pages: PAGES, orders: 3, reserved: [] });

  constructor(answers: readonly Answer[]) {
    this.#left = [...answers];
  }

  init(): object {
    const next = this.#left.length > 1 ? this.#left.shift() : this.#left[0];
    this.#buddy = new BuddySets({ base: 0, pages: PAGES, orders: 3, reserved: [] });
    return next === 'failed' || next === 'unsupported' ? { [next]: 'why' } : { ready: { usable: next } };
  }

  word(word: string): string {
    return word.startsWith('a') ? String(this.#buddy.allocate(Number(word.slice(1))) ?? '-') : '.';
  }
}

const hello = helloOf([]);

const piped = (answers: readonly Answer[]): Subject => pipedWords(hello, new Reopening(answers));

/** The same arena in this process. */
function live(answers: readonly Answer[]): Subject {
  const arena = new Reopening(answers);
  const opened = (): BuddyOpened => {
    const answer = arena.init() as { ready?: { usable: Usable } };
    if ('failed' in answer) return { kind: 'failed', why: 'why' };
    return answer.ready === undefined
      ? { kind: 'unsupported', why: 'why' }
      : { kind: 'ready', usable: answer.ready.usable };
  };
  const buddy = {
    open: opened,
    allocate: (order: number) => {
      const said = arena.word(`a${order}`);
      return said === '-' ? { kind: 'exhausted' } : { kind: 'granted', head: Number(said) };
    },
    free: () => ({ kind: 'done' }),
    observation: () => undefined,
    views: () => ({}),
  };
  return { kind: 'live', hello, ports: { buddy } };
}

const DRAINED = fixedCase({ init: { base: 0, pages: PAGES, orders: 3 }, run: '', drain: true });
const UNDRAINED = fixedCase({ init: { base: 0, pages: PAGES, orders: 3 }, run: 'a0' });

describe.each([
  ['in this process', live],
  ['over a pipe', piped],
] as const)('%s', (_, subject) => {
  const judged = async (answers: readonly Answer[], of = DRAINED): Promise<readonly [string, string | undefined]> => {
    const start: Start = () => Promise.resolve(subject(answers));
    const judgement = await replayKind(BUDDY, start, of);
    expect(judgement.replays ?? true).toBe(true);
    return [judgement.verdict, clauseOf(judgement)];
  };

  test.each<[string, readonly Answer[]]>([
    ['fails', [ALL, 'failed']],
    ['is unsupported', [ALL, 'unsupported']],
    ['has fewer frames', [ALL, [[0, 3]]]],
    ['has none', [ALL, []]],
  ])('USE-2 · after a drain, an arena that %s is refuted', async (_what, answers) => {
    expect(await judged(answers)).toEqual(['diverges', 'USE-2']);
  });

  test.each<[string, readonly Answer[]]>([
    ['fails', ['probe', 'failed']],
    ['is unsupported', ['probe', 'unsupported']],
    ['has other frames', ['probe', [[1, 3]]]],
  ])('USE-2 · after it was probed, an arena that %s is refuted', async (_what, answers) => {
    expect(await judged(answers, UNDRAINED)).toEqual(['diverges', 'USE-2']);
  });

  test.each<[string, readonly Answer[]]>([
    ['the same', [ALL]],
    [
      'the same in two runs',
      [
        ALL,
        [
          [0, 1],
          [1, 3],
        ],
      ],
    ],
    ['what a probe found', ['probe', ALL]],
    ['another probe', ['probe']],
  ])('%s is permitted', async (_what, answers) => {
    expect(await judged(answers)).toEqual(['conforms', undefined]);
    expect(await judged(answers, UNDRAINED)).toEqual(['conforms', undefined]);
  });
});
