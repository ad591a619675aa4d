import { expect, test } from 'vitest';
import { LIMITS } from '../../../conformance/wire/limits.ts';
import { order, pfn } from '../../../conformance/unit.ts';
import { SHAPE, THREE, block, expectGone, script, started } from '../started.ts';
import type { Operation } from '../../../conformance/kinds/buddy/case.ts';

/** A run of 20 KB, and results of 17 KB. */
const LONG = Array.from({ length: 1000 }, (): Operation => ({
  kind: 'free-frame',
  head: pfn(2 ** 52),
  order: order(0),
}));

test('a healthy harness answers all that is asked, and leaves nothing behind', async () => {
  const subject = await started('healthy');
  expect(subject.hello).toEqual({
    name: 'tiny',
    revision: '1',
    language: 'JavaScript',
    claims: new Set(['complete', 'misuse:never-allocated']),
    features: new Set(['observe:free-count']),
    unknown: ['fastest', 'colours:2'],
    maxBatch: 1000,
    maxLine: 1048576,
  });
  expect(subject.greeting).toMatch(/^{"id":0,"hello":{"version":1,.*}$/);
  expect(await subject.open(SHAPE)).toEqual({ kind: 'ready', usable: 'all' });
  expect(await subject.run(script('a0 f0 F3:1 a4'))).toEqual([
    { kind: 'granted', head: 0 },
    { kind: 'done' },
    { kind: 'rejected', misuse: 'never-allocated', clause: 'MISUSE-6' },
    { kind: 'exhausted' },
  ]);
  expect(await subject.observe()).toEqual({ freeCount: 15 });
  expect(await Promise.all([subject.close(), subject.close()])).toEqual([undefined, undefined]);
  await expectGone(subject.pid);
  await expect(subject.run(THREE)).rejects.toThrow('run after bye');
});

test('runs and observes are in flight together, inits are not; all are answered in order', async () => {
  const subject = await started('healthy');
  const opened = subject.open({ ...SHAPE, pages: 5000 });
  const runs = Array.from({ length: 10 }, () => subject.run(THREE));
  const views = subject.observe();
  const reopened = subject.open(SHAPE);
  const last = subject.run(THREE);
  const answers = await Promise.all([opened, ...runs, views, reopened, last]);

  const granted = (first: number): unknown => [0, 1, 2].map((n) => ({ kind: 'granted', head: first + n }));
  const ready = { kind: 'ready', usable: 'all' };
  expect(answers).toEqual([ready, ...runs.map((_, n) => granted(3 * n)), { freeCount: 4970 }, ready, granted(0)]);
  expect(await subject.close()).toBeUndefined();
});

test('only runs and observes are under way together, and at most 64 KiB of them', async () => {
  const subject = await started('impatient');
  const ready = { kind: 'ready', usable: 'all' };
  const small = [subject.open(SHAPE), subject.run(THREE), subject.observe(), subject.open(SHAPE)];
  expect(await Promise.all(small)).toMatchObject([ready, [{}, {}, {}], { freeCount: 13 }, ready]);
  const answers = await Promise.all(Array.from({ length: 30 }, () => subject.run(LONG)));
  expect(answers.map((answer) => ('kind' in answer ? answer.how : answer.length))).toEqual(answers.map(() => 1000));
  expect(await subject.close()).toBeUndefined();
});

test('what is asked all at once is more than the pipes hold, and neither side blocks', async () => {
  const subject = await started('healthy');
  await subject.open(SHAPE);
  const answers = await Promise.all(Array.from({ length: 60 }, () => subject.run(LONG)));
  expect(answers.map((answer) => ('kind' in answer ? answer.how : answer.length))).toEqual(answers.map(() => 1000));
  expect(await subject.close()).toBeUndefined();
});

test.each([350, 800])(
  'time in which the judge does not read (%i ms) does not count against who has answered',
  async (ms) => {
    const subject = await started('healthy', { ...LIMITS, request: 300 });
    await subject.open(SHAPE);
    const answer = subject.run(THREE);
    block(ms);
    expect(await answer).toHaveLength(3);
    expect(await subject.close()).toBeUndefined();
  },
);

test('nor does time in which the judge does not write', async () => {
  const subject = await started('wide', { ...LIMITS, request: 500, operation: 0 });
  await subject.open(SHAPE);
  const answer = subject.run(Array.from({ length: 25 }, () => LONG).flat());
  block(1000);
  expect(await answer).toHaveLength(25000);
  expect(await subject.close()).toBeUndefined();
});

test('a harness that floods stderr, or is slow with every byte, is well', async () => {
  for (const name of ['floods-stderr', 'byte-by-byte']) {
    const subject = await started(name);
    await subject.open(SHAPE);
    expect(await subject.run(THREE)).toEqual([0, 1, 2].map((head) => ({ kind: 'granted', head })));
    expect(await subject.close()).toBeUndefined();
  }
});

test('what is no result is kept as it came, and errors with what is said of them', async () => {
  const nonsense = await started('nonsense');
  await nonsense.open(SHAPE);
  const tokens = ['007', '+1', '!oops'];
  expect(await nonsense.run(THREE)).toEqual(tokens.map((token) => ({ kind: 'nonsense', token })));
  await nonsense.close();

  const internal = await started('internal');
  await internal.open(SHAPE);
  expect(await internal.run(THREE)).toEqual([
    { kind: 'granted', head: 0 },
    { kind: 'error', error: 'internal', detail: 'list is torn' },
    { kind: 'error', error: 'payload', detail: '' },
  ]);
  await internal.close();
});

test('nothing is sent that a harness cannot read', async () => {
  const subject = await started('narrow');
  expect(subject.hello).toMatchObject({ maxBatch: 29, maxLine: 1100 });
  const reserved = Array.from({ length: 300 }, (_, n) => [pfn(2 * n), 1] as const);
  expect(await subject.open({ ...SHAPE, pages: 600, reserved })).toEqual({
    kind: 'unsupported',
    why: 'init takes 2422 bytes, maxLine is 1100',
  });
  await expect(subject.run(script('a0 '.repeat(30).trim()))).rejects.toThrow('30 operations in one run');
  await expect(subject.run([])).rejects.toThrow('0 operations in one run');
  expect(await subject.close()).toBeUndefined();
});
