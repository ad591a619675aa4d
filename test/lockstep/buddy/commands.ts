/** Commands of the lockstep as fast-check draws and shrinks them. */
import fc from 'fast-check';
import { ask, askPages } from './lockstep.ts';
import { commandOf } from '../../arbitrary/intent.ts';
import type { Arbitrary, Command } from 'fast-check';
import type { Intent } from '../../arbitrary/intent.ts';
import type { Model } from './model.ts';
import type { Real } from './real.ts';

/** One command of the lockstep; which one exactly, the model's state decides. Total: none is ever dropped. */
class Ask implements Command<Model, Real> {
  readonly #intent: Intent | 'pages';
  readonly #n: number;

  constructor(intent: Intent | 'pages', n: number) {
    this.#intent = intent;
    this.#n = n;
  }

  check(): boolean {
    return true;
  }

  run(model: Model, real: Real): void {
    if (this.#intent === 'pages') askPages(model, real, (this.#n % (model.shape.pages + 3)) - 1);
    else ask(model, real, commandOf(this.#intent, model, this.#n));
  }

  toString(): string {
    return `${this.#intent} ${this.#n}`;
  }
}

type Weights = readonly (readonly [Intent | 'pages', number])[];

const MISUSE: Weights = [
  ['lacking order', 1],
  ['hand-over misuse', 1],
  ['out-of-range', 1],
  ['wrong-order', 1],
  ['misaligned', 1],
  ['inner-page', 1],
  ['double-free', 1],
  ['never-allocated', 1],
  ['any free', 1],
];

/** All kinds alike; now and then full; now and then nearly empty. */
const MIXED: Weights = [['small', 16], ['allocate', 6], ['free', 22], ['hand-over', 4], ['pages', 3], ...MISUSE];
const FULL: Weights = [
  ['small', 12],
  ['allocate', 2],
  ['free', 10],
  ['hand-over', 2],
  ['pages', 1],
  ['inner-page', 1],
];
const EMPTY: Weights = [
  ['allocate', 6],
  ['free', 12],
  ['hand-over', 6],
  ['pages', 4],
  ['double-free', 1],
];

const MOST_NUMBER = 2 ** 16 - 1;

function commandsOf(weights: Weights, most: number): Arbitrary<Iterable<Command<Model, Real>>> {
  const asked = weights.flatMap(([intent, weight]) =>
    new Array<Arbitrary<Ask>>(weight).fill(fc.nat({ max: MOST_NUMBER }).map((n) => new Ask(intent, n))),
  );
  return fc.commands(asked, { maxCommands: most, size: 'max' });
}

/** Sequences of up to `most` commands of every kind. */
export const mixedSequences = (most: number): Arbitrary<Iterable<Command<Model, Real>>> => commandsOf(MIXED, most);

/** Sequences of up to `most` commands that mix their kinds in one of three ways. */
export const sequences = (most: number): Arbitrary<Iterable<Command<Model, Real>>> =>
  fc.oneof(mixedSequences(most), commandsOf(FULL, most), commandsOf(EMPTY, most));
