/** The form held against the running code: random steps of both, every word and every answer compared. */

import { Formulas } from '../formula/formula.ts';
import { Program } from './program.ts';
import { Run, numberOf } from './run/run.ts';
import { State } from './run/state.ts';
import { TRUE } from '../formula/formula.ts';
import { Words, known } from '../formula/word.ts';
import { printPlace } from './form.ts';
import { order as orderFrom, pfn } from '../unit.ts';
import { callFace, subjectOf } from './subject.ts';
import { wordsIn } from './run/reflect.ts';
import type { Heap } from './run/state.ts';
import type { Subject } from './subject.ts';
import type { Value } from './run/value.ts';
import type { ZoneShape } from '../../src/index.ts';

/** Returns numbers that look random, the same for each seed: each call gives a whole number below `end`. */
function randomFrom(seed: number): (end: number) => number {
  let state = seed;
  return (end) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % end;
  };
}

/** Returns a value as running code has it: a number, a text, a record. Throws if a part of it is not known. */
function plain(value: Value): unknown {
  if (value.kind === 'number') return known(value.word);
  if (value.kind === 'text') return value.text;
  if (value.kind === 'undefined') return undefined;
  if (value.kind !== 'object') throw new Error(`a ${value.kind} is no answer`);
  return Object.fromEntries([...value.fields].map(([name, field]) => [name, plain(field)]));
}

/** One operation: how the running code carries it out, and what the form is to do. */
interface Operation {
  readonly name: 'allocate' | 'free' | 'handOver' | 'allocatePages';
  readonly values: readonly number[];
  readonly run: () => unknown;
}

/** Returns an operation that is legal more often than not. The first ones hand over most of the pages. */
function chosen({ allocator, zone }: Subject, random: (end: number) => number, step: number): Operation {
  const any = zone.base - 2 + random(zone.pages + 4);
  const isEarly = step < zone.pages && random(8) > 0;
  const frame = isEarly ? zone.base + step : any;
  const order = random(zone.orders + 2) - 1;
  const dice = isEarly ? 6 : random(8);
  if (dice < 3) {
    return { name: 'allocate', values: [order], run: () => allocator.allocate(orderFrom(order)) };
  }
  if (dice < 6) {
    const held = Array.from({ length: zone.pages }, (_, page) => page).filter(
      (page) => (zone.owners.bytes[page] ?? -1) >= 0,
    );
    const page = held[random(Math.max(held.length, 1))];
    const head = page === undefined || dice === 5 ? frame : zone.base + page;
    const at = page === undefined || dice === 5 ? order : (zone.owners.bytes[page] ?? 0);
    return { name: 'free', values: [head, at], run: () => allocator.free(pfn(head), orderFrom(at)) };
  }
  if (dice === 6) return { name: 'handOver', values: [frame], run: () => allocator.handOver(pfn(frame)) };
  const pages = random(zone.pages + 3) - 1;
  return { name: 'allocatePages', values: [pages], run: () => allocator.allocatePages(pages) };
}

/** Returns the first word in which the form differs from the running code. */
function difference({ arrays }: Subject, heap: Heap): string | undefined {
  for (const [name, array] of arrays) {
    const words = heap.get(name) ?? [];
    for (const [at, is] of array.entries()) {
      const said = known(words[at] ?? []);
      if (said !== is) return `${name}[${at}] is ${is}, and by the form ${said ?? 'unknown'}`;
    }
  }
  return undefined;
}

/** Compares some steps of one arena. Throws at the first difference, with the step. */
export function compareSteps(program: Program, shape: ZoneShape, steps: number, seed: number): void {
  const words = new Words(new Formulas());
  const subject = subjectOf(program, words, shape);
  const random = randomFrom(seed);
  let heap: Heap = wordsIn(subject.arrays);
  for (let step = 0; step < steps; step++) {
    const { name, values, run } = chosen(subject, random, step);
    const machine = new Run({ program, words, widths: subject.widths, rounds: shape.pages + shape.orders });
    const state = new State(TRUE, new Map(), heap);
    const answer = run();
    const said = callFace(machine, subject, state, name, values.map(numberOf));
    const where = `${shape.kernel}, ${shape.pages} pages from ${shape.base}, step ${step}, ${name} ${values.join(' ')}`;
    const [obligation] = machine.obligations;
    if (obligation !== undefined) throw new Error(`${where}: ${obligation.duty}: ${printPlace(obligation.at)}`);
    const [one, other] = [JSON.stringify(answer), JSON.stringify(plain(said))];
    if (one !== other) throw new Error(`${where}: the answer is ${one}, and by the form ${other}`);
    const differs = difference(subject, state.heap);
    if (differs !== undefined) throw new Error(`${where}: ${differs}`);
    heap = state.heap;
  }
}

const shape = (kernel: '2.4' | '2.6', base: number, pages: number, orders: number): ZoneShape => ({
  kernel,
  base: pfn(base),
  pages,
  orders,
  holes: pages > 9 ? [[pfn(base + 4), 1]] : [],
});

/** Twenty arenas: one block, several, odd sizes, bases that are not aligned, more than one word of a map. */
export const SHAPES: readonly ZoneShape[] = (['2.4', '2.6'] as const).flatMap((kernel) => [
  shape(kernel, 0, 1, 1),
  shape(kernel, 0, 8, 4),
  shape(kernel, 3, 13, 4),
  shape(kernel, 0, 16, 5),
  shape(kernel, 5, 16, 3),
  shape(kernel, 2, 11, 6),
  shape(kernel, 16, 32, 6),
  shape(kernel, 7, 33, 2),
  shape(kernel, 0, 70, 3),
  shape(kernel, 1, 70, 8),
]);

/** Compares as many steps of each of the arenas. Returns the number of steps in all. */
export function compareAll(steps: number): number {
  const program = new Program();
  for (const [n, one] of SHAPES.entries()) compareSteps(program, one, steps, 7 + n);
  return steps * SHAPES.length;
}
