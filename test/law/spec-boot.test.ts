import { afterBoot, areNodes, byteAddress, placeBoot, pfn, refuteBoot, startBoot, stepBoot } from '../../spec/index.ts';
import { describe, expect, test } from 'vitest';
import type { Boot } from '../../spec/index.ts';
import type { BootCommand, BootNode, BootOutcome, Clause } from '../../protocol/index.ts';

const PAGE = 4096;
const node = (start: number, end: number, map = start): BootNode => ({
  start: pfn(start),
  end: pfn(end),
  map: pfn(map),
});

const reserve = (address: number, size: number, which = 0): BootCommand => ({
  kind: 'reserve',
  node: which,
  address: byteAddress(address),
  size,
});
const free = (address: number, size: number, which = 0): BootCommand => ({
  kind: 'free',
  node: which,
  address: byteAddress(address),
  size,
});
const take = (size: number, align = 1, goal = 0, which: number | 'any' = 'any'): BootCommand => ({
  kind: 'allocate',
  node: which,
  size,
  align,
  goal: byteAddress(goal),
});
const retire: BootCommand = { kind: 'retire', node: 0 };
const granted = (address: number): BootOutcome => ({ kind: 'granted', address: byteAddress(address) });
const done: BootOutcome = { kind: 'done' };
const exhausted: BootOutcome = { kind: 'exhausted' };

/** The nodes after commands that Linux answers. */
const after = (boot: Boot, ...commands: readonly BootCommand[]): Boot =>
  commands.reduce((state, command) => placeBoot(state, command, () => true).next, boot);

/** Sixteen pages, of which 0 holds the map; 3000 bytes are granted in page 1. */
const SMALL = after(startBoot([node(0, 16)]), free(0, 16 * PAGE), reserve(0, 1), take(3000));
/** Two nodes, each with its first page for its map. */
const TWO = after(startBoot([node(0, 4), node(4, 8)]), free(PAGE, 3 * PAGE, 0), free(5 * PAGE, 3 * PAGE, 1));

const clauseOf = (boot: Boot, command: BootCommand, outcome: BootOutcome, waits = true): Clause | undefined =>
  refuteBoot(boot, command, outcome, () => waits)?.clause;

describe.each<[Clause, string, Boot, BootCommand, BootOutcome]>([
  ['BOOT-8', 'memory behind the last node', SMALL, take(10), granted(16 * PAGE)],
  ['BOOT-8', 'memory that reaches out of its node', SMALL, take(2 * PAGE), granted(15 * PAGE)],
  ['BOOT-8', 'memory of a node that was not asked for', TWO, take(10, 1, 0, 0), granted(5 * PAGE)],
  ['BOOT-8', 'memory at an address that is none', SMALL, take(10), granted(PAGE + 3000.5)],
  ['BOOT-9', 'memory at no multiple of the alignment', SMALL, take(10, 64), granted(2 * PAGE + 32)],
  ['BOOT-10', 'memory of which a byte was granted before', SMALL, take(10), granted(PAGE + 2999)],
  ['BOOT-10', 'memory of which a byte is reserved', SMALL, take(2 * PAGE, 1), granted(0)],
  ['BOOT-11', 'a page of the map that is not reserved', after(SMALL, free(0, PAGE)), take(10), granted(0)],
  ['BOOT-12', 'a refusal where a run of pages would do', SMALL, take(14 * PAGE), exhausted],
  ['BOOT-12', 'a refusal where the rest would do', after(SMALL, reserve(2 * PAGE, 14 * PAGE)), take(1096), exhausted],
  ['BOOT-12', 'a refusal where the rest and pages behind it would do', SMALL, take(14 * PAGE + 1096), exhausted],
  ['BOOT-4', 'freeing a page that is free', SMALL, free(2 * PAGE, PAGE), done],
  ['BOOT-6', 'reserving beyond the node', SMALL, reserve(16 * PAGE - 1, 2), done],
  ['BOOT-6', 'freeing beyond the node', SMALL, free(15 * PAGE, 2 * PAGE), done],
  ['BOOT-7', 'a size of 0', SMALL, take(0), granted(2 * PAGE)],
  ['BOOT-7', 'an alignment of 0', SMALL, take(1, 0), granted(2 * PAGE)],
  ['BOOT-7', 'a node that is none', SMALL, take(1, 1, 0, 1), exhausted],
  ['BOOT-5', 'not reporting what was taken', SMALL, reserve(PAGE, 1), done],
  ['BOOT-5', 'reporting what was not taken', SMALL, reserve(2 * PAGE, 1), { kind: 'warned', pages: [pfn(2)] }],
  ['BOOT-5', 'reporting another page', SMALL, reserve(PAGE, 2 * PAGE), { kind: 'warned', pages: [pfn(2)] }],
  ['BOOT-3', 'refusing a reservation', SMALL, reserve(2 * PAGE, 1), exhausted],
  ['BOOT-2', 'refusing a free', SMALL, free(PAGE, PAGE), exhausted],
  ['RETIRE-1', 'a free page lost', SMALL, retire, { kind: 'retired', free: 13, map: 1 }],
  ['RETIRE-1', 'the map forgotten', SMALL, retire, { kind: 'retired', free: 14, map: 0 }],
  ['RETIRE-1', 'refusing to retire', SMALL, retire, done],
  [
    'RETIRE-3',
    'a map that is not reserved',
    after(SMALL, free(0, PAGE)),
    retire,
    { kind: 'retired', free: 15, map: 1 },
  ],
  ['RETIRE-4', 'a grant after retirement', after(SMALL, retire), take(1), granted(2 * PAGE)],
  ['RETIRE-4', 'a grant of a retired node', after(TWO, retire), take(1), granted(PAGE)],
  ['RETIRE-4', 'a second retirement', after(SMALL, retire), retire, { kind: 'retired', free: 14, map: 1 }],
  ['USE-3', 'a request that is done', SMALL, take(1), done],
])('%s · %s', (clause, _, boot, command, outcome) => {
  test('is refuted, and Linux answers what is not', () => {
    expect(clauseOf(boot, command, outcome)).toBe(clause);
    expect(clauseOf(boot, command, placeBoot(boot, command, () => true).outcome)).toBeUndefined();
  });
});

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
