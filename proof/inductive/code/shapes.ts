/** The arenas about which questions are asked, and all questions about one. */

import { LIST_OPERATIONS, listQuestion } from './links.ts';
import { newZoneQuestion } from './new-zone.ts';
import { ODD_OPERATIONS, operationsOf, pagesOperations } from './call.ts';
import { stepQuestion } from './step.ts';
import { pfn } from '../../unit.ts';
import type { ListOperation } from './links.ts';
import type { Operation } from './call.ts';
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

/** What is asked of small arenas alone: for a block by a number of pages, and with numbers that no word is. */
const besides = (shape: ZoneShape): readonly Operation[] => [...pagesOperations(shape), ...ODD_OPERATIONS];

/** The questions that are asked of small arenas alone. */
export function* besidesQuestions(program: Program, shape: ZoneShape): Generator<Question> {
  for (const operation of besides(shape)) yield stepQuestion(program, shape, operation);
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

/** A question about each of the things that an operation, or making a zone, can be asked about. */
export interface Asks {
  readonly lists: (shape: ZoneShape, operation: ListOperation) => Question;
  readonly newZone: (shape: ZoneShape) => Question;
  readonly step: (shape: ZoneShape, operation: Operation) => Question;
}

/** Asks about all that decides whether the code is right; first what is answered soonest. */
export function* all({ lists, newZone, step }: Asks): Generator<Question> {
  for (const operation of LIST_OPERATIONS) yield lists(arena('2.4', 0, 3, 2), operation);
  for (const shape of TINY) for (const operation of besides(shape)) yield step(shape, operation);
  for (const shape of [...TINY, ...SMALL]) {
    yield newZone(shape);
    for (const operation of operationsOf(shape)) yield step(shape, operation);
  }
  for (const shape of WIDE) yield step(shape, { name: 'free', order: 0 });
}

/** All questions that decide whether the code is right. */
export const allQuestions = (program: Program): Generator<Question> =>
  all({
    lists: (shape, operation) => listQuestion(program, shape, operation),
    newZone: (shape) => newZoneQuestion(program, shape),
    step: (shape, operation) => stepQuestion(program, shape, operation),
  });
