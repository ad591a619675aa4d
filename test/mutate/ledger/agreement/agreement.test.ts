/** Tests that a specification which says something else in some state is not taken for the same. */
import { ROOMS, agree } from './agreement.ts';
import { expect, test } from 'vitest';
import { patience } from '../../../arbitrary/campaign.ts';
import { specOf } from './room.ts';

type Change = readonly [file: string, from: string, to: string];

/** Changes of the specification of one zone, most of them seen in few states or by few requests. */
const BUDDY: readonly Change[] = [
  ['bulk', 'answered ${outcome.kind}`;\n  const place', 'answered`;\n  const place'],
  ['list', '[head, ...list]', '[...list, head]'],
  ['misuse', "return owner === FREED ? 'double-free'", "return owner !== BOOT ? 'double-free'"],
  ['misuse', 'if (isOrder(arena, owner))', 'if (isOrder(arena, owner) && owner < order)'],
  ['pair', 'if (lower) return upper ? BOTH : LOWER;', 'if (lower) return BOTH;'],
  ['placement', "kernel === '2.4' ? head : upper", "kernel === '2.6' ? head : upper"],
  ['placement', 'at < topOrder(arena); at++', 'at < topOrder(arena) - 1; at++'],
  ['range', 'outcome.head >= low &&', 'outcome.head > low &&'],
  ['state', 'Math.min(end, arena.base', 'Math.max(end, arena.base'],
  ['resize', '!isInside(state.arena, frame) ||', '!isInside(state.arena, frame) &&'],
  ['row', 'n < end; n++', 'n < Math.min(end, 62); n++'],
  ['sized', "refuted('SIZED-1'", "refuted('SIZED-2'"],
  ['sized', 'Math.max(frames, align)', 'frames'],
  ['state', 'if (!top && !exactlyOne(pair)) continue;', 'if (!exactlyOne(pair)) continue;'],
  ['state', '.fill(HOLE, 0, arena.base - origin)', ''],
  ['step', "claims.has('best-fit') ?", 'claims.size > 2 ?'],
  ['step', 'if (!isWhole(head) || head', 'if (head'],
];

/** The same of boot memory. */
const BOOT: readonly Change[] = [
  ['asked', "'any'", "''"],
  ['misuse', 'if (from < first || to > end)', 'if (from < first || to > end + page)'],
  ['misuse', "'map-not-reserved';", "'no-zone';"],
  ['placement', 'goal < end ?', 'goal < first ?'],
  ['placement', '.toReversed()', ''],
  ['placement', 'node.end <= start', 'node.end < start'],
  ['state', 'Math.ceil((node.end - node.start)', 'Math.floor((node.end - node.start)'],
  ['step', 'return at < to && isFree', 'return at > to && isFree'],
  ['step', "refuted('USE-3'", "refuted('BOOT-7'"],
  ['step', '{ ...state, retired: true }', 'state'],
];

/** A change of each file that an agreement is about. */
const CHANGES: readonly Change[] = [
  ...BUDDY.map(([name, ...edit]): Change => [`spec/buddy/${name}.ts`, ...edit]),
  ...BOOT.map(([name, ...edit]): Change => [`spec/boot/${name}.ts`, ...edit]),
];

test.each(CHANGES)('%s: %s -> %s', { timeout: 2 * patience }, (file, from, to) => {
  const room = ROOMS.find(({ files }) => files.includes(file));
  if (room === undefined) expect.fail(`no agreement is about ${file}`);
  expect(() => agree(room, specOf({ file, from, to }))).toThrow(/^(?:state \d+ of|an endless loop)/u);
});

test('each file that an agreement is about is changed above', () => {
  const changed = CHANGES.map(([file]) => file);
  const files = ROOMS.flatMap((room) => room.files);
  expect(files.filter((file) => !changed.includes(file))).toEqual([]);
});
