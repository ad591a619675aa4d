/** Prints functions as definitions in Coq: loops as fixpoints that are given how many rounds they may take. */

import { bugOf, printTerm, textOf } from './expression.ts';
import { printPlace } from '../form.ts';
import { statementsOf } from '../walk.ts';
import type { Block, Method, Statement } from '../form.ts';
import type { Context } from './expression.ts';
import type { Program } from '../program.ts';
import type { Printed, Type, Value } from './value.ts';

type Of<Kind extends Statement['kind']> = Statement & { readonly kind: Kind };
type Lines = readonly string[];

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

const indented = (lines: Lines): Lines => lines.map((line) => `  ${line}`);
/** Returns names as one term: `tt` if there are none. */
const tuple = (names: readonly string[]): string =>
  names.length === 0 ? 'tt' : names.length === 1 ? names.join('') : `(${names.join(', ')})`;

const call = (name: string, counted: string, numbers: readonly string[]): string =>
  [name, counted, ...numbers, 'z'].join(' ');

/** Returns the lines that leave a loop, with the names that it assigns. */
const left = (changed: readonly string[]): Lines => [`Done (Left ${tuple(changed)}, z)`];

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

const typed = (names: readonly string[], type: string): string =>
  names.length === 0 ? '' : ` (${names.join(' ')} : ${type})`;

/** Returns the lines of the statements that follow, in which more names may be visible. */
type Next = (numbers: readonly string[], names?: ReadonlyMap<string, Value>) => Lines;

/** Prints an assignment. An array or an object gets no name in Coq: it is known by what it is. */
function assign({ name, value }: Of<'assign'>, context: Context, numbers: readonly string[], next: Next): Lines {
  const given = printTerm(value, context);
  if (given.kind !== 'term') return next(numbers, new Map(context.names).set(name, given));
  const names = new Map(context.names).set(name, { ...given, text: name });
  const isNew = given.type === 'Z' && !numbers.includes(name);
  return [`let ${name} := ${given.text} in`, ...next(isNew ? [...numbers, name] : numbers, names)];
}

/** Bytes and words are written differently. */
const isBytes = (array: string): boolean => array === 'owners';

function write({ array, at, index, value }: Of<'write'>, context: Context): string {
  const target = printTerm(array, context);
  if (target.kind !== 'array') throw new Error(`${printPlace(at)}: this is no array`);
  const given = textOf(printTerm(value, context), at);
  const place = textOf(printTerm(index, context), at);
  const writes = isBytes(target.name) ? 'write_byte' : 'write';
  return `let z := with_${target.name} z (${writes} (${target.name} z) ${place} ${given}) in`;
}

/** Prints a call of an array's `fill`; undefined if it is another call. */
function fill({ value, at }: Of<'evaluate'>, context: Context): string | undefined {
  if (value.kind !== 'call' || value.callee.kind !== 'member' || value.callee.name !== 'fill') return undefined;
  const target = printTerm(value.callee.of, context);
  if (target.kind !== 'array') return undefined;
  const [what, from = '0', last = `(length (${target.name} z))`] = value.values.map((one) =>
    textOf(printTerm(one, context), at),
  );
  const stores = isBytes(target.name) ? 'i8' : 'i32';
  return `let z := with_${target.name} z (fill ${stores} (${target.name} z) ${what ?? '0'} ${from} ${last}) in`;
}

/** What a loop counts down, and what it leads to when that is used up. */
interface Countdown {
  readonly parameter: string;
  readonly none: string;
  readonly some: string;
}

const ROUNDS: Countdown = { parameter: '(rounds : nat)', none: 'O => Fuel', some: 'S rounds' };

/** Returns a loop as a fixpoint, by what it carries out in a round. `gives`: the names that it assigns, or what is returned. */
function fixpoint(
  name: string,
  { parameter, none, some }: Countdown,
  numbers: readonly string[],
  gives: readonly [changed: readonly string[], type: Type],
  round: Lines,
): string {
  const [changed, type] = gives;
  const names = changed.length === 0 ? 'unit' : changed.map(() => 'Z').join(' * ');
  const [counted = ''] = /\w+/u.exec(parameter) ?? [];
  return [
    `Fixpoint ${name} ${parameter}${typed(numbers, 'Z')} (z : zone) : result (ended (${names}) ${type} * zone) :=`,
    `  match ${counted} with`,
    `  | ${none}`,
    `  | ${some} =>`,
    ...indented(indented(round)),
    '  end.',
  ].join('\n');
}

export class Definitions {
  readonly texts: string[] = [];
  readonly #program: Program;
  readonly #printed = new Map<string, Printed>();
  #names = 0;
  #loops = 0;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Prints a function, after those that it calls, unless it is there already. */
  request(method: Method, self: Value | undefined): Printed {
    const name = self?.kind === 'field' ? `${self.of}_${method.name}_${self.name}` : method.name;
    const known = this.#printed.get(name);
    if (known !== undefined) return known;
    const printed = { name, type: this.#typeOf(method) };
    this.#printed.set(name, printed);
    this.#print(printed, method, self);
    return printed;
  }

  #typeOf(method: Method): Type {
    const value = statementsOf(method.body).find((one) => one.kind === 'return' && one.value.kind !== 'undefined');
    if (value?.kind !== 'return') return 'unit';
    return value.value.kind === 'comparison' || value.value.kind === 'truth' ? 'bool' : 'Z';
  }

  #print({ name, type }: Printed, method: Method, self: Value | undefined): void {
    const given = method.parameters.map((one) => one.name);
    const isZone = (parameter: string): boolean => self === undefined && parameter === 'zone';
    const runs = given.filter((one) => RUNS.includes(one));
    const numbers = given.filter((one) => !isZone(one) && !runs.includes(one));
    const names = new Map<string, Value>(runs.map((one) => [one, { kind: 'runs', text: one }]));
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
    const parameters = typed(numbers, 'Z') + typed(runs, 'list (Z * Z)');
    const head = `Definition ${name} (z : zone)${parameters} : result (${type} * zone) :=`;
    this.texts.push([`(* ${method.module} ${method.name} *)`, head, ...indented(lines)].join('\n'));
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
      case 'if': {
        const holds = textOf(printTerm(statement.condition, context), at);
        const branch = (block: Block): Lines =>
          this.#block(name, type, block, { ...going, after: () => next(numbers), context: { ...context, before: [] } });
        return [`if ${holds} then`, ...indented(unended(branch(statement.yes))), 'else', ...branch(statement.no)];
      }
      case 'while':
        return this.#loop(name, type, statement, going, next);
      case 'break':
        return going.breaks();
      case 'continue':
        return going.continues();
      case 'return':
        return going.returns(
          statement.value.kind === 'undefined' ? 'tt' : textOf(printTerm(statement.value, context), at),
        );
      case 'each':
        return this.#each(name, type, statement, going, next);
      case 'throw':
        throw new Error(`${printPlace(at)}: ${statement.kind} is not printed in Coq yet`);
    }
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
    this.texts.push(fixpoint(loop, ROUNDS, numbers, [changed, type], lines));
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
    this.texts.push(fixpoint(loop, items, numbers, [changed, type], round));
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

/** Returns lines without the full stop of a definition. */
const unended = (lines: Lines): Lines =>
  lines.map((line, n) => (n === lines.length - 1 ? line.replace(/\.$/u, '') : line));
