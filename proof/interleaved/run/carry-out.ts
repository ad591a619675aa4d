/** Carries out functions of the form, one access to a shared word at a time. */

import { Stopped } from './access.ts';
import { evaluate, touch } from './evaluate.ts';
import { holdsOf, numberOf } from './operator.ts';
import type { Block, Method, Statement } from '../../front/form.ts';
import type { Frame, Going, Machine } from './evaluate.ts';
import type { Program } from '../../front/program.ts';
import type { Value } from './value.ts';

/** How a statement ended, if not by going on with the next one. */
type Ended = { readonly kind: 'break' | 'continue' } | { readonly kind: 'return'; readonly value: Value } | undefined;

/** The most rounds of one loop. */
const MOST_ROUNDS = 200;

function* write(machine: Machine, statement: Statement & { kind: 'write' }, frame: Frame): Going<undefined> {
  const { at } = statement;
  const array = yield* evaluate(machine, statement.array, frame);
  const index = numberOf(yield* evaluate(machine, statement.index, frame), at);
  const value = numberOf(yield* evaluate(machine, statement.value, frame), at);
  if (typeof array !== 'object' || array.kind !== 'shared') throw new Stopped('this is no shared array', at);
  yield* touch(array, index, { kind: 'write', value: array.bytes === 1 ? (value << 24) >> 24 : value | 0 }, frame, at);
  return undefined;
}

function* loop(machine: Machine, statement: Statement & { kind: 'while' }, frame: Frame): Going<Ended> {
  for (let round = 0; holdsOf(yield* evaluate(machine, statement.condition, frame)); round++) {
    if (round === MOST_ROUNDS) throw new Stopped('a loop goes on', statement.at);
    const ended = yield* block(machine, statement.body, frame);
    if (ended?.kind === 'return') return ended;
    if (ended?.kind === 'break') break;
    yield* block(machine, statement.next, frame);
  }
  return undefined;
}

function* each(machine: Machine, statement: Statement & { kind: 'each' }, frame: Frame): Going<Ended> {
  const list = yield* evaluate(machine, statement.of, frame);
  if (typeof list !== 'object' || list.kind !== 'list') throw new Stopped('this is no list', statement.at);
  for (const item of list.items) {
    frame.variables.set(statement.name, item);
    const ended = yield* block(machine, statement.body, frame);
    if (ended?.kind === 'return') return ended;
    if (ended?.kind === 'break') break;
  }
  return undefined;
}

function* carryOut(machine: Machine, statement: Statement, frame: Frame): Going<Ended> {
  switch (statement.kind) {
    case 'assign':
      frame.variables.set(statement.name, yield* evaluate(machine, statement.value, frame));
      return undefined;
    case 'write':
      return yield* write(machine, statement, frame);
    case 'evaluate':
      yield* evaluate(machine, statement.value, frame);
      return undefined;
    case 'if': {
      const holds = holdsOf(yield* evaluate(machine, statement.condition, frame));
      return yield* block(machine, holds ? statement.yes : statement.no, frame);
    }
    case 'while':
      return yield* loop(machine, statement, frame);
    case 'each':
      return yield* each(machine, statement, frame);
    case 'break':
    case 'continue':
      return { kind: statement.kind };
    case 'return':
      return { kind: 'return', value: yield* evaluate(machine, statement.value, frame) };
    case 'throw':
      throw new Stopped('an error is thrown', statement.at);
  }
}

function* block(machine: Machine, statements: Block, frame: Frame): Going<Ended> {
  for (const statement of statements) {
    const ended = yield* carryOut(machine, statement, frame);
    if (ended !== undefined) return ended;
  }
  return undefined;
}

/** Returns a machine for the functions of a program. */
export function machineOf(program: Program): Machine {
  const machine: Machine = {
    program,
    *invoke(method: Method, self: Value, values: readonly Value[], around: Frame | undefined): Going<Value> {
      const within = method.module.startsWith('src/words/') ? (around?.within ?? method.name) : method.name;
      const frame: Frame = { method, self, variables: new Map(), within };
      for (const [n, { name, otherwise }] of method.parameters.entries()) {
        const given = values[n];
        const value = given ?? (otherwise === undefined ? undefined : yield* evaluate(machine, otherwise, frame));
        frame.variables.set(name, value);
      }
      const ended = yield* block(machine, method.body, frame);
      return ended?.kind === 'return' ? ended.value : undefined;
    },
  };
  return machine;
}
