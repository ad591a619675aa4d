/** What a processor does next, by what it has read so far: a tree of steps for each call, grown as it is walked. */

import { Stopped, isSame } from './run/access.ts';
import type { Access } from './run/access.ts';
import type { Command, PageCommand } from '../../protocol/index.ts';
import type { Going } from './run/evaluate.ts';
import type { Place } from '../front/form.ts';
import type { Value } from './run/value.ts';

/** What a caller asks: of a zone, or of a machine. */
export type Asked = Command | PageCommand;

/** How a call ends: with an answer, or because the code stops. */
export type End =
  | { readonly kind: 'answered'; readonly value: Value }
  | { readonly kind: 'stopped'; readonly why: string; readonly at: Place };

/** What there is at a point of a call. */
interface Point {
  readonly access?: Access;
  readonly end?: End;
  readonly choices?: readonly Choice[];
}

/** One of the calls that may be under way, and where in it that is. */
export interface Choice {
  readonly command: Asked;
  readonly step: Step;
}

let steps = 0;

/**
 * A point of a call: its next access, how it ended, or which calls it may be, if they part here. What comes after it depends on what
 * the word holds, and on nothing else.
 */
export class Step {
  /** A number that no other step has. */
  readonly id: number = steps++;
  readonly access: Access | undefined;
  readonly end: End | undefined;
  readonly choices: readonly Choice[];
  readonly #next: (value: number) => Step;
  readonly #after = new Map<number, Step>();

  constructor({ access, end, choices = [] }: Point, next: (value: number) => Step) {
    this.access = access;
    this.end = end;
    this.choices = choices;
    this.#next = next;
  }

  /** Returns the step after this one, if the word held this value. */
  after(value: number): Step {
    const known = this.#after.get(value);
    if (known !== undefined) return known;
    const next = this.#next(value);
    this.#after.set(value, next);
    return next;
  }
}

type Start = () => Going<Value>;

/** Goes on with code to its next access or to its end. */
function comeTo(going: Going<Value>, value: number | undefined): Point {
  try {
    const next = value === undefined ? going.next() : going.next(value);
    return next.done === true ? { end: { kind: 'answered', value: next.value } } : { access: next.value };
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return { end: { kind: 'stopped', why: error.message, at: error.at } };
  }
}

/** Returns code that waits at the point that it comes to if it reads these. */
function anew(start: Start, read: readonly number[]): Going<Value> {
  const going = start();
  going.next();
  for (const value of read) going.next(value);
  return going;
}

/** Returns the point that code comes to if it goes on with this value. It waits there until somebody goes on with it. */
function grown(start: Start, read: readonly number[], going: Going<Value>, value?: number): Step {
  let waiting: Going<Value> | undefined = going;
  return new Step(comeTo(going, value), (found) => {
    const here = waiting ?? anew(start, read);
    waiting = undefined;
    return grown(start, [...read, found], here, found);
  });
}

/** Returns the first step of a call. */
export const firstOf = (start: Start): Step => grown(start, [], start());

/** Returns the point of a call that may be any of these: one step as long as all take the same, to one of these words. */
export function together(choices: readonly Choice[], words: ReadonlySet<number>): Step {
  const [first, ...others] = choices.map(({ step }) => step);
  const { access, end } = first ?? {};
  if (access !== undefined && words.has(access.word) && others.every((other) => isSame(access, other.access))) {
    return new Step({ access }, (value) =>
      together(
        choices.map(({ command, step }) => ({ command, step: step.after(value) })),
        words,
      ),
    );
  }
  const parted = (): never => {
    throw new Error('calls that part go on as one of them');
  };
  if (end?.kind === 'stopped' && others.every((other) => other.end?.kind === 'stopped'))
    return new Step({ end }, parted);
  if (choices.some(({ step }) => step.end !== undefined)) throw new Error('some calls end before they part');
  return new Step({ choices }, parted);
}
