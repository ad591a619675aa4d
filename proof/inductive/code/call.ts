/** An operation of the face, asked in any state of a zone that satisfies the invariant, and carried out. */

import { Formulas, TRUE } from '../../formula/formula.ts';
import { ListContracts } from './contract.ts';
import { Run, numberOf } from '../../front/run/run.ts';
import { State } from '../../front/run/state.ts';
import { Words } from '../../formula/word.ts';
import { anyState } from './state.ts';
import { callFace, subjectOf } from '../../front/subject.ts';
import { count } from './blocks.ts';
import { number } from '../../front/run/value.ts';
import type { AnyState, PartOfInvariant } from './state.ts';
import type { Odd, Value } from '../../front/run/value.ts';
import type { Program } from '../../front/program.ts';
import type { Size } from './blocks.ts';
import type { Subject } from '../../front/subject.ts';
import type { Word } from '../../formula/word.ts';
import type { ZoneShape } from '../../../src/index.ts';

/** An operation of the face, with a known order or number of pages. A frame: any of 31 bits, unless it is odd. */
export type Operation =
  | { readonly name: 'allocate'; readonly order: number | Odd }
  | { readonly name: 'free'; readonly frame?: Odd; readonly order: number | Odd }
  | { readonly name: 'handOver'; readonly frame?: Odd }
  | { readonly name: 'allocatePages'; readonly pages: number | Odd }
  | { readonly name: 'observe' };

/** Returns every operation of the face: each order, one below and one above, any frame. */
export const operationsOf = ({ orders }: ZoneShape): readonly Operation[] => [
  ...(['free', 'allocate'] as const).flatMap((name) => count(orders + 2).map((at) => ({ name, order: at - 1 }))),
  { name: 'handOver' },
  { name: 'observe' },
];

/** Every operation that is given a number that no word is. */
export const ODD_OPERATIONS: readonly Operation[] = (
  ['not whole', 'above all words', 'below all words'] as const
).flatMap((odd): readonly Operation[] => [
  { name: 'allocate', order: odd },
  { name: 'free', order: odd },
  { name: 'free', frame: odd, order: 0 },
  { name: 'free', frame: odd, order: odd },
  { name: 'handOver', frame: odd },
  { name: 'allocatePages', pages: odd },
]);

/** Returns every way to ask for a block by a number of pages: from one below what is possible to one more than there are. */
export const pagesOperations = ({ pages }: ZoneShape): readonly Operation[] =>
  count(pages + 2).map((at) => ({ name: 'allocatePages', pages: at }));

const given = (n: number | Odd): Value => (typeof n === 'number' ? numberOf(n) : { kind: 'odd', how: n });

function argumentsOf(operation: Operation, anyFrame: Word): readonly Value[] {
  const named = (frame?: Odd): Value => (frame === undefined ? number(anyFrame) : given(frame));
  switch (operation.name) {
    case 'allocate':
      return [given(operation.order)];
    case 'free':
      return [named(operation.frame), given(operation.order)];
    case 'handOver':
      return [named(operation.frame)];
    case 'allocatePages':
      return [given(operation.pages)];
    case 'observe':
      return [];
  }
}

/** Returns what an operation is called in a question's name and in a picture. */
export function nameOf(operation: Operation): string {
  const named = (frame?: Odd): string => (frame === undefined ? '' : ` of a frame ${frame}`);
  switch (operation.name) {
    case 'allocate':
      return `allocate at order ${operation.order}`;
    case 'free':
      return `free${named(operation.frame)} at order ${operation.order}`;
    case 'handOver':
      return `handOver${named(operation.frame)}`;
    case 'allocatePages':
      return `allocatePages ${operation.pages}`;
    case 'observe':
      return 'observe';
  }
}

const FRAME_BITS = 31;

/** An operation that is asked of any state of a zone that satisfies the invariant. */
export interface Asked {
  readonly words: Words;
  readonly shape: ZoneShape;
  readonly subject: Subject;
  readonly size: Size;
  readonly operation: Operation;
  readonly frame: Word;
  readonly before: AnyState;
}

/** Returns an operation with any frame, and any state that satisfies the invariant, or all of it but for one part. */
export function anyCall(program: Program, shape: ZoneShape, operation: Operation, without?: PartOfInvariant): Asked {
  const words = new Words(new Formulas());
  const subject = subjectOf(program, words, shape);
  const size: Size = { pages: shape.pages, orders: shape.orders, offset: subject.zone.offset };
  const before = anyState(words, subject, size, without);
  const frame = words.variable('frame', FRAME_BITS, true);
  return { words, shape, subject, size, operation, frame, before };
}

/** What an operation comes to. */
export interface CarriedOut {
  readonly run: Run;
  readonly lists: ListContracts;
  readonly state: State;
  readonly answer: Value;
}

/** Carries out an operation as a program has it. `unknown`: what is unknown of the lists is called so. */
export function carriedOut(asked: Asked, program: Program, unknown?: string): CarriedOut {
  const { words, shape, size, operation, frame, before } = asked;
  const subject = asked.subject.program === program ? asked.subject : subjectOf(program, words, shape);
  const lists = new ListContracts(size, unknown);
  const { widths } = subject;
  const run = new Run({ program, words, widths, rounds: shape.orders, contract: lists.contract });
  const state = new State(TRUE, new Map(), before.heap);
  const answer = callFace(run, subject, state, operation.name, argumentsOf(operation, frame));
  return { run, lists, state, answer };
}

/** Returns the name of a question about a zone. */
export const nameIn = ({ kernel, pages, base, orders }: ZoneShape, what: string): string =>
  `${kernel}, ${pages} pages from ${base} in ${orders} orders: ${what}`;
