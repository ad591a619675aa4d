/** A recording of a real kernel: nothing is wrong with it, its buddy system is replayed page for page, and what is broken on purpose is noticed. */
import { RECORDED, freeAtStart, judged, replayed } from './judged.ts';
import { expect, test } from 'vitest';

const LINES = RECORDED.trimEnd().split('\n');

/** Lines of one kind, by their number from 0. */
const linesOf = (event: string): readonly number[] =>
  LINES.flatMap((line, at) => (line.includes(` ${event}: `) ? [at] : []));

const without = (at: number): string => LINES.filter((_, n) => n !== at).join('\n');

test('TAKE-4, STATE-1 · a kernel that is right is found right, whatever the chunks it comes in', () => {
  const whole = judged(RECORDED);
  expect(whole.faults).toEqual([]);
  // counted with grep: events by their names
  expect(whole.seen).toMatchObject({ allocs: 1010, frees: 10069, outs: 482, ins: 7367, losses: 0 });
  expect(whole.counts).toMatchObject({ events: 19997, echoes: 1069, failed: 0, malformed: 0 });
  const { exact, frees, notLive, part, unknown } = whole.seen;
  expect(exact + part + unknown + notLive).toBe(frees);
  for (const size of [7, 1000]) expect(judged(RECORDED, size)).toEqual(whole);
  expect(judged(RECORDED.replaceAll('\n', '\r\n'))).toEqual(whole);
});

test('PLACE-3, PAIR-4 · each of 482 blocks is the lower part of a free one, and each of 7367 joins with what is free', () => {
  const replay = replayed(RECORDED, freeAtStart());
  expect(replay.replayed).toEqual({ outs: 482, outsElsewhere: 0, ins: 7367, insElsewhere: 0, direct: 0 });
  const pages = (blocks: readonly number[]): number =>
    blocks.reduce((sum, count, order) => sum + count * 2 ** order, 0);
  const before = freeAtStart().blocks.reduce((sum, [, order]) => sum + 2 ** order, 0);
  const moved = (event: string): number =>
    linesOf(event).reduce((sum, at) => sum + 2 ** Number(/ order=(\d+)/u.exec(LINES[at] ?? '')?.[1]), 0);
  const after = replay.buddyinfo().reduce((sum, { blocks }) => sum + pages(blocks), 0);
  expect(after).toBe(before - moved('mm_page_alloc_zone_locked') + moved('mm_page_pcpu_drain'));
});

test('PLACE-3 · from other free blocks the replay does not fit', () => {
  const { outsElsewhere } = replayed(RECORDED, { ...freeAtStart(), blocks: [] }).replayed;
  expect(outsElsewhere).toBeGreaterThan(0);
});

test('STATE-1 · a free that is left out is noticed where its page enters the buddy system', () => {
  const frees = linesOf('mm_page_free').filter((_, n) => n % 400 === 0);
  const noticed = frees.filter((at) => judged(without(at)).faults.length > 0);
  // of a page that was seen allocated, and drained or granted again before the end
  expect(noticed.length / frees.length).toBeGreaterThan(0.5);
});

test('TAKE-2 · a frame that is changed to an odd one is no head of a pair', () => {
  const at = LINES.findIndex((line) => / mm_page_alloc: .* order=[1-9]/u.test(line));
  const changed = LINES.map((line, n) => (n === at ? line.replace(/pfn=0x[0-9a-f]+/u, 'pfn=0xcf53') : line)).join('\n');
  expect(judged(changed).faults[0]).toMatchObject({ clause: 'TAKE-2', line: at + 1, pfn: 0xcf53 });
});

test('TAKE-4 · an allocation that comes twice overlaps itself', () => {
  const [at = 0] = linesOf('mm_page_alloc');
  const twice = LINES.flatMap((line, n) => (n === at ? [line, line] : [line])).join('\n');
  expect(judged(twice).faults[0]).toMatchObject({ clause: 'TAKE-4', line: at + 2, since: at + 1 });
});

const moved = (event: string, pfn: string, order: number): string =>
  `  wk-1 [000] ..... 5: ${event}: page=1 pfn=${pfn} order=${order} migratetype=0`;

test('PLACE-3 · a block that leaves from the middle of a free one is not taken as 2.6 takes it', () => {
  const zones = [{ node: 0, name: 'Normal', first: 0, end: 16 }];
  const replay = replayed(moved('mm_page_alloc_zone_locked', '0x4', 0), { zones, blocks: [[0, 3]] });
  expect(replay.replayed).toMatchObject({ outs: 0, outsElsewhere: 1 });
  // pages 5, 6 to 7 and 0 to 3 are left
  expect(replay.buddyinfo()[0]?.blocks.slice(0, 4)).toEqual([1, 1, 1, 0]);
});

test('PAIR-4 · buddies of different zones do not join', () => {
  const zone = (name: string, first: number, end: number) => ({ node: 0, name, first, end });
  const drained = moved('mm_page_pcpu_drain', '0x1', 0);
  const apart = replayed(drained, { zones: [zone('DMA', 0, 1), zone('Normal', 1, 4)], blocks: [[0, 0]] });
  expect(apart.buddyinfo().map(({ blocks }) => blocks.slice(0, 2))).toEqual([
    [1, 0],
    [1, 0],
  ]);
  const together = replayed(drained, { zones: [zone('DMA', 0, 4)], blocks: [[0, 0]] });
  expect(together.buddyinfo()[0]?.blocks.slice(0, 2)).toEqual([0, 1]);
});
