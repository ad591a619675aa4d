/** Tests of what boot memory is permitted to answer. */

import { PAGE, after, done, exhausted, free, granted, node, reserve, retire, small, take, two } from './nodes.ts';
import { expect, test } from 'vitest';
import { afterBoot, areNodes, placeBoot, refuteBoot, startBoot, stepBoot } from '../../../spec/index.ts';
import { bootRejected } from '../../../spec/boot/misuse.ts';
import type { Boot } from '../../../spec/index.ts';
import type { BootCommand, BootOutcome, Clause } from '../../../protocol/index.ts';

const clauseOf = (boot: Boot, command: BootCommand, outcome: BootOutcome, waits = true): Clause | undefined =>
  refuteBoot(boot, command, outcome, () => waits)?.clause;

const outcomesOf = (boot: Boot, command: BootCommand): readonly BootOutcome[] =>
  stepBoot(boot, command, () => true).map(({ outcome }) => outcome);

/** An answer that changes nothing: the nodes after it are the same object. */
function expectUnchanged(command: BootCommand, outcome: BootOutcome): void {
  const boot = small();
  expect(afterBoot(boot, command, outcome)).toBe(boot);
}

test('RETIRE-5 · a node is retired only where a zone waits for each page', () => {
  expect(clauseOf(small(), retire, { kind: 'retired', free: 14, map: 1 }, false)).toBe('RETIRE-5');
  expect(clauseOf(small(), retire, { kind: 'retired', free: 14, map: 1 })).toBeUndefined();
  expect(placeBoot(small(), retire, (page) => page !== 9).outcome).toMatchObject({ misuse: 'no-zone' });
  expect(placeBoot(small(), retire, (page) => page !== 1).outcome).toMatchObject({ kind: 'retired' });
});

test('BOOT-10, BOOT-12 · the permitted grants are the free bytes, wherever they are; a refusal is none of them', () => {
  const boot = after(startBoot([node(0, 2)]), free(PAGE, PAGE), take(4000));
  const outcomes = outcomesOf(boot, take(90));
  expect(outcomes).toEqual([4000, 4001, 4002, 4003, 4004, 4005, 4006].map((at) => granted(PAGE + at)));
  const full = outcomesOf(boot, take(97));
  expect(full).toEqual([exhausted]);
});

test('BOOT-14 · a refusal, a rejection and nothing else leave all as it was', () => {
  expectUnchanged(take(100 * PAGE), exhausted);
  const [only, ...others] = stepBoot(small(), free(2 * PAGE, PAGE), () => true);
  expect(others).toEqual([]);
  expect(only).toEqual({ outcome: { kind: 'rejected', misuse: 'free-page', clause: 'BOOT-4' }, next: small() });
  expect(afterBoot(small(), free(PAGE, PAGE), done)).not.toEqual(small());
});

test('BOOT-10, BOOT-12 · of several nodes each address that will do is permitted once', () => {
  const boot = after(startBoot([node(4, 8), node(8, 12)]), free(5 * PAGE, 3 * PAGE), free(9 * PAGE, 3 * PAGE, 1));
  const addresses = (first: number): readonly BootOutcome[] =>
    Array.from({ length: 12 }, (_, n) => granted(first + n * 1024));
  expect(outcomesOf(boot, take(10, 1024))).toEqual([...addresses(5 * PAGE), ...addresses(9 * PAGE)]);
  expect(outcomesOf(boot, take(10, 1024, 0, 1))).toEqual(addresses(9 * PAGE));
  const apart = after(startBoot([node(1, 4), node(8, 12, 11)]), free(8 * PAGE, 3 * PAGE, 1));
  expect(outcomesOf(apart, take(10, 8 * PAGE))).toEqual([granted(8 * PAGE)]);
});

test('BOOT-2, BOOT-7 · what is no request has one answer, and so has what no request can be', () => {
  expect(stepBoot(small(), free(PAGE, PAGE), () => true)).toEqual([
    { outcome: done, next: after(small(), free(PAGE, PAGE)) },
  ]);
  expect(outcomesOf(small(), reserve(0, PAGE, 7))).toEqual([bootRejected('no-such-node')]);
  expect(outcomesOf(small(), take(1, Number.MIN_VALUE))).toEqual([bootRejected('no-such-alignment')]);
});

test('BOOT-12 · the rest of the last page ends at the first occupied byte, and continues in whole pages', () => {
  const later = afterBoot(after(startBoot([node(0, 2)]), free(PAGE, PAGE)), take(100), granted(PAGE + 3000));
  const split = afterBoot(later, take(100), granted(PAGE));
  expect(refuteBoot(split, take(2900), exhausted, () => true)?.facts[1]).toBe(
    'the bytes 4196 to 7095 are free, and a multiple of 1 begins them',
  );
  expect(clauseOf(split, take(2901), exhausted)).toBeUndefined();
  const behind = afterBoot(after(startBoot([node(0, 3)]), free(PAGE, 2 * PAGE)), take(100), granted(2 * PAGE + 3000));
  const last = afterBoot(behind, take(100), granted(PAGE));
  expect(clauseOf(last, take(3996), exhausted)).toBe('BOOT-12');
  expect(clauseOf(last, take(3997), exhausted)).toBeUndefined();
});

test('BOOT-14, BOOT-8 · what is rejected or refused changes nothing, and neither does an answer that cannot be', () => {
  const rejected = bootRejected('out-of-range');
  for (const command of [reserve(15 * PAGE, 2 * PAGE), free(PAGE, PAGE), retire, take(1, 1, 0, 0)]) {
    expectUnchanged(command, rejected);
    expectUnchanged(command, exhausted);
  }
  expectUnchanged(take(1), granted(16 * PAGE));
  expectUnchanged(take(1, 1, 0, 0), done);
});

test('BOOT-15 · nodes have pages, hold their maps and are apart', () => {
  expect(areNodes([node(0, 1)])).toBe(true);
  expect(areNodes([node(8, 16), node(0, 8, 7)])).toBe(true);
  expect(areNodes([node(2 ** 40 - 1, 2 ** 40)])).toBe(true);
  for (const nodes of [
    [],
    [node(1, 1)],
    [node(0, 8, 8)],
    [node(8, 16, 7)],
    [node(2 ** 40, 2 ** 40 + 1)],
    [node(0, 32_769, 32_768)],
    [node(0, 8), node(7, 9)],
    [node(-1, 8)],
  ]) {
    expect(areNodes(nodes), JSON.stringify(nodes)).toBe(false);
  }
});

test('FIT-3, FIT-4 · another node is asked for a run before the rest of any last page', () => {
  const boot = after(two(), reserve(6 * PAGE, 2 * PAGE, 1), take(4000, 1, 0, 1));
  expect(placeBoot(boot, take(96), () => true).outcome).toEqual(granted(PAGE));
  const full = after(boot, reserve(PAGE, 3 * PAGE, 0));
  expect(placeBoot(full, take(96), () => true).outcome).toEqual(granted(5 * PAGE + 4000));
  expect(placeBoot(full, take(97), () => true).outcome).toEqual(exhausted);
});

test('FIT-1, FIT-2 · before the first grant there is no rest of a page', () => {
  const boot = after(startBoot([node(0, 4, 3)]), free(0, 3 * PAGE));
  expect(placeBoot(boot, take(10, 1, PAGE), () => true).outcome).toEqual(granted(PAGE));
});
