/** The arenas about which questions are asked, and all questions about one. */

import { LIST_OPERATIONS, listQuestion } from './links.ts';
import { count } from './blocks.ts';
import { newZoneQuestion } from './new-zone.ts';
import { operationsOf, stepQuestion } from './step.ts';
import { pfn } from '../../unit.ts';
import type { Program } from '../../front/program.ts';
import type { Question } from './question.ts';
import type { ZoneShape } from '../../../src/index.ts';

export const KERNELS = ['2.4', '2.6'] as const;

/** Returns an arena with a hole in the middle, which counts only where a zone is made: in a step, any page can be in a hole. */
export const arena = (kernel: ZoneShape['kernel'], base: number, pages: number, orders: number): ZoneShape => ({
  kernel,
  base: pfn(base),
  pages,
  orders,
  holes: [[pfn(base + (pages >> 1)), 1]],
});

/** One block of 8 pages; two and three blocks of the top order, the last not whole; bases that are not aligned. */
export const SMALL: readonly ZoneShape[] = [
  ...KERNELS.map((kernel) => arena(kernel, 0, 8, 4)),
  ...KERNELS.map((kernel) => arena(kernel, 0, 6, 3)),
  ...KERNELS.map((kernel) => arena(kernel, 3, 11, 3)),
  arena('2.6', 3, 6, 3),
  arena('2.6', 1, 7, 4),
];

/** 70 pages, whose lowest map is more than one word, and whose bit 31 is the sign of a word. */
export const WIDE: readonly ZoneShape[] = KERNELS.map((kernel) => arena(kernel, 0, 70, 2));

export const SIXTEEN: readonly ZoneShape[] = [
  ...KERNELS.map((kernel) => arena(kernel, 0, 16, 5)),
  ...KERNELS.map((kernel) => arena(kernel, 5, 16, 4)),
];

export const LARGE: readonly ZoneShape[] = KERNELS.flatMap((kernel) => [
  arena(kernel, 0, 32, 6),
  arena(kernel, 9, 70, 6),
  arena(kernel, 0, 64, 7),
]);

/** The questions about asking for a block by a number of pages: from one below what is possible to one more than there are. */
export function* pagesQuestions(program: Program, shape: ZoneShape): Generator<Question> {
  for (const at of count(shape.pages + 2)) yield stepQuestion(program, shape, { name: 'allocatePages', pages: at });
}

/** The questions about a zone: a new one, and every operation in any state. */
export function* zoneQuestions(program: Program, shape: ZoneShape): Generator<Question> {
  yield newZoneQuestion(program, shape);
  for (const operation of operationsOf(shape)) yield stepQuestion(program, shape, operation);
}

/** The questions about the list operations, for as many pages and lists. */
export function* listQuestions(program: Program, pages: number, lists: number): Generator<Question> {
  for (const operation of LIST_OPERATIONS) yield listQuestion(program, arena('2.4', 0, pages, lists), operation);
}

/** Few pages, at which most mistakes show. */
export const TINY: readonly ZoneShape[] = [arena('2.4', 0, 4, 3), arena('2.6', 1, 6, 3)];

/** All questions that decide whether the code is right, those first that are answered soonest. */
export function* allQuestions(program: Program): Generator<Question> {
  yield* listQuestions(program, 3, 2);
  for (const shape of TINY) yield* pagesQuestions(program, shape);
  for (const shape of [...TINY, ...SMALL]) yield* zoneQuestions(program, shape);
  for (const shape of WIDE) yield stepQuestion(program, shape, { name: 'free', order: 0 });
}
