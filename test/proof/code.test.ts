/** Tests that the induction about the code holds for the code as it is, and is refuted, with a picture, once the code is broken. */

import { LIST_OPERATIONS, listQuestion } from '../../proof/inductive/code/links.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Program, sourceText } from '../../proof/front/program.ts';
import { PARTS } from '../../proof/inductive/code/state.ts';
import { arena } from '../../proof/inductive/code/shapes.ts';
import { decideByZ3 } from '../../proof/inductive/code/decide.ts';
import { failures } from '../../proof/inductive/code/tight.ts';
import { ODD_OPERATIONS, operationsOf } from '../../proof/inductive/code/call.ts';
import { newZoneQuestion } from '../../proof/inductive/code/new-zone.ts';
import { stepQuestion } from '../../proof/inductive/code/step.ts';
import { packagedZ3 } from '../../proof/inductive/solve.ts';
import { patience } from '../arbitrary/campaign.ts';
import type { Decide } from '../../proof/inductive/code/decide.ts';
import type { Operation } from '../../proof/inductive/code/call.ts';
import type { Question } from '../../proof/inductive/code/question.ts';
import type { Solver } from '../../proof/inductive/solve.ts';

let solver: Solver | undefined;
const decide: Decide = (question) => decideByZ3(solver ?? expect.fail('no solver'))(question);

beforeAll(async () => {
  solver = await packagedZ3();
}, patience);
afterAll(() => solver?.end());

/** Returns the program with some text of a file replaced, which must be there once. */
function broken(path: string, from: string, to: string): Program {
  expect(sourceText(path).split(from)).toHaveLength(2);
  return new Program((file) => (file === path ? sourceText(file).replace(from, () => to) : sourceText(file)));
}

const SHAPE = { '2.4': arena('2.4', 0, 4, 3), '2.6': arena('2.6', 3, 6, 3) } as const;

/** Returns the picture of the first question that fails; undefined if none does. */
async function pictureOf(questions: readonly Question[]): Promise<string | undefined> {
  for (const question of questions) {
    const { failed } = await decide(question);
    if (failed !== undefined) return failed.picture;
  }
  return undefined;
}

describe.each(['2.4', '2.6'] as const)('the code of %s', (kernel) => {
  const program = new Program();

  test.each(operationsOf(SHAPE[kernel]))(
    'STATE-1, LIST-4, MAP-3, COUNT-1, MISUSE-7 · from any state %o leads to one that is right',
    async (operation) => {
      expect(await pictureOf([stepQuestion(program, SHAPE[kernel], operation)])).toBeUndefined();
    },
  );

  test.each(ODD_OPERATIONS)('TAKE-5, HAND-3, MISUSE-1 · a number that no word is: %o', async (operation) => {
    expect(await pictureOf([stepQuestion(program, SHAPE[kernel], operation)])).toBeUndefined();
  });

  test('TAKE-3 · a new zone satisfies the invariant, whatever was in memory', async () => {
    expect(await pictureOf([newZoneQuestion(program, SHAPE[kernel])])).toBeUndefined();
  });
});

test(
  'no part of the invariant can be spared: without it an operation fails in something else',
  { timeout: 4 * patience },
  async () => {
    const pictures = await failures(decide, new Program());
    expect(pictures).toHaveLength(2 * PARTS.length - 3);
    for (const picture of pictures)
      expect(picture).toMatch(/^without [\w ]+: 2\.[46], .*\nfails:\n {2}.*before\n {2}page/su);
  },
);

test.each(LIST_OPERATIONS)('LIST-1, LIST-2 · %s keeps lists as lists', async (operation) => {
  expect(await pictureOf([listQuestion(new Program(), arena('2.4', 0, 3, 2), operation)])).toBeUndefined();
});

const free = (order: number): Operation => ({ name: 'free', order });
const allocate = (order: number): Operation => ({ name: 'allocate', order });

const FAULTS: readonly [
  what: string,
  path: string,
  from: string,
  to: string,
  kernel: '2.4' | '2.6',
  operation: Operation,
  fails: string,
][] = [
  [
    'a wrong toggle',
    'src/buddy/zone.ts',
    'index >>> (order + 1)',
    'index >>> order',
    '2.4',
    free(0),
    'the list of page',
  ],
  ['a toggle that sets', 'src/buddy/zone.ts', 'old ^ mask', 'old | mask', '2.4', free(0), 'word of the map'],
  [
    'a forgotten toggle',
    'src/buddy/buddy.ts',
    'zone.markUsed(page, order);',
    '',
    '2.4',
    allocate(0),
    'word of the map',
  ],
  ['a forgotten count', 'src/buddy/buddy.ts', 'zone.counters.add(0, 1 << order);', '', '2.4', free(1), 'count of free'],
  ['a forgotten mark', 'src/buddy/page-buddy.ts', 'zone.buddyFlag.put(page, 1);', '', '2.6', free(0), 'mark of page'],
  [
    'an order that is not compared',
    'src/buddy/page-buddy.ts',
    ' && zone.privateOrder.get(buddy) === order',
    '',
    '2.6',
    free(0),
    'fails',
  ],
  ['a forgotten owner', 'src/buddy/owner.ts', 'this.bytes[page] = FREED;', '', '2.4', free(0), 'owner changes alone'],
  [
    'an order that is not whole',
    'src/buddy/allocator.ts',
    "if (!Number.isInteger(order) || order < 0) return rejected('no-such-order');",
    "if (order < 0) return rejected('no-such-order');",
    '2.4',
    { name: 'allocate', order: 'not whole' },
    'a value is used that is none',
  ],
  [
    'more pages than there can be',
    'src/buddy/allocator.ts',
    'pages > this.#zone.pages ? exhausted : this.allocate(getOrder(pages))',
    'this.allocate(getOrder(pages))',
    '2.4',
    { name: 'allocatePages', pages: 'above all words' },
    'a value is used that is none',
  ],
  [
    'nothing that shows the zone',
    'src/buddy/allocator.ts',
    'return this.#observation;',
    '',
    '2.6',
    { name: 'observe' },
    'it is what shows the zone',
  ],
  [
    'a block of the wrong list',
    'src/buddy/buddy.ts',
    'let current = order; current < zone.orders;',
    'let current = order; current < zone.orders - 1;',
    '2.4',
    allocate(0),
    'refused exactly',
  ],
];

test.each(FAULTS)('%s is refuted, and drawn', async (...fault) => {
  const [, path, from, to, kernel, operation, fails] = fault;
  const picture = await pictureOf([stepQuestion(broken(path, from, to), SHAPE[kernel], operation)]);
  expect(picture).toContain(fails);
  expect(picture).toMatch(/^2\.[46], .*\nfails:\n(?: {2}.*\n)+before\n {2}page .*\n(?: {2}.*\n)+.*\nafter\n {2}page /u);
});

test.each([
  ['a lost link', 'links[2 * first + 1] = node;', '', 'listAdd', /the page (?:before|after)|the head of list/u],
  ['a link that is not cleared', 'links[2 * node + 1] = NULL;\n  }\n}', '  }\n}', 'listDel', /has no links/u],
  [
    'a last page for a first',
    'return this.links[2 * node] ??',
    'return this.links[2 * node + 1] ??',
    'nextOf',
    /the link of the head/u,
  ],
] as const)('%s is refuted, and drawn', async (_what, from, to, operation, fails) => {
  const picture = await pictureOf([
    listQuestion(broken('src/words/list-head.ts', from, to), arena('2.4', 0, 3, 2), operation),
  ]);
  expect(picture).toMatch(fails);
});

test('a new zone whose lists are not made is refuted', async () => {
  const program = broken('src/words/list-head.ts', 'this.links[2 * head + 1] = head;', '');
  expect(await pictureOf([newZoneQuestion(program, SHAPE['2.4'])])).toContain('links');
});
