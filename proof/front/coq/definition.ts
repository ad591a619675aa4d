/** Prints functions as definitions in Coq: loops as fixpoints that are given how many rounds they may take. */

import { ROUNDS, call, fixpoint, indented, left, tuple, typed, unended } from './lines.ts';
import { bugOf, printTerm, textOf } from './expression.ts';
import { fill, write } from './array.ts';
import { typeOf } from './type.ts';
import { FACE } from '../files.ts';
import { printPlace } from '../form.ts';
import { contains, statementsOf } from '../walk.ts';
import type { Block, Expression, Method, Statement } from '../form.ts';
import type { Context } from './expression.ts';
import type { Countdown, Lines } from './lines.ts';
import type { Program } from '../program.ts';
import { term } from './value.ts';
import type { Printed, Type, Value } from './value.ts';

type Of<Kind extends Statement['kind']> = Statement & { readonly kind: Kind };

/** What comes after a statement: the lines of the rest, after a `break`, after a `continue`; and of a return. */
interface Going {
  readonly context: Context;
  /** The names of numbers that are visible, in the sequence in which they were declared. */
  readonly numbers: readonly string[];
  readonly after: (numbers: readonly string[], context: Context) => Lines;
  readonly breaks: () => Lines;
  readonly continues: () => Lines;
  readonly returns: (text: string) => Lines;
}

/** How a round of a loop is left: by a `break`, and by a `return`. */
const inside = (changed: readonly string[]): Pick<Going, 'breaks' | 'returns'> => ({
  breaks: () => left(changed),
  returns: (text) => [`Done (Returned ${text}, z)`],
});

/** Returns those of some names that a block assigns. */
function assigned(names: readonly string[], block: Block): readonly string[] {
  const within = statementsOf(block);
  return names.filter((name) => within.some((one) => one.kind === 'assign' && one.name === name));
}

/** Parameters that are lists of runs of pages. */
const RUNS: readonly string[] = ['holes'];
/** Parameters that are texts. */
const TEXTS: readonly string[] = ['misuse'];

/** Returns the lines of the statements that follow, in which more names may be visible. */
type Next = (numbers: readonly string[], names?: ReadonlyMap<string, Value>) => Lines;

/** What an option may have in it. */
const INSIDE: Readonly<Partial<Record<Type, Type>>> = { '(option Z)': 'Z', '(option string)': 'string' };

/** Prints an assignment. An array or an object gets no name in Coq: it is known by what it is. */
function assign({ name, value }: Of<'assign'>, context: Context, numbers: readonly string[], next: Next): Lines {
  const given = printTerm(value, context);
  if (given.kind !== 'term') return next(numbers, new Map(context.names).set(name, given));
  const names = new Map(context.names).set(name, { ...given, text: name });
  const isNew = given.type === 'Z' && !numbers.includes(name);
  return [`let ${name} := ${given.text} in`, ...next(isNew ? [...numbers, name] : numbers, names)];
}

/** Prints what a function of a type returns. */
function returned(value: Expression, type: Type, context: Context): string {
  if (value.kind === 'undefined') return type === 'unit' ? 'tt' : 'None';
  const text = textOf(printTerm(value, context), value.at);
  return type === '(option string)' ? `(Some ${text})` : text;
}

/** A name that may be missing and is asked whether it is, and whether the answer of yes says that it is. */
function askedFor(condition: Expression, context: Context): { name: string; type: Type; missing: boolean } | undefined {
  if (condition.kind !== 'comparison' || condition.right.kind !== 'undefined') return undefined;
  const { left: asked, operator } = condition;
  const value = asked.kind === 'local' ? context.names.get(asked.name) : undefined;
  if (asked.kind !== 'local' || value?.kind !== 'term') return undefined;
  const type = INSIDE[value.type];
  return type === undefined ? undefined : { name: asked.name, type, missing: operator === '===' };
}

/** The core of the face, which is given to what asks for it. */
const isCore = (one: Expression): boolean => one.kind === 'member' && one.name === '#core';

/** Returns the name of a file as a part of a name of Coq. */
const stemOf = (path: string): string => (/([\w-]+)\.ts$/u.exec(path)?.[1] ?? '').replaceAll('-', '_');

export class Definitions {
  readonly #program: Program;
  readonly #printed = new Map<string, Printed>();
  #texts: string[] = [];
  #names = 0;
  #loops = 0;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Returns what was printed since this was asked before. */
  texts(): readonly string[] {
    const texts = this.#texts;
    this.#texts = [];
    return texts;
  }

  /** Prints a function, after those that it calls, unless it is there already. */
  request(method: Method, self: Value | undefined): Printed {
    const plain = method.name.replace('#', '');
    const named = self?.kind === 'field' ? `${self.of}_${plain}_${self.name}` : plain;
    const key = `${method.module} ${named}`;
    const known = this.#printed.get(key);
    if (known !== undefined) return known;
    const isTaken = [...this.#printed.values()].some(({ name }) => name === named);
    const name = isTaken ? `${stemOf(method.module)}_${named}` : named;
    const printed = { name, type: typeOf(method, this.#program), cored: this.#isCored(method, self) };
    this.#printed.set(key, printed);
    this.#print(printed, method, self);
    return printed;
  }

  /** Reports whether a method of the face asks for its core, or calls one that does. */
  #isCored(method: Method, self: Value | undefined): boolean {
    if (self?.kind !== 'face') return false;
    const face = this.#program.class(FACE, 'Allocator');
    const calls = (one: Expression): boolean => {
      if (one.kind !== 'member' || one.of.kind !== 'this') return false;
      const called = this.#program.method(face, one.name);
      return called !== undefined && called !== method && this.#isCored(called, self);
    };
    return contains(method.body, (one) => isCore(one) || calls(one));
  }

  #print({ name, type, cored }: Printed, method: Method, self: Value | undefined): void {
    const given = method.parameters.map((one) => one.name);
    const isZone = (parameter: string): boolean => self === undefined && parameter === 'zone';
    const runs = given.filter((one) => RUNS.includes(one));
    const numbers = given.filter((one) => !isZone(one) && ![...RUNS, ...TEXTS].includes(one));
    const names = new Map<string, Value>(runs.map((one) => [one, { kind: 'runs', text: one }]));
    const texts = given.filter((one) => TEXTS.includes(one));
    for (const one of texts) names.set(one, term('string', one));
    for (const one of numbers) names.set(one, term('Z', one));
    if (self === undefined) names.set('zone', { kind: 'zone' });
    const context: Context = {
      program: this.#program,
      module: method.module,
      self,
      names,
      before: [],
      fresh: () => `v${this.#names++}`,
      request: (one, of) => this.request(one, of),
    };
    const nowhere = (): Lines => {
      throw new Error(`${name}: a loop is left that is none`);
    };
    const going: Going = {
      context,
      numbers,
      after: () => ['Done (tt, z).'],
      breaks: nowhere,
      continues: nowhere,
      returns: (text) => [`Done (${text}, z).`],
    };
    const [outerNames, outerLoops] = [this.#names, this.#loops];
    [this.#names, this.#loops] = [0, 0];
    const lines = this.#block(name, type, method.body, going);
    [this.#names, this.#loops] = [outerNames, outerLoops];
    const parameters = typed(numbers, 'Z') + typed(texts, 'string') + typed(runs, 'list (Z * Z)');
    const head = `Definition ${name}${cored ? ' (core : core)' : ''} (z : zone)${parameters} : result (${type} * zone) :=`;
    this.#texts.push([`(* ${method.module} ${method.name} *)`, head, ...indented(lines)].join('\n'));
  }

  #block(name: string, type: Type, [statement, ...rest]: Block, going: Going): Lines {
    if (statement === undefined) return going.after(going.numbers, going.context);
    const context: Context = { ...going.context, before: [] };
    const next = (numbers: readonly string[], names = going.context.names): Lines =>
      this.#block(name, type, rest, { ...going, numbers, context: { ...going.context, names } });
    const lines = this.#statement(name, type, statement, { ...going, context }, next);
    return [...context.before, ...lines];
  }

  #statement(name: string, type: Type, statement: Statement, going: Going, next: Next): Lines {
    const { context, numbers } = going;
    const { at } = statement;
    switch (statement.kind) {
      case 'assign':
        return assign(statement, context, numbers, next);
      case 'write':
        return [write(statement, context), ...next(numbers)];
      case 'evaluate': {
        const bug = bugOf(statement.value, context);
        if (bug !== undefined) return [`Bug ${bug}`];
        const filled = fill(statement, context);
        if (filled !== undefined) return [filled, ...next(numbers)];
        printTerm(statement.value, context);
        return next(numbers);
      }
      case 'if':
        return this.#if(name, type, statement, going, next);
      case 'while':
        return this.#loop(name, type, statement, going, next);
      case 'break':
        return going.breaks();
      case 'continue':
        return going.continues();
      case 'return':
        return going.returns(returned(statement.value, type, context));
      case 'each':
        return this.#each(name, type, statement, going, next);
      case 'throw':
        throw new Error(`${printPlace(at)}: ${statement.kind} is not printed in Coq yet`);
    }
  }

  #if(name: string, type: Type, { at, condition, no, yes }: Of<'if'>, going: Going, next: Next): Lines {
    const { context, numbers } = going;
    const branch = (block: Block, names = context.names): Lines => {
      const inner = { ...context, names, before: [] };
      return this.#block(name, type, block, { ...going, after: () => next(numbers, names), context: inner });
    };
    const asked = askedFor(condition, context);
    if (asked === undefined) {
      const holds = textOf(printTerm(condition, context), at);
      return [`if ${holds} then`, ...indented(unended(branch(yes))), 'else', ...branch(no)];
    }
    const names = new Map(context.names).set(asked.name, term(asked.type, asked.name));
    const [none, some] = asked.missing ? [branch(yes), branch(no, names)] : [branch(no), branch(yes, names)];
    return [
      `match ${asked.name} with`,
      '| None =>',
      ...indented(unended(none)),
      `| Some ${asked.name} =>`,
      ...indented(unended(some)),
      'end.',
    ];
  }

  /** Prints a loop as a fixpoint over the names that are visible before it. It returns those that it assigns. */
  #loop(
    name: string,
    type: Type,
    { body, condition, next: step, at }: Of<'while'>,
    going: Going,
    next: (numbers: readonly string[]) => Lines,
  ): Lines {
    const { numbers } = going;
    const changed = assigned(numbers, [...body, ...step]);
    const loop = `${name}_loop${this.#loops++}`;
    const again = (): Lines => [call(loop, 'rounds', numbers)];
    const stepped = (): Lines => this.#block(name, type, step, { ...going, after: again });
    const context: Context = { ...going.context, before: [] };
    const holds = textOf(printTerm(condition, context), at);
    const round = this.#block(name, type, body, { ...going, after: stepped, continues: stepped, ...inside(changed) });
    const lines = [...context.before, `if ${holds} then`, ...indented(round), 'else', ...left(changed)];
    this.#texts.push(fixpoint(loop, ROUNDS, numbers, [changed, type], lines));
    return this.#ended(call(loop, '(most_rounds z)', numbers), changed, () => next(numbers));
  }

  /** Prints what is done for each item of a list: one after another if it is written out, or as a fixpoint over it. */
  #each(name: string, type: Type, { body, name: item, of, at }: Of<'each'>, going: Going, next: Next): Lines {
    const list = printTerm(of, going.context);
    const { numbers } = going;
    const done = (value: Value, after: Going['after'], others: Partial<Going> = {}): Lines => {
      const names = new Map(going.context.names).set(item, value);
      return this.#block(name, type, body, { ...going, after, ...others, context: { ...going.context, names } });
    };
    if (list.kind === 'list') return list.items.reduceRight<Lines>((rest, one) => done(one, () => rest), next(numbers));
    if (list.kind !== 'runs') throw new Error(`${printPlace(at)}: go through a list that is written out, or given`);
    const changed = assigned(numbers, body);
    const loop = `${name}_each${this.#loops++}`;
    const again = (): Lines => [call(loop, 'items', numbers)];
    const round = done({ kind: 'run', text: 'item' }, again, { continues: again, ...inside(changed) });
    const items: Countdown = {
      parameter: '(items : list (Z * Z))',
      none: `nil => ${left(changed).join('')}`,
      some: 'cons item items',
    };
    this.#texts.push(fixpoint(loop, items, numbers, [changed, type], round));
    return this.#ended(call(loop, list.text, numbers), changed, () => next(numbers));
  }

  /** Prints what comes after a loop. */
  #ended(loop: string, changed: readonly string[], next: () => Lines): Lines {
    const ended = `e${this.#names++}`;
    return [
      `do (${ended}, z) <- ${loop};`,
      `match ${ended} with`,
      `| Returned value => Done (value, z)`,
      `| Left ${tuple(changed)} =>`,
      ...indented(unended(next())),
      'end.',
    ];
  }
}
