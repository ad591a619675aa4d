/** Tests of the clock that counts a harness's own time. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { spawn } from 'node:child_process';
import { Clock } from '../../../conformance/wire/clock.ts';
import { meterOf } from '../../../conformance/wire/meter.ts';
import type { Meter } from '../../../conformance/wire/meter.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance'] }));
afterEach(() => vi.useRealTimers());

/** Counts a share of what passes. */
const share = (of: number): Meter => ({ begin: () => undefined, counted: (passed) => of * passed });

/** How long a clock with a limit of 800 ms waits; undefined if it is still waiting after 20 s. */
function expiry(meter: Meter): number | undefined {
  const before = performance.now();
  let at: number | undefined;
  new Clock(meter).start(800, () => (at = performance.now() - before));
  vi.advanceTimersByTime(20_000);
  return at;
}

test.each([
  ['all', 1, 800],
  ['a half', 0.5, 1500],
  ['a fifth', 0.2, 3600],
  ['nothing', 0, 8000],
])('if %s of the time counts, the limit is reached in proportion, up to ten times', (_, of, at) => {
  expect(expiry(share(of))).toBeGreaterThan(at - 10);
  expect(expiry(share(of))).toBeLessThan(at + 100);
});

test('the first part counts without a look, and each later part is looked at', () => {
  const meter = { begin: vi.fn(), counted: vi.fn((passed: number) => passed) };
  expect(expiry(meter)).toBeLessThan(810);
  expect(meter.begin).toHaveBeenCalledTimes(1);
  expect(meter.counted).toHaveBeenCalledTimes(7);
});

test('a clock that is stopped, or started over, does not call out', () => {
  const clock = new Clock(share(1));
  const [first, second] = [vi.fn(), vi.fn()];
  clock.start(800, first);
  vi.advanceTimersByTime(700);
  clock.start(800, second);
  vi.advanceTimersByTime(700);
  expect(second).not.toHaveBeenCalled();
  clock.stop();
  vi.advanceTimersByTime(20_000);
  expect([first, second].map((expire) => expire.mock.calls.length)).toEqual([0, 0]);
});

test('a process that sleeps had all the time for itself', async () => {
  vi.useRealTimers();
  const child = spawn('sleep', ['5'], { stdio: 'ignore' });
  const meter = meterOf(child.pid ?? 0);
  await new Promise((resolve) => setTimeout(resolve, 200)); // until it sleeps
  meter.begin();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const counted = meter.counted(100);
  child.kill();
  expect(counted).toBeGreaterThan(90);
  expect(counted).toBeLessThanOrEqual(100);
});

test('of a process that is gone all time counts', () => {
  const meter = meterOf(2 ** 30);
  meter.begin();
  expect(meter.counted(100)).toBe(100);
});
