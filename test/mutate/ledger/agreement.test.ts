/** Tests that a specification which says something else in some state is not taken for the same. */
import { FILES, agree, specOf } from './agreement.ts';
import { expect, test } from 'vitest';
import { patience } from '../../arbitrary/campaign.ts';

/** A change of each file that the agreement is about, most of them seen in few states or by few requests. */
const CHANGES: readonly (readonly [file: string, from: string, to: string])[] = [
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

test.each(CHANGES)('%s: %s -> %s', { timeout: 2 * patience }, (name, from, to) => {
  expect(() => agree(specOf({ file: `spec/buddy/${name}.ts`, from, to }))).toThrow(
    /^(?:state \d+ of|an endless loop)/u,
  );
});

test('each file that the agreement is about is changed above', () => {
  const changed = CHANGES.map(([name]) => `spec/buddy/${name}.ts`);
  expect(FILES.filter((file) => !changed.includes(file))).toEqual([]);
});
