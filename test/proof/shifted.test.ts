/** Tests of the explorations in which only blocks of some order and above are asked for: what they count, and that they refute. */
import { Census } from '../../proof/exhaustive/buddy/census.ts';
import { Explorer } from '../../proof/exhaustive/buddy/explore.ts';
import { LARGE_SLIPS } from '../fault/buddy/slips/large.ts';
import { beyondFirstWord, shifted } from '../../proof/exhaustive/buddy/shapes.ts';
import { buddy, rowOf, valuesOf } from '../../spec/index.ts';
import { brokenBy } from './broken.ts';
import { expect, test } from 'vitest';
import { groundTree } from '../../proof/exhaustive/buddy/ground.ts';
import { holdAll } from '../../proof/exhaustive/buddy/hold.ts';
import { transitions } from '../../proof/exhaustive/tally.ts';
import { windowOf } from '../../proof/exhaustive/buddy/window.ts';
import type { Edit } from '../fault/sources.ts';

/** 1,024 pages and 11 orders, of which 7 to 10 are asked for: as many states as 8 pages have. */
const LARGE = { '2.4': new Census(shifted('2.4', 7, 3)), '2.6': new Census(shifted('2.6', 7, 3)) } as const;

/** Eight pairs of frames after 1,024 holes. */
const BEYOND = new Census(beyondFirstWord('2.4', 3));

/** Slips that handing over all frames hides: it changes each bit of a word twice. */
const ONLY_BEYOND: readonly string[] = ['the pairs of each 32 share a word'];

test.each(['2.4', '2.6'] as const)('%s · shifted states and steps are as many as without a shift', (kernel) => {
  for (const census of [LARGE[kernel], new Census(shifted(kernel, 1, 3))]) {
    const tally = new Explorer(census).explore();
    expect([census.met, census.twice, census.outside]).toEqual([677, 0, 0]);
    expect([tally.states, transitions(tally)]).toEqual([677, 4287]);
    expect(holdAll(census)).toBe(677);
  }
});

test('a slip that a shift alone does not show needs pairs beyond the first word', () => {
  const slips = LARGE_SLIPS.filter(({ name }) => ONLY_BEYOND.includes(name));
  expect(slips).toHaveLength(ONLY_BEYOND.length);
  for (const slip of slips) expect(new Explorer(LARGE['2.4'], brokenBy(slip)).explore().states).toBe(677);
  expect(new Explorer(BEYOND).explore().states).toBe(677);
});

test('beyond the first word: 458,330 states, and no word of a map that changes is the first of its order', () => {
  const ground = beyondFirstWord('2.4');
  const tree = groundTree(ground);
  expect(tree.states).toBe(458_330);
  for (const [node, head] of tree.heads.entries()) {
    const of = tree.orders[node] ?? 0;
    if (tree.usable[node] === true && of < ground.arena.orders - 1) expect(head >> (of + 1)).toBeGreaterThanOrEqual(32);
  }
});

test.each(LARGE_SLIPS.map((slip) => [slip.name, slip] as const))(
  'a broken copy of src is refuted: %s',
  (_name, slip) => {
    const census = ONLY_BEYOND.includes(slip.name) ? BEYOND : LARGE[slip.kernel];
    expect(() => new Explorer(census, brokenBy(slip)).explore()).toThrow('must be');
  },
);

/** Slips in steps alone, which leave the hand-over right, and change words outside the window. */
const OUTSIDE: readonly Edit[] = [
  {
    file: 'src/buddy/buddy.ts',
    from: 'return expand(zone, head, order, current);',
    to: 'const page = expand(zone, head, order, current); if (order === 8) zone.map[3] = 1; return page;',
  },
  {
    file: 'src/buddy/allocator.ts',
    from: 'zone.owners.grant(page, order);\n    return',
    to: 'zone.owners.grant(page, order); if (order === 9) zone.owners.grant(page + 1, 0);\n    return',
  },
];

test.each(OUTSIDE)('a change outside the window is refuted: $to', (edit) => {
  expect(() => new Explorer(LARGE['2.4'], brokenBy(edit)).explore()).toThrow(/must be 0x/u);
});

test('a specification that changes a word outside the window is refuted by the census', () => {
  const ground = shifted('2.4', 2, 1);
  const right = new Census(ground);
  expect([right.outside, right.met]).toEqual([0, 5]);
  expect(windowOf(ground, right.tree).places.length).toBeLessThan(right.whole.length);
  const reserve: typeof buddy.reserve = (state, block) => {
    const next = buddy.reserve(state, block);
    const lower = valuesOf(buddy.pairsOf(next, 0)).map((pair, n) =>
      n === 1 ? { lower: !pair.lower, upper: pair.upper } : pair,
    );
    return { ...next, pairs: [rowOf(lower), ...next.pairs.slice(1)] };
  };
  expect(new Census(ground, { ...buddy, reserve }).outside).toBeGreaterThan(0);
});
