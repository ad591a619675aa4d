/** The picture and the film of a fault: the frames around it as the trace has them, and the last events on them. */
import { Recent } from '../../conformance/trace/recent.ts';
import { Scanner } from '../../conformance/trace/scan.ts';
import { TraceJudge } from '../../conformance/trace/judge.ts';
import { expect, test } from 'vitest';
import { filmOf } from '../../conformance/trace/film.ts';
import { pictureOf } from '../../conformance/trace/picture.ts';
import { projector } from '../../page/film/reel.ts';
import type { Film } from '../../protocol/index.ts';

const line = (event: string, pfn: number, order: number): string =>
  `  wk-1 [000] ..... 5: mm_page_${event}: page=1 pfn=0x${pfn.toString(16)} order=${order}`;

/** Judges lines with a memory of the last events. */
function judge(lines: readonly string[]): TraceJudge {
  const judged = new TraceJudge({ orders: 11, zones: [], aligned: true }, new Recent());
  const scanner = new Scanner(judged);
  scanner.push(Buffer.from(lines.join('\n')));
  scanner.end();
  return judged;
}

/** The film of the first fault. */
function film(lines: readonly string[]): Film {
  const [made] = judge(lines).faults.kept.flatMap((fault) => filmOf(fault, 'trace', 'again') ?? []);
  if (made === undefined) throw new Error('there is no film');
  return made;
}

/** The blocks that a film shows after a step. */
const shown = (of: Film, step: number): readonly unknown[] =>
  [...(projector(of)(step)[0]?.blocks.values() ?? [])].toSorted((one, other) => one[0] - other[0]);

const OVERLAP = [
  line('alloc', 16, 1),
  line('alloc', 20, 2),
  line('free', 21, 0),
  line('alloc', 64, 0), // on other frames
  line('alloc', 16, 2),
];

test('TAKE-4 · the film has one step for each event on the frames, and the fault changes nothing', () => {
  const made = film(OVERLAP);
  expect(made.refuted).toMatchObject({ clause: 'TAKE-4', place: 'line 5' });
  expect(made.grounds).toMatchObject([{ base: 16, pages: 16, glimpsed: true }]);
  expect(made.steps.map(({ notes }) => notes?.[0]?.split(',')[0])).toEqual(['line 1', 'line 2', 'line 3', 'line 5']);
  expect(shown(made, 0)).toEqual([]);
  expect(shown(made, 2)).toEqual([
    [16, 1, 1],
    [20, 2, 2],
  ]);
  // frame 21 is free, and the rest of its block is held as parts
  const last = [
    [16, 1, 1],
    [20, 0, 2],
    [21, 0, -1],
    [22, 1, 2],
  ];
  expect(shown(made, 3)).toEqual(last);
  expect(shown(made, 4)).toEqual(last);
  expect(made.steps.at(-1)?.at).toEqual({ ground: 0, first: 16, count: 4 });
});

test('TAKE-4 · of more than 200 events the last are shown, from the state that the others left', () => {
  const many = Array.from({ length: 300 }, (_, n) => line(n % 2 === 0 ? 'alloc' : 'free', 30, 0));
  const made = film([line('alloc', 16, 1), ...many, line('alloc', 17, 0)]);
  expect([made.skipped, made.steps.length]).toEqual([301 - 199, 200]);
  expect(shown(made, 0)[0]).toEqual([16, 1, 1]);
});

test('TAKE-4 · an event that came long before is where the film begins', () => {
  const others = Array.from({ length: 2 ** 16 + 10 }, (_, n) => line('free', 1000 + n, 0));
  const made = film([line('alloc', 16, 1), ...others, line('free', 20, 0), line('alloc', 17, 0)]);
  expect(made.steps).toHaveLength(2);
  expect(shown(made, 0)).toEqual([[16, 1, 1]]);
});

test('what was lost is not shown', () => {
  const made = film([line('alloc', 20, 0), 'CPU:0 [LOST 1 EVENTS]', ...OVERLAP]);
  expect(made.steps[0]?.notes?.[0]).toContain('line 3,');
});

test('TAKE-2, TAKE-5 · a block that ends beyond its neighbourhood is shown with the next one; one too large is not', () => {
  expect(film([line('alloc', 30, 2)]).grounds).toMatchObject([{ base: 16, pages: 32 }]);
  const [huge] = judge([line('alloc', 0, 40)]).faults.kept;
  expect(huge).toMatchObject({ clause: 'TAKE-5' });
  expect(huge?.moment).toBeUndefined();
});

test('TAKE-4 · the picture has a letter for each block, and points at what the line is about', () => {
  const [fault] = judge(OVERLAP).faults.kept;
  expect(fault === undefined ? [] : pictureOf(fault).slice(1)).toEqual([
    '0x10 |a a|#|#|b|.|c c|#|#|#|#|#|#|#|#|',
    '      ^ ^ ^ ^',
  ]);
});

test('STATE-1 · of a large neighbourhood the picture has the lines that it is about', () => {
  const [fault] = judge([line('alloc', 512, 9), line('pcpu_drain', 600, 0)]).faults.kept;
  const picture = fault === undefined ? [] : pictureOf(fault);
  expect(picture).toHaveLength(3);
  expect(picture[1]).toBe(`0x240 |${Array.from({ length: 32 }, () => 'a').join(' ')}|`);
  expect(picture[2]?.indexOf('^')).toBe(7 + 2 * (600 - 576));
});
