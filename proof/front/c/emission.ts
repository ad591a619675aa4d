/** The functions of a header: each printed when it is first called, after those that it calls. */

import { converted, quiet } from './printer.ts';
import { code } from './printed.ts';
import { bound, countOf } from './parameter.ts';
import { constantName, functionName } from './name.ts';
import { printBlock } from './statement.ts';
import { printPlace } from '../form.ts';
import { reassigned, statementsOf } from '../walk.ts';
import { wrapped } from './comment.ts';
import type { CType, Code, ObjectClass, Printed } from './printed.ts';
import type { Call, Frame, Printer } from './printer.ts';
import type { Body } from './statement.ts';
import type { Bound } from './parameter.ts';
import type { Kernel } from '../../../protocol/index.ts';
import type { Method } from '../form.ts';
import type { Program } from '../program.ts';

/** A function that is printed: what a call needs to know of it. */
interface Signature {
  readonly name: string;
  readonly parameters: readonly Bound['type'][];
  readonly returns: CType | 'void';
  readonly writes: boolean;
}

export class Emission implements Printer {
  readonly program: Program;
  readonly kernel: Kernel;
  readonly constants: Map<string, string> = new Map();
  readonly functions: string[] = [];
  readonly #signatures = new Map<string, Signature>();

  constructor(program: Program, kernel: Kernel) {
    this.program = program;
    this.kernel = kernel;
  }

  constant(name: string, value: Code): Code {
    if (value.type !== 'buddy_outcome') {
      this.constants.set(constantName(name), value.text);
      return code(value.type, constantName(name));
    }
    const called = `${functionName(name, undefined)}(`;
    const text = `static inline buddy_outcome ${called}void) { return ${value.text}; }`;
    if (!this.functions.includes(text)) this.functions.push(text);
    return code('buddy_outcome', `${called})`);
  }

  call({ method, self, values, at }: Call, frame: Frame): Printed {
    const [only] = method.body;
    const [value] = values;
    const isIdentity =
      only?.kind === 'return' && only.value.kind === 'local' && only.value.name === method.parameters[0]?.name;
    if (isIdentity && value !== undefined) return value;
    const { name, parameters, returns, writes } = this.request(method, self, values);
    if (writes) frame.effects.writes = true;
    const given = [...(self === undefined ? [] : [self]), ...values].map((one, n) => {
      const type = parameters[n];
      if (one.kind === 'runs') return `${one.text}, ${countOf(one.text)}`;
      if (one.kind === 'object') return one.text;
      if (type === undefined || type === 'by name') throw new Error(`${printPlace(at)}: what is given is no number`);
      return converted(quiet(one, at), type, at).text;
    });
    return { ...code(returns === 'void' ? 'bool' : returns, `${name}(${given.join(', ')})`), writes };
  }

  /** Prints a function, unless it is there already. */
  request(method: Method, self: Printed | undefined, values: readonly Printed[]): Signature {
    const name = functionName(method.name, classOf(self));
    const known = this.#signatures.get(name);
    if (known !== undefined) return known;
    const printed = this.#print(name, method, self, values);
    this.#signatures.set(name, printed);
    return printed;
  }

  #print(name: string, method: Method, self: Printed | undefined, values: readonly Printed[]): Signature {
    const owner = classOf(self);
    const own = self === undefined ? [] : [bound(owner === 'Field' ? 'words' : 'zone', self, false)];
    const given = method.parameters.map(
      (one, n) => [one.name, bound(one.name, values[n], owner === 'Allocator')] as const,
    );
    const body: Body = {
      module: method.module,
      self: own[0]?.value,
      names: new Map(given.map(([local, { value }]) => [local, value])),
      effects: { writes: false },
      changing: reassigned(method.body),
      returns: [],
      givesValue: statementsOf(method.body).some((one) => one.kind === 'return' && one.value.kind !== 'undefined'),
      givesNames: true,
    };
    const lines = printBlock(this, method.body, body);
    const { writes } = body.effects;
    const parameters = [...own, ...given.map(([, one]) => one)];
    const returns = body.returns[0]?.type ?? 'void';
    const head = `static inline ${returns} ${name}(${parameters.map((one) => one.declared(writes)).join(', ')})`;
    this.functions.push([...wrapped(method.comment), head, '{', ...lines.map((line) => `    ${line}`), '}'].join('\n'));
    return { name, parameters: parameters.map(({ type }) => type), returns, writes };
  }
}

const classOf = (self: Printed | undefined): ObjectClass | undefined =>
  self?.kind === 'object' ? self.class : undefined;
