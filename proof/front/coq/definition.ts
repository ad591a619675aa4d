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
const tuple = (names: readonly string[]): string => (names.length === 1 ? names.join('') : `(${names.join(', ')})`);

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

function write({ array, at, index, value }: Of<'write'>, context: Context): string {
  const target = printTerm(array, context);
  if (target.kind !== 'array') throw new Error(`${printPlace(at)}: this is no array`);
  const given = textOf(printTerm(value, context), at);
  const place = textOf(printTerm(index, context), at);
  return `let z := with_${target.name} z (write (${target.name} z) ${place} ${given}) in`;
}

/** Returns a loop as a fixpoint, by what it carries out in a round. `gives`: the names that it assigns, or what is returned. */
function fixpoint(
  name: string,
  numbers: readonly string[],
  gives: readonly [changed: readonly string[], type: Type],
  round: Lines,
): string {
  const [changed, type] = gives;
  const names = changed.length === 0 ? 'unit' : changed.map(() => 'Z').join(' * ');
  const parameters = `(rounds : nat) (${numbers.join(' ')} : Z) (z : zone)`;
  return [
    `Fixpoint ${name} ${parameters} : result (ended (${names}) ${type} * zone) :=`,
    '  match rounds with',
    '  | O => Fuel',
    '  | S rounds =>',
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
    const name = self?.kind === 'field' ? `Field_${method.name}_${self.name}` : method.name;
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
    const isZone = (parameter: string): boolean => self === undefined && parameter === 'zone';
    const numbers = method.parameters.map((one) => one.name).filter((one) => !isZone(one));
    const names = new Map<string, Value>(self === undefined ? [['zone', { kind: 'zone' }]] : []);
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
    const parameters = numbers.length === 0 ? '' : ` (${numbers.join(' ')} : Z)`;
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
    const inside = [...statementsOf(body), ...step];
    const changed = numbers.filter((one) => inside.some((each) => each.kind === 'assign' && each.name === one));
    const loop = `${name}_loop${this.#loops++}`;
    const leave = (): Lines => [`Done (Left ${tuple(changed)}, z)`];
    const again = (): Lines => [`${loop} rounds ${numbers.join(' ')} z`];
    const stepped = (): Lines => this.#block(name, type, step, { ...going, after: again });
    const context: Context = { ...going.context, before: [] };
    const holds = textOf(printTerm(condition, context), at);
    const round = this.#block(name, type, body, {
      ...going,
      after: stepped,
      breaks: leave,
      continues: stepped,
      returns: (text) => [`Done (Returned ${text}, z)`],
    });
    const lines = [...context.before, `if ${holds} then`, ...indented(round), 'else', ...leave()];
    this.texts.push(fixpoint(loop, numbers, [changed, type], lines));
    const ended = `e${this.#names++}`;
    return [
      `do (${ended}, z) <- ${loop} (S (Z.to_nat (orders z))) ${numbers.join(' ')} z;`,
      `match ${ended} with`,
      `| Returned value => Done (value, z)`,
      `| Left ${tuple(changed)} =>`,
      ...indented(unended(next(numbers))),
      'end.',
    ];
  }
}

/** Returns lines without the full stop of a definition. */
const unended = (lines: Lines): Lines =>
  lines.map((line, n) => (n === lines.length - 1 ? line.replace(/\.$/u, '') : line));
