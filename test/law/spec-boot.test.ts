import { PAGE, SMALL, TWO, after, done, exhausted, free, granted, node, reserve, retire, take } from './boot-nodes.ts';
import { expect, test } from 'vitest';
import { afterBoot, areNodes, placeBoot, refuteBoot, startBoot, stepBoot } from '../../spec/index.ts';
import type { Boot } from '../../spec/index.ts';
import type { BootCommand, BootOutcome, Clause } from '../../protocol/index.ts';

const clauseOf = (boot: Boot, command: BootCommand, outcome: BootOutcome, waits = true): Clause | undefined =>
  refuteBoot(boot, command, outcome, () => waits)?.clause;

test('RETIRE-5 · a node is retired only where a zone waits for each page', () => {
  expect(clauseOf(SMALL, retire, { kind: 'retired', free: 14, map: 1 }, false)).toBe('RETIRE-5');
  expect(clauseOf(SMALL, retire, { kind: 'retired', free: 14, map: 1 })).toBeUndefined();
  expect(placeBoot(SMALL, retire, (page) => page !== 9).outcome).toMatchObject({ misuse: 'no-zone' });
  expect(placeBoot(SMALL, retire, (page) => page !== 1).outcome).toMatchObject({ kind: 'retired' });
});

test('BOOT-10, BOOT-12 · the permitted grants are the free bytes, wherever they are; a refusal is none of them', () => {
  const boot = after(startBoot([node(0, 2)]), free(PAGE, PAGE), take(4000));
  const outcomes = stepBoot(boot, take(90), () => true).map(({ outcome }) => outcome);
  expect(outcomes).toEqual([4000, 4001, 4002, 4003, 4004, 4005, 4006].map((at) => granted(PAGE + at)));
  const full = stepBoot(boot, take(97), () => true).map(({ outcome }) => outcome);
  expect(full).toEqual([exhausted]);
});

test('BOOT-14 · a refusal, a rejection and nothing else leave all as it was', () => {
  expect(afterBoot(SMALL, take(100 * PAGE), exhausted)).toBe(SMALL);
  const [only, ...others] = stepBoot(SMALL, free(2 * PAGE, PAGE), () => true);
  expect(others).toEqual([]);
  expect(only).toEqual({ outcome: { kind: 'rejected', misuse: 'free-page', clause: 'BOOT-4' }, next: SMALL });
  expect(afterBoot(SMALL, free(PAGE, PAGE), done)).not.toEqual(SMALL);
});

test('BOOT-15 · nodes have pages, hold their maps and are apart', () => {
  expect(areNodes([node(0, 1)])).toBe(true);
  expect(areNodes([node(8, 16), node(0, 8, 7)])).toBe(true);
  for (const nodes of [
    [],
    [node(1, 1)],
    [node(0, 8, 8)],
    [node(0, 32_769, 32_768)],
    [node(0, 8), node(7, 9)],
    [node(-1, 8)],
  ]) {
    expect(areNodes(nodes), JSON.stringify(nodes)).toBe(false);
  }
});

test('FIT-3, FIT-4 · another node is asked for a run before the rest of any last page', () => {
  const boot = after(TWO, reserve(6 * PAGE, 2 * PAGE, 1), take(4000, 1, 0, 1));
  expect(placeBoot(boot, take(96), () => true).outcome).toEqual(granted(PAGE));
  const full = after(boot, reserve(PAGE, 3 * PAGE, 0));
  expect(placeBoot(full, take(96), () => true).outcome).toEqual(granted(5 * PAGE + 4000));
  expect(placeBoot(full, take(97), () => true).outcome).toEqual(exhausted);
});
