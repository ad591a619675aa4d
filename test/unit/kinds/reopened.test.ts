/** Tests that the answer to a second init is read as strictly as that to the first, in this process and over a pipe. */

import { describe, expect, test } from 'vitest';
import { BUDDY } from '../../../conformance/kinds/buddy/kind.ts';
import { BuddySets } from '../../fault/buddy/opaque/buddy-sets.ts';
import { clauseOf, fixedCase } from '../../fault/judged.ts';
import { objectSubject } from '../../../conformance/subjects/object.ts';
import { replayKind } from '../../../conformance/judge/judge.ts';
import { LIMITS } from '../../../conformance/wire/limits.ts';
import type { BuddyOpened } from '../../../conformance/kinds/buddy/wire/reply.ts';
import type { Start, Subject } from '../../../conformance/judge/subject.ts';

type Ready = readonly (readonly [number, number])[];

type Usable = Extract<BuddyOpened, { kind: 'ready' }>['usable'];

/** How an init is answered: with these frames, or not at all. */
type Answer = Ready | 'probe' | 'failed' | 'unsupported';

const PAGES = 4;
const ALL: Ready = [[0, PAGES]];

/** An arena of four frames that opens as it is told, time after time. */
class Reopening {
  #left: Answer[];
  #buddy = new BuddySets({ base: 0, pages: PAGES, orders: 3, reserved: [] });

  constructor(answers: readonly Answer[]) {
    this.#left = [...answers];
  }

  open(): object {
    const next = this.#left.length > 1 ? this.#left.shift() : this.#left[0];
    this.#buddy = new BuddySets({ base: 0, pages: PAGES, orders: 3, reserved: [] });
    return next === 'failed' || next === 'unsupported' ? { [next]: 'why' } : { ready: { usable: next } };
  }

  run(word: string): string {
    return word.startsWith('a') ? String(this.#buddy.allocate(Number(word.slice(1))) ?? '-') : '.';
  }
}

const hello = objectSubject({ claims: [], open: () => ({ unsupported: '' }) }).hello;

/** A subject behind something like a pipe: requests and replies as text, in this process. */
function piped(answers: readonly Answer[]): Subject {
  const arena = new Reopening(answers);
  const reply = (request: { init?: object; run?: string }): object =>
    request.run === undefined
      ? arena.open()
      : {
          ran: request.run
            .split(' ')
            .map((one) => arena.run(one))
            .join(' '),
        };
  return {
    kind: 'piped',
    hello,
    greeting: '',
    limits: LIMITS,
    ask: ({ encode, parse }) => {
      const read = parse(reply(JSON.parse(encode(1)) as object), '');
      if (read.kind === 'parsed') return Promise.resolve(read.value);
      return Promise.resolve({ kind: 'protocol-error', how: read.how, stderr: '' });
    },
    close: () => Promise.resolve(undefined),
    kill: () => undefined,
  };
}

/** The same arena in this process. */
function live(answers: readonly Answer[]): Subject {
  const arena = new Reopening(answers);
  const opened = (): BuddyOpened => {
    const answer = arena.open() as { ready?: { usable: Usable } };
    if ('failed' in answer) return { kind: 'failed', why: 'why' };
    return answer.ready === undefined
      ? { kind: 'unsupported', why: 'why' }
      : { kind: 'ready', usable: answer.ready.usable };
  };
  const buddy = {
    open: opened,
    allocate: (order: number) => {
      const said = arena.run(`a${order}`);
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
