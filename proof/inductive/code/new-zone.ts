/** The question about a new zone: whatever is in memory before, `initZone` makes a state that satisfies the invariant. */

import { BOOT, HOLE } from '../../../src/buddy/owner.ts';
import { COUNTERS, FLAG, LINKS, MAP, OWNERS, PRIVATE } from './state.ts';
import { Formulas, TRUE } from '../../formula/formula.ts';
import { Run, numberOf } from '../../front/run/run.ts';
import { State } from '../../front/run/state.ts';
import { Words, constant } from '../../formula/word.ts';
import { ZONE } from '../../front/files.ts';
import { count } from './blocks.ts';
import { nameIn } from './call.ts';
import { numberIn } from './draw.ts';
import { obligationsOf } from './question.ts';
import { subjectOf } from '../../front/subject.ts';
import type { Goal, Question } from './question.ts';
import type { Heap } from '../../front/run/state.ts';
import type { Program } from '../../front/program.ts';
import type { Subject } from '../../front/subject.ts';
import type { Value } from '../../front/run/value.ts';
import type { Word } from '../../formula/word.ts';
import type { ZoneShape } from '../../../src/index.ts';

/** Returns the words that a new zone must have: no page is free, so no bit, mark or count is set and no page is on a list. */
function mustBe({ pages, orders, base, holes }: ZoneShape, made: Heap): Heap {
  const isHole = (page: number): boolean =>
    holes.some(([first, length]) => base + page >= first && base + page < first + length);
  const zeros = (name: string): readonly [string, readonly Word[]] => [
    name,
    (made.get(name) ?? []).map(() => constant(0)),
  ];
  const unlinked = count(2 * pages).map(() => constant(-1));
  const heads = count(2 * orders).map((at) => constant(pages + (at >> 1)));
  return new Map([
    [OWNERS, count(pages).map((page) => constant(isHole(page) ? HOLE : BOOT))],
    [LINKS, [...unlinked, ...heads]],
    ...[MAP, FLAG, PRIVATE, COUNTERS].map(zeros),
  ]);
}

const listOf = (holes: ZoneShape['holes']): Value => ({
  kind: 'list',
  items: holes.map(([first, length]) => ({ kind: 'list', items: [numberOf(first), numberOf(length)] })),
});

/** Returns arrays of unknown numbers, but for the one that is not in the region and never changes. */
function anyMemory(words: Words, { arrays }: Subject): Heap {
  const unknown = [...arrays].map(([name, array]) => {
    const width = 8 * array.BYTES_PER_ELEMENT;
    const elements = Array.from(array, (n, at) =>
      name === 'firstBits' ? constant(n) : words.variable(`${name}.${at}`, width, true),
    );
    return [name, elements] as const;
  });
  return new Map(unknown);
}

/** Carries out `initZone` as a program has it, in a region that holds anything. */
export function newZone(
  program: Program,
  words: Words,
  shape: ZoneShape,
): { readonly run: Run; readonly state: State } {
  const subject = subjectOf(program, words, shape);
  const rounds = shape.pages + shape.orders;
  const run = new Run({ program, words, widths: subject.widths, rounds });
  const state = new State(TRUE, new Map(), anyMemory(words, subject));
  const method = program.function(ZONE, 'initZone');
  const at = { file: 'a caller', line: 0, text: 'initZone' };
  run.invoke({ method, self: undefined, values: [subject.root, listOf(shape.holes)], at }, state);
  return { run, state };
}

/** Returns what must hold of `initZone` in a region that holds anything. @clause TAKE-3 @clause MAP-4 */
export function newZoneQuestion(program: Program, shape: ZoneShape): Question {
  const words = new Words(new Formulas());
  const { run, state } = newZone(program, words, shape);
  const goals = [...mustBe(shape, state.heap)].flatMap(([name, elements]): readonly Goal[] =>
    elements.map((must, n) => ({
      name: `${name} ${n} of a new zone`,
      holds: words.equal(state.heap.get(name)?.[n] ?? constant(0), must),
    })),
  );
  return {
    name: nameIn(shape, 'a new zone'),
    formulas: words.formulas,
    hypotheses: [],
    goals: [...obligationsOf(run.obligations), { name: 'the code comes to an end', holds: state.reached }, ...goals],
    real: [],
    draw: (valueOf) =>
      [...state.heap]
        .map(([name, elements]) => `  ${name}: ${elements.map((word) => numberIn(word, valueOf)).join(' ')}`)
        .join('\n'),
  };
}
