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

/** Where, and the two facts that cannot both be. */
type Told = readonly [place: string, observed: string, expected: string];

describe.each<[Clause, string, Boot, BootCommand, BootOutcome, Told]>([
  [
    'BOOT-8',
    'memory behind the last node',
    SMALL,
    take(10),
    granted(16 * PAGE),
    ['bytes 65536 to 65545', 'they were granted', 'no node begins before them and ends behind'],
  ],
  [
    'BOOT-8',
    'memory that reaches out of its node',
    SMALL,
    take(2 * PAGE),
    granted(15 * PAGE),
    ['bytes 61440 to 69631', 'they were granted', 'node 0 ends before byte 65536'],
  ],
  [
    'BOOT-8',
    'memory of a node that was not asked for',
    TWO,
    take(10, 1, 0, 0),
    granted(5 * PAGE),
    ['bytes 20480 to 20489', 'they were granted', 'they are of node 1, and node 0 was asked for'],
  ],
  [
    'BOOT-8',
    'memory at an address that is none',
    SMALL,
    take(10),
    granted(PAGE + 3000.5),
    ['bytes 7096.5 to 7105.5', 'they were granted', 'no node begins before them and ends behind'],
  ],
  [
    'BOOT-9',
    'memory at no multiple of the alignment',
    SMALL,
    take(10, 64),
    granted(2 * PAGE + 32),
    ['bytes 8224 to 8233', 'they were granted', '8224 is no multiple of 64'],
  ],
  [
    'BOOT-10',
    'memory of which a byte was granted before',
    SMALL,
    take(10),
    granted(PAGE + 2999),
    ['bytes 7095 to 7104', 'they were granted', 'the bytes 4096 to 7095 are taken'],
  ],
  [
    'BOOT-10',
    'memory of which a byte is reserved',
    SMALL,
    take(2 * PAGE, 1),
    granted(0),
    ['bytes 0 to 8191', 'they were granted', 'the bytes 0 to 4095 are taken'],
  ],
  [
    'BOOT-11',
    'a page of the map that is not reserved',
    after(SMALL, free(0, PAGE)),
    take(10),
    granted(0),
    ['bytes 0 to 9', 'they were granted', 'the map lies in the bytes 0 to 4095'],
  ],
  [
    'BOOT-12',
    'a refusal where a run of pages would do',
    SMALL,
    take(14 * PAGE),
    exhausted,
    ['57344 bytes', 'the request was refused', 'the bytes 8192 to 65535 are free, and a multiple of 1 begins them'],
  ],
  [
    'BOOT-12',
    'a refusal where the rest would do',
    after(SMALL, reserve(2 * PAGE, 14 * PAGE)),
    take(1096),
    exhausted,
    ['1096 bytes', 'the request was refused', 'the bytes 7096 to 8191 are free, and a multiple of 1 begins them'],
  ],
  [
    'BOOT-12',
    'a refusal where the rest and pages behind it would do',
    SMALL,
    take(14 * PAGE + 1096),
    exhausted,
    ['58440 bytes', 'the request was refused', 'the bytes 7096 to 65535 are free, and a multiple of 1 begins them'],
  ],
  [
    'BOOT-4',
    'freeing a page that is free',
    SMALL,
    free(2 * PAGE, PAGE),
    done,
    ['free on node 0', 'it was answered done', 'it was misuse: free-page'],
  ],
  [
    'BOOT-6',
    'reserving beyond the node',
    SMALL,
    reserve(16 * PAGE - 1, 2),
    done,
    ['reserve on node 0', 'it was answered done', 'it was misuse: out-of-range'],
  ],
  [
    'BOOT-6',
    'freeing beyond the node',
    SMALL,
    free(15 * PAGE, 2 * PAGE),
    done,
    ['free on node 0', 'it was answered done', 'it was misuse: out-of-range'],
  ],
  [
    'BOOT-7',
    'a size of 0',
    SMALL,
    take(0),
    granted(2 * PAGE),
    ['allocate on node any', 'it was answered granted', 'it was misuse: no-such-size'],
  ],
  [
    'BOOT-7',
    'an alignment of 0',
    SMALL,
    take(1, 0),
    granted(2 * PAGE),
    ['allocate on node any', 'it was answered granted', 'it was misuse: no-such-alignment'],
  ],
  [
    'BOOT-7',
    'a node that is none',
    SMALL,
    take(1, 1, 0, 1),
    exhausted,
    ['allocate on node 1', 'it was answered exhausted', 'it was misuse: no-such-node'],
  ],
  [
    'BOOT-5',
    'not reporting what was taken',
    SMALL,
    reserve(PAGE, 1),
    done,
    ['reserve on node 0', 'it was answered done', 'warned is right'],
  ],
  [
    'BOOT-5',
    'reporting what was not taken',
    SMALL,
    reserve(2 * PAGE, 1),
    { kind: 'warned', pages: [pfn(2)] },
    ['reserve on node 0', 'it was answered warned', 'done is right'],
  ],
  [
    'BOOT-5',
    'reporting another page',
    SMALL,
    reserve(PAGE, 2 * PAGE),
    { kind: 'warned', pages: [pfn(2)] },
    ['reserve on node 0', 'pages 2 were reported', 'pages 1 had been taken'],
  ],
  [
    'BOOT-3',
    'refusing a reservation',
    SMALL,
    reserve(2 * PAGE, 1),
    exhausted,
    ['reserve on node 0', 'it was answered exhausted', 'done is right'],
  ],
  [
    'BOOT-2',
    'refusing a free',
    SMALL,
    free(PAGE, PAGE),
    exhausted,
    ['free on node 0', 'it was answered exhausted', 'done is right'],
  ],
  [
    'RETIRE-1',
    'a free page lost',
    SMALL,
    retire,
    { kind: 'retired', free: 13, map: 1 },
    ['retire on node 0', '13 free pages and 1 of the map were handed over', '14 pages are free, and the map has 1'],
  ],
  [
    'RETIRE-1',
    'the map forgotten',
    SMALL,
    retire,
    { kind: 'retired', free: 14, map: 0 },
    ['retire on node 0', '14 free pages and 0 of the map were handed over', '14 pages are free, and the map has 1'],
  ],
  [
    'RETIRE-1',
    'refusing to retire',
    SMALL,
    retire,
    done,
    ['retire on node 0', 'it was answered done', 'retired is right'],
  ],
  [
    'RETIRE-3',
    'a map that is not reserved',
    after(SMALL, free(0, PAGE)),
    retire,
    { kind: 'retired', free: 15, map: 1 },
    ['retire on node 0', 'it was answered retired', 'it was misuse: map-not-reserved'],
  ],
  [
    'RETIRE-4',
    'a grant after retirement',
    after(SMALL, retire),
    take(1),
    granted(2 * PAGE),
    ['allocate on node any', 'it was answered granted', 'it was misuse: retired'],
  ],
  [
    'RETIRE-4',
    'a grant of a retired node',
    after(TWO, retire),
    take(1),
    granted(PAGE),
    ['bytes 4096 to 4096', 'they were granted', 'node 0 is retired'],
  ],
  [
    'RETIRE-4',
    'a second retirement',
    after(SMALL, retire),
    retire,
    { kind: 'retired', free: 14, map: 1 },
    ['retire on node 0', 'it was answered retired', 'it was misuse: retired'],
  ],
  [
    'USE-3',
    'a request that is done',
    SMALL,
    take(1),
    done,
    ['1 bytes', 'it was answered done', 'a legal request can be granted or refused'],
  ],
])('%s · %s', (clause, _, boot, command, outcome, [place, ...facts]) => {
  test('is refuted, and Linux answers what is not', () => {
    expect(refuteBoot(boot, command, outcome, () => true)).toEqual({ clause, place, facts });
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
