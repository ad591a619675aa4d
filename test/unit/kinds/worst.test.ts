/** Tests of how the worst operation is timed: on a clock that says what was worked out, and on allocators that cannot be timed. */
import { expect, test } from 'vitest';
import { liveClock, pipedClock } from '../../../conformance/kinds/buddy/worst/clock.ts';
import { pfn } from '../../../conformance/unit.ts';
import { referenceSubject } from '../../../conformance/subjects/reference.ts';
import { tellWorst, timeWorst, timesOf } from '../../../conformance/kinds/buddy/worst/worst.ts';
import { worstFrees } from '../../../conformance/kinds/buddy/worst/frees.ts';
import type { Clock } from '../../../conformance/kinds/buddy/worst/clock.ts';
import type { LiveBuddy, PipedBuddy } from '../../../conformance/kinds/buddy/port.ts';
import type { Result } from '../../../conformance/kinds/buddy/case.ts';

test('every second frame is freed first, far apart; the last frame of each largest block comes last', () => {
  expect(worstFrees(16, 3)).toEqual({
    apart: [0, 8, 4, 12, 2, 10, 6, 14],
    joining: [1, 9, 5, 13],
    last: [3, 11, 7, 15],
  });
  const { apart, joining, last } = worstFrees(1024, 8);
  expect([apart, joining, last].map(({ length }) => length)).toEqual([512, 504, 8]);
  expect(new Set([...apart, ...joining, ...last]).size).toBe(1024);
});

const MICRO = 1e-6;

/** Grants the frames from the last one down. A grant takes 2 us, a free 4, the last of 128 frames 100, and what is no free 1. */
function scripted(frames: number, granted = frames): Clock {
  let held = new Set<number>();
  let slots = 0;
  return {
    open: () => {
      [held, slots] = [new Set(), 0];
      return Promise.resolve({ kind: 'ready', usable: 'all' });
    },
    ask: (operations) => {
      let micros = 0;
      const results = operations.map((operation): Result => {
        if (operation.kind === 'allocate') {
          micros += 2;
          if (slots >= granted) return { kind: 'exhausted' };
          held.add(slots);
          return { kind: 'granted', head: pfn(frames - 1 - slots++) };
        }
        const frame = frames - 1 - operation.slot;
        micros += !held.delete(operation.slot) ? 1 : frame % 128 === 127 ? 100 : 4;
        return { kind: 'done' };
      });
      return Promise.resolve({ results, seconds: micros * MICRO });
    },
  };
}

test('the worst free is timed apart from all operations, less what a free of nothing takes', async () => {
  const times = await timesOf(scripted(1024), 1024);
  if ('kind' in times) expect.fail(times.why);
  expect(times.worst).toBeCloseTo(99 * MICRO, 12);
  // 1,024 grants of 2 us, 1,016 frees of 4 and 8 of 100: 6,912 us of 2,048 operations.
  expect(times.mean).toBeCloseTo((6912 / 2048 - 1) * MICRO, 12);
});

test('what cannot be timed is said', async () => {
  expect(await timesOf(scripted(1024, 1000), 1024)).toEqual({ kind: 'untimed', why: 'not every frame was granted' });
  const none: Clock = { ...scripted(1), open: () => Promise.resolve({ kind: 'unsupported', why: 'too many' }) };
  const why = 'an arena of 1024 frames is unsupported: too many';
  expect(await timesOf(none, 1024)).toEqual({ kind: 'untimed', why });
  const crash = { kind: 'crash', how: 'exited with status 1', stderr: '' } as const;
  const dies: Clock = { ...scripted(1024), ask: () => Promise.resolve(crash) };
  expect(await timesOf(dies, 1024)).toEqual({ kind: 'untimed', why: 'exited with status 1' });
  expect(await timeWorst(() => Promise.resolve(crash))).toEqual({ kind: 'untimed', why: 'exited with status 1' });
  const { hello } = referenceSubject('2.4');
  const other = { kind: 'live', hello, ports: {} } as const;
  expect(await timeWorst(() => Promise.resolve(other))).toEqual({ kind: 'untimed', why: 'it is no buddy allocator' });
});

test('requests are as long as the hello permits, and an object is asked at once', async () => {
  const lengths: number[] = [];
  const piped = {
    hello: { ...referenceSubject('2.4').hello, maxBatch: 3, maxLine: 4096 },
    run: (operations: readonly unknown[]) => {
      lengths.push(operations.length);
      return Promise.resolve(operations.map((): Result => ({ kind: 'done' })));
    },
  } as unknown as PipedBuddy;
  const frees = Array.from({ length: 8 }, (_, slot) => ({ kind: 'free-slot', slot }) as const);
  expect(await pipedClock(piped).ask(frees)).toMatchObject({ results: frees.map(() => ({ kind: 'done' })) });
  expect(lengths).toEqual([3, 3, 2]);

  const buddy = referenceSubject('2.4').ports['buddy'] as LiveBuddy;
  const clock = liveClock(buddy);
  await clock.open({ base: pfn(0), pages: 2, orders: 1, reserved: [] });
  const allocate = { kind: 'allocate', order: 0 } as Parameters<Clock['ask']>[0][number];
  const asked = await clock.ask([allocate, allocate, allocate, ...frees.slice(1, 2), ...frees.slice(1, 2), allocate]);
  expect('results' in asked ? asked.results : asked).toEqual([
    { kind: 'granted', head: 1 },
    { kind: 'granted', head: 0 },
    { kind: 'exhausted' },
    { kind: 'done' },
    { kind: 'done' },
    { kind: 'granted', head: 0 },
  ]);
});

test('the advice is one line', () => {
  const times = { orders: 8, worst: 3 * MICRO, mean: 1.5 * MICRO };
  expect(tellWorst({ kind: 'timed', times: [{ ...times, frames: 1024 }, { ...times, frames: 16_384, worst: 0 }] })).toBe(
    'worst operation (no verdict): a free that joins through 8 orders takes in 1,024 frames 3.00 us, 2.0 times the mean; ' +
      'in 16,384 frames less than 0.01 us',
  ); // prettier-ignore
  expect(tellWorst({ kind: 'untimed', why: 'it\ndied' })).toBe('worst operation: not timed, because it\\u{a}died');
});
