/** Tests that what an object of this process shows is judged as strictly as what it grants. */

import { expect, test } from 'vitest';
import { BuddySets } from '../../fault/buddy/opaque/buddy-sets.ts';
import { VIEWS } from '../../fault/buddy/opaque/answers.ts';
import { clauseOf, fixedCase, replayBuddy } from '../../fault/judged.ts';
import { compareReported } from '../../../conformance/kinds/buddy/compare/reported.ts';
import { objectSubject } from '../../../conformance/subjects/object.ts';
import { pfn } from '../../../conformance/unit.ts';
import { startPlaced } from '../../../spec/index.ts';
import type { Arena, Claim } from '../../../protocol/index.ts';
import type { Start } from '../../../conformance/judge/subject.ts';

/** After `a0` on four frames: frame 0 is taken, 1 is free by itself, 2 and 3 are a block of order 1. */
const RIGHT = { freeCount: 3, freeBlocks: [[1], [2], []], pairBits: ['10', '1'] };

const showing = (shown: unknown, claims: readonly Claim[] = ['complete', 'best-fit']): Start => {
  const open = (): BuddySets =>
    new (class extends BuddySets {
      override observe(): typeof RIGHT {
        if (shown instanceof Error) throw shown;
        return shown as typeof RIGHT;
      }
    })({ base: 0, pages: 4, orders: 3, reserved: [] });
  return () => Promise.resolve(objectSubject({ claims, features: VIEWS, open }));
};

const AFTER_A0 = fixedCase({ init: { base: 0, pages: 4, orders: 3 }, run: 'a0' });

test('what is right is permitted', async () => {
  expect((await replayBuddy(showing(RIGHT), AFTER_A0)).verdict).toBe('conforms');
  expect((await replayBuddy(showing(undefined), AFTER_A0)).verdict).toBe('conforms');
});

test.each<[string, unknown, string]>([
  ['a fraction', { ...RIGHT, freeBlocks: [[1.5], [2], []] }, 'LIST-3'],
  ['not a number', { ...RIGHT, freeBlocks: [[NaN], [2], []] }, 'LIST-3'],
  ['a negative head', { ...RIGHT, freeLists: [[1], [2, -4], []] }, 'LIST-3'],
  ['a string', { ...RIGHT, freeBlocks: [['1'], [2], []] }, 'LIST-3'],
  ['a hole in a list', { ...RIGHT, freeBlocks: [[1], [2], undefined] }, 'LIST-3'],
  ['no list', { ...RIGHT, freeLists: 7 }, 'LIST-3'],
  ['a count that is a fraction', { ...RIGHT, freeCount: 3.5 }, 'COUNT-1'],
  ['a count that is a string', { ...RIGHT, freeCount: '3' }, 'COUNT-1'],
  ['a count that is not a number', { ...RIGHT, freeCount: NaN }, 'COUNT-1'],
  ['bits of another sort', { ...RIGHT, pairBits: ['1x', '1'] }, 'MAP-2'],
  ['null', null, 'COUNT-1'],
  ['an exception', new Error('not now'), 'COUNT-1'],
])('%s is refuted', async (_what, shown, clause) => {
  const judgement = await replayBuddy(showing(shown), AFTER_A0);
  expect([judgement.verdict, clauseOf(judgement)]).toEqual(['diverges', clause]);
  expect((await replayBuddy(showing(shown, []), AFTER_A0)).verdict).toBe('diverges');
});

test('LIST-2 · a long list of large blocks is compared in time linear in the list', () => {
  const [pages, orders] = [2 ** 16, 17];
  const arena: Arena = { base: pfn(0), pages, orders, alignment: 'base', holes: [] };
  const placed = startPlaced('2.4', arena);
  const heads = Array.from({ length: pages }, () => pfn(0));
  const freeBlocks = Array.from({ length: orders }, (_, at) => (at === orders - 1 ? heads : []));
  const from = performance.now();
  expect(compareReported(new Set(), placed, { freeBlocks })).toMatchObject({
    clause: 'LIST-2',
    place: 'frame 0',
    facts: ['65536 free blocks are shown that holds it', 'it is free'],
  });
  expect(performance.now() - from).toBeLessThan(1000);
});
