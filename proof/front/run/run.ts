/** Carries out functions of the form on states that may be known, or unknown in part: all paths at once, joined where they meet. */

import { FALSE, TRUE, not } from '../../formula/formula.ts';
import { State, joined, joinedAll } from './state.ts';
import { UNDEFINED, merged, number } from './value.ts';
import { constant } from '../../formula/word.ts';
import { evaluate } from './evaluate.ts';
import { holdsOf, wordOf } from './coerce.ts';
import { printPlace } from '../form.ts';
import type { Block, Place, Statement } from '../form.ts';
import type { Call, Contract, Duty, Frame, Machine, Obligation } from './machine.ts';
import type { Literal } from '../../formula/formula.ts';
import type { Program } from '../program.ts';
import type { Value } from './value.ts';
import type { Words } from '../../formula/word.ts';

/** Where the paths of a function and of its innermost loop end. */
interface Ends {
  readonly frame: Frame;
  readonly returns: (readonly [State, Value])[];
  readonly breaks: State[];
  readonly continues: State[];
}

/** How code is carried out. */
export interface Options {
  readonly program: Program;
  readonly words: Words;
  readonly widths?: ReadonlyMap<string, number>;
  /** The most rounds of a loop: one that goes on is an obligation that fails. */
  readonly rounds: number;
  readonly contract?: Contract;
}

const BYTE = 8;

export class Run implements Machine {
  readonly program: Program;
  readonly words: Words;
  readonly widths: ReadonlyMap<string, number>;
  readonly obligations: Obligation[] = [];
  readonly #rounds: number;
  readonly #contract: Contract | undefined;
  /** The calls that are under way, outermost first. */
  readonly #calls: Place[] = [];

  constructor({ program, words, widths = new Map(), rounds, contract }: Options) {
    this.program = program;
    this.words = words;
    this.widths = widths;
    this.#rounds = rounds;
    this.#contract = contract;
  }

  oblige(duty: Duty, at: Place, state: State, fails: Literal): void {
    const reached = this.words.formulas.and(state.reached, fails);
    if (reached !== FALSE) this.obligations.push({ duty, at, fails: reached });
  }

  /** Calls a function in a state, which becomes the one after it. Returns what it returns, its paths joined. */
  invoke(call: Call, state: State): Value {
    const instead = this.#contract?.(this, call, state);
    if (instead !== undefined) return instead;
    const { method, self, values, at } = call;
    const frame: Frame = { module: method.module, self };
    const inner = new State(state.reached, new Map(), state.heap);
    for (const [n, { name, otherwise }] of method.parameters.entries()) {
      const given = values[n];
      inner.assign(name, given ?? (otherwise === undefined ? UNDEFINED : evaluate(this, otherwise, inner, frame)));
    }
    this.#calls.push(at);
    const ends: Ends = { frame, returns: [], breaks: [], continues: [] };
    this.#block(method.body, inner, ends);
    this.#calls.pop();
    return this.#returned([...ends.returns, [inner, UNDEFINED]], state);
  }

  #returned(returns: readonly (readonly [State, Value])[], state: State): Value {
    let sum = new State(FALSE, new Map(), state.heap);
    let value: Value = UNDEFINED;
    for (const [one, given] of returns) {
      if (one.isDead()) continue;
      value = sum.isDead() ? given : merged(this.words, one.reached, given, value);
      sum = joined(this.words, new State(one.reached, sum.variables, one.heap), sum);
    }
    state.become(new State(sum.reached, state.variables, sum.heap));
    return value;
  }

  #block(block: Block, state: State, ends: Ends): void {
    for (const statement of block) {
      if (state.isDead()) return;
      this.#statement(statement, state, ends);
    }
  }

  #statement(statement: Statement, state: State, ends: Ends): void {
    const { at } = statement;
    const { frame } = ends;
    switch (statement.kind) {
      case 'assign':
        return state.assign(statement.name, evaluate(this, statement.value, state, frame));
      case 'write':
        return this.#write(statement, state, frame);
      case 'evaluate':
        evaluate(this, statement.value, state, frame);
        return undefined;
      case 'if':
        return this.#if(statement, state, ends);
      case 'while':
        return this.#while(statement, state, ends);
      case 'each':
        return this.#each(statement, state, ends);
      case 'break':
        return this.#leave(state, ends.breaks);
      case 'continue':
        return this.#leave(state, ends.continues);
      case 'return': {
        const value = evaluate(this, statement.value, state, frame);
        ends.returns.push([state.under(this.words, TRUE), value]);
        state.reached = FALSE;
        return undefined;
      }
      case 'throw':
        evaluate(this, statement.message, state, frame);
        this.oblige('a bug is reported', this.#culprit(at), state, TRUE);
        state.reached = FALSE;
        return undefined;
    }
  }

  /** The call that led to a bug: the innermost one that is not in the file that throws. */
  #culprit(at: Place): Place {
    return this.#calls.findLast(({ file }) => file !== at.file) ?? at;
  }

  #leave(state: State, into: State[]): void {
    into.push(state.under(this.words, TRUE));
    state.reached = FALSE;
  }

  #write({ array, index, value, at }: Statement & { kind: 'write' }, state: State, frame: Frame): void {
    const target = evaluate(this, array, state, frame);
    const place = wordOf(this, evaluate(this, index, state, frame), state, at);
    const word = wordOf(this, evaluate(this, value, state, frame), state, at);
    if (target.kind !== 'array') throw new Error(`${printPlace(at)}: this is no array`);
    const elements = state.heap.get(target.name) ?? [];
    this.oblige('an index is out of bounds', at, state, not(this.words.isWithin(place, elements.length)));
    if (this.widths.get(target.name) === BYTE) {
      const { word: moved } = this.words.add(word, constant(2 ** (BYTE - 1)));
      this.oblige('a number leaves 32 bits', at, state, not(this.words.isWithin(moved, 2 ** BYTE)));
    }
    state.setArray(target.name, this.words.store(elements, place, word));
  }

  #if({ condition, yes, no, at }: Statement & { kind: 'if' }, state: State, ends: Ends): void {
    const holds = holdsOf(evaluate(this, condition, state, ends.frame), at);
    if (holds === TRUE) return this.#block(yes, state, ends);
    if (holds === FALSE) return this.#block(no, state, ends);
    const one = state.under(this.words, holds);
    const other = state.under(this.words, not(holds));
    this.#block(yes, one, ends);
    this.#block(no, other, ends);
    return state.become(joined(this.words, one, other));
  }

  #while({ condition, body, next, at }: Statement & { kind: 'while' }, state: State, ends: Ends): void {
    const breaks: State[] = [];
    for (let round = 0; !state.isDead(); round++) {
      const holds = holdsOf(evaluate(this, condition, state, ends.frame), at);
      breaks.push(state.under(this.words, not(holds)));
      state.become(state.under(this.words, holds));
      if (state.isDead()) break;
      if (round === this.#rounds) {
        this.oblige('a loop goes on', at, state, TRUE);
        break;
      }
      this.#round(body, state, { ...ends, breaks });
      this.#block(next, state, ends);
    }
    state.become(joinedAll(this.words, breaks));
  }

  #round(body: Block, state: State, ends: Ends): void {
    const continues: State[] = [];
    this.#block(body, state, { ...ends, continues });
    state.become(joinedAll(this.words, [...continues, state.under(this.words, TRUE)]));
  }

  #each({ name, of, body, at }: Statement & { kind: 'each' }, state: State, ends: Ends): void {
    const list = evaluate(this, of, state, ends.frame);
    if (list.kind !== 'list') throw new Error(`${printPlace(at)}: go through a list of known length`);
    const breaks: State[] = [];
    for (const item of list.items) {
      if (state.isDead()) break;
      state.assign(name, item);
      this.#round(body, state, { ...ends, breaks });
    }
    state.become(joinedAll(this.words, [...breaks, state.under(this.words, TRUE)]));
  }
}

/** Returns a known number as a value. */
export const numberOf = (n: number): Value => number(constant(n));
