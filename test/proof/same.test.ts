/** Tests of the questions whether two programs do the same: a program does as itself does, and a difference is seen. */

import { Program, sourceText } from '../../proof/front/program.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideByZ3 } from '../../proof/inductive/code/decide.ts';
import { packagedZ3 } from '../../proof/inductive/solve.ts';
import { sameQuestions } from '../../proof/inductive/code/same.ts';
import type { Solver } from '../../proof/inductive/solve.ts';

let solver: Solver | undefined;

beforeAll(async () => {
  solver = await packagedZ3();
});
afterAll(() => solver?.end());

const base = new Program();

/** Returns the first question of which two programs do not do the same, of those whose name is looked for, and how many were asked. */
async function difference(other: Program, asked: RegExp): Promise<readonly [name: string | undefined, asked: number]> {
  const decide = decideByZ3(solver ?? expect.fail('no solver'));
  let count = 0;
  for (const question of sameQuestions([base, other])) {
    if (!asked.test(question.name)) continue;
    count++;
    const { failed } = await decide(question);
    if (failed !== undefined) return [`${question.name}: ${failed.goal}`, count];
  }
  return [undefined, count];
}

/** Returns the program with some text of a file replaced, which must be there once. */
function changed(path: string, from: string, to: string): Program {
  expect(sourceText(path).split(from)).toHaveLength(2);
  return new Program((file) => (file === path ? sourceText(file).replace(from, () => to) : sourceText(file)), base);
}

const TINY = / lists$|, 4 pages from 0 |, 6 pages from 1 /u;

test('a program does as itself does', async () => {
  const [found, asked] = await difference(new Program(), TINY);
  expect(found).toBeUndefined();
  expect(asked).toBeGreaterThan(60);
});

test.each([
  [
    'a bug that is never reported',
    'src/words/field.ts',
    'if (value === undefined)',
    'if (false)',
    /4 pages .* free at/u,
  ],
  ['a first list that is made twice', 'src/buddy/zone.ts', 'page < zone.pages', 'page <= zone.pages', /a new zone/u],
  [
    'a sum for an exclusive or',
    'src/buddy/buddy.ts',
    'index ^ (1 << current)',
    'index + (1 << current) - 2 * (index & (1 << current))',
    /4 pages .* free at/u,
  ],
] as const)('%s is the same', async (_what, path, from, to, asked) => {
  const [found, count] = await difference(changed(path, from, to), asked);
  expect(found).toBeUndefined();
  expect(count).toBeGreaterThan(0);
});

/** Of faults that leave every list as it is, or take another page off one, none may be excused by what is supposed of lists. */
test.each([
  [
    'a block of the top list',
    'src/buddy/page-buddy.ts',
    'let current = order; current < zone.orders; current++',
    'let current: Order = zone.orders - 1; current >= order; current--',
    / allocate at order 0/u,
    'the same',
  ],
  [
    'a buddy that is on another list',
    'src/buddy/buddy.ts',
    'zone.listDel(index ^ (1 << current));',
    'zone.listDel(index);',
    / free at order 0/u,
    'the same',
  ],
  [
    'a forgotten count',
    'src/buddy/buddy.ts',
    'zone.counters.add(0, 1 << order);',
    '',
    / free at order 0/u,
    'the same words',
  ],
  [
    'a name of misuse',
    'src/buddy/allocator.ts',
    "'double-free' : 'never-allocated'",
    "'never-allocated' : 'double-free'",
    / free at order 0/u,
    'both answer the same',
  ],
  ['a lost link', 'src/words/list-head.ts', 'links[2 * first + 1] = node;', '', /^listAdd/u, 'the same words'],
  [
    'a last page for a first',
    'src/words/list-head.ts',
    'return this.links[2 * node] ??',
    'return this.links[2 * node + 1] ??',
    /^nextOf/u,
    'both return the same',
  ],
  ['a map that is not cleared', 'src/buddy/zone.ts', 'zone.map.fill(0);', '', /a new zone/u, 'the same words'],
] as const)('%s is not the same', async (_what, path, from, to, asked, goal) => {
  const [found] = await difference(changed(path, from, to), asked);
  expect(found).toContain(goal);
});
