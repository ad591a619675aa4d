import { expect, test } from 'vitest';
import { LIMITS } from '../../../conformance/wire/limits.ts';
import { startProcess } from '../../../conformance/subjects/process.ts';
import { SHAPE, SHORT, StartedBuddy, THREE, expectGone, harness, numberAfter } from '../started.ts';
import type { Failure, Limits } from '../../../conformance/judge/subject.ts';

type Step = 'start' | 'open' | 'run' | 'run again' | 'observe' | 'close';

/** Goes through all that can be asked, up to the first failure. */
async function firstFailure(
  name: string,
  limits: Limits,
): Promise<readonly [Step, Failure, StartedBuddy?] | undefined> {
  const process = await startProcess(harness(name), limits);
  if (process.kind !== 'piped') return ['start', process];
  const subject = new StartedBuddy(process);
  const opened = await subject.open(SHAPE);
  if ('how' in opened) return ['open', opened, subject];
  for (const step of ['run', 'run again'] as const) {
    const ran = await subject.run(THREE);
    if ('kind' in ran) return [step, ran, subject];
  }
  const views = await subject.observe();
  if ('kind' in views) return ['observe', views, subject];
  const end = await subject.close();
  return end === undefined ? undefined : ['close', end, subject];
}

type Faulty = [name: string, at: Step, kind: Failure['kind'], how: string, limits?: Limits];

const FAULTY: readonly Faulty[] = [
  ['exits-at-start', 'start', 'no-start', 'exited with status 127 before it answered hello'],
  ['silent', 'start', 'no-start', 'no answer to hello within 1500 ms: 0 bytes: did the harness flush?', SHORT],
  ['refuses', 'start', 'no-start', 'refuses version 1: only version 7'],
  [
    'banner',
    'start',
    'protocol-error',
    'answer to hello: not JSON: Welcome to \\u{1b}[1macme\\u{1b}[0m buddy (stdout is for replies only: print on stderr what is none)',
  ],
  [
    'version-2',
    'start',
    'protocol-error',
    'answer to hello: hello.version must be 1, not 2: {"id":0,"hello":{"version":2,"name":"tiny","revision":"1",' +
      '"language":"JavaScript","claims":["complete","misuse:never-allocated","fastest"],' +
      '"features":["observe:free-count","colours:2"]}}',
  ],
  ['silent-init', 'open', 'hang', 'no answer to init within 300 ms: 0 bytes', SHORT],
  [
    'half-a-line',
    'open',
    'hang',
    'no answer to init within 300 ms: 12 bytes, no newline: did the harness flush?',
    SHORT,
  ],
  ['no-newline', 'run', 'hang', 'no answer to run within 303 ms: 22 bytes, no newline: did the harness flush?', SHORT],
  [
    'unknown',
    'open',
    'protocol-error',
    'answer to init: the harness does not know this request: {"id":1,"unknown":true}',
  ],
  [
    'outside',
    'open',
    'protocol-error',
    'answer to init: usable [4,13] is not within [0,16): {"id":1,"ready":{"usable":[[0,3],[4,13]]}}',
  ],
  [
    'overlapping',
    'open',
    'protocol-error',
    'answer to init: usable [3,4] overlaps the run before it, or is out of order: {"id":1,"ready":{"usable":[[0,4],[3,4]]}}',
  ],
  ['replies-twice', 'run', 'protocol-error', 'nothing was asked, but it says: {"id":1,"ready":{}}'],
  ['closes-stdin', 'open', 'protocol-error', 'closed its stdin, yet lives on'],
  ['closes-stdout', 'open', 'protocol-error', 'closed its stdout, yet lives on'],
  ['wrong-id', 'run', 'protocol-error', 'answer to run: its id is 7, not 2: {"id":7,"ran":"0"}'],
  ['too-short', 'run', 'protocol-error', 'answer to run: 2 results for 3 operations: {"id":2,"ran":"0 1"}'],
  ['too-long', 'run', 'protocol-error', 'answer to run: 4 results for 3 operations: {"id":2,"ran":"0 1 2 3"}'],
  ['two-spaces', 'run', 'protocol-error', 'answer to run: result 1 is empty: {"id":2,"ran":"0  1 2"}'],
  [
    'not-json',
    'run',
    'protocol-error',
    'answer to run: not JSON: (ran 0 1 2) (stdout is for replies only: print on stderr what is none)',
  ],
  ['not-utf-8', 'run', 'protocol-error', 'answer to run: not UTF-8: {"id":2,"ran":"\ufffd"}'],
  ['endless-line', 'run', 'protocol-error', 'a line of more than 1048576 bytes'],
  ['dies', 'run', 'crash', 'killed by SIGSEGV'],
  ['grandchild', 'run', 'crash', 'exited with status 5'],
  ['runaway', 'run', 'crash', 'exited with status 6'],
  ['exits', 'run again', 'crash', 'exited with status 3'],
  ['no-view', 'observe', 'protocol-error', 'answer to observe: no "free-count": {"id":4,"observed":{}}'],
  ['status-4', 'close', 'crash', 'exited with status 4 after bye'],
  ['lives-on', 'close', 'hang', 'answered bye, yet lives on after 200 ms', SHORT],
  ['ignores-term', 'close', 'hang', 'no answer to bye within 200 ms: 0 bytes', SHORT],
];

test.each<Faulty>(FAULTY)('%s fails at %s with a %s: %s', async (name, at, kind, how, limits) => {
  const [step, failure, subject] = (await firstFailure(name, limits ?? LIMITS)) ?? [];
  expect([step, failure?.kind, failure?.how]).toEqual([at, kind, how]);

  if (subject !== undefined) {
    const later = [subject.open(SHAPE), subject.run(THREE), subject.observe(), subject.close(), subject.close()];
    for (const answer of await Promise.all(later)) expect(answer).toBe(failure);
  }
  const stderr = failure?.stderr ?? '';
  if (name !== 'exits-at-start') await expectGone(numberAfter('pid', stderr));
  if (name === 'runaway') process.kill(numberAfter('runaway', stderr), 'SIGKILL');
});
