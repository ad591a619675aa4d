/** The functions of a header: each printed when it is first called, after those that it calls. */

import { converted, quiet } from './printer.ts';
import { code } from './printed.ts';
import { constantName, functionName, snake } from './name.ts';
import { printBlock } from './statement.ts';
import { printPlace } from '../form.ts';
import { reassigned, statementsOf } from './walk.ts';
import { wrapped } from './comment.ts';
import type { CType, Code, ObjectClass, Printed } from './printed.ts';
import type { Call, Frame, Printer } from './printer.ts';
import type { Kernel } from '../../../protocol/index.ts';
import type { Method } from '../form.ts';
import type { Program } from '../program.ts';

/** A function that is printed: what a call needs to know of it. */
interface Signature {
  readonly name: string;
  readonly parameters: readonly (CType | 'object')[];
  readonly returns: CType | 'void';
  readonly writes: boolean;
}

/** The parameters that are page frame numbers, in functions of the face and everywhere; every other number has 32 bits. */
const FRAMES_OF_FACE: readonly string[] = ['head', 'frame'];
const FRAMES: readonly string[] = ['base'];

/** Returns the type of a parameter. */
function typeOf(name: string, given: Printed | undefined, isFace: boolean): CType {
  const isMisuse = given?.kind === 'text' || (given?.kind === 'code' && given.type === 'buddy_misuse');
  if (isMisuse) return 'buddy_misuse';
  return FRAMES.includes(name) || (isFace && FRAMES_OF_FACE.includes(name)) ? 'int64_t' : 'int32_t';
}

/** Returns the declaration of `this` in a function. */
function selfDeclared(self: Printed, writes: boolean): string {
  if (self.kind !== 'object') throw new Error(`a method of ${self.kind}`);
  const constant = writes ? '' : 'const ';
  return self.class === 'Field' ? `${constant}int32_t *words` : `${constant}buddy_zone *zone`;
}

const selfWithin = (of: ObjectClass): Printed => ({
  kind: 'object',
  class: of,
  text: of === 'Field' ? 'words' : 'zone',
});

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
      if (one.kind === 'runs') return `${one.text}, ${one.text.replace(/s$/u, '_count')}`;
      if (one.kind === 'object') return one.text;
      if (type === undefined || type === 'object') throw new Error(`${printPlace(at)}: what is given is no number`);
      return converted(quiet(one, at), type, at).text;
    });
    return { ...code(returns === 'void' ? 'bool' : returns, `${name}(${given.join(', ')})`), writes };
  }

  /** Prints a function, unless it is there already. */
  request(method: Method, self: Printed | undefined, values: readonly Printed[]): Signature {
    const owner = self?.kind === 'object' ? self.class : undefined;
    const name = functionName(method.name, owner);
    const known = this.#signatures.get(name);
    if (known !== undefined) return known;
    const printed = this.#print(name, method, self, values);
    this.#signatures.set(name, printed);
    return printed;
  }

  #print(name: string, method: Method, self: Printed | undefined, values: readonly Printed[]): Signature {
    const effects = { writes: false };
    const names = new Map<string, Printed>();
    const declared: ((writes: boolean) => string)[] =
      self === undefined ? [] : [(writes) => selfDeclared(self, writes)];
    const types: (CType | 'object')[] = self === undefined ? [] : ['object'];
    for (const [n, parameter] of method.parameters.entries()) {
      const local = snake(parameter.name);
      const given = values[n];
      const type = typeOf(parameter.name, given, owner(self) === 'Allocator');
      types.push(given?.kind === 'object' || given?.kind === 'runs' ? 'object' : type);
      if (given?.kind === 'object') {
        names.set(parameter.name, { ...given, text: local });
        declared.push((writes) => selfDeclared({ ...given, text: local }, writes));
      } else if (given?.kind === 'runs') {
        names.set(parameter.name, { kind: 'runs', text: local });
        declared.push(() => `const buddy_run *${local}, int32_t ${local.replace(/s$/u, '_count')}`);
      } else {
        names.set(parameter.name, code(type, local));
        declared.push(() => `${type} ${local}`);
      }
    }
    const within = self?.kind === 'object' ? selfWithin(self.class) : undefined;
    const returned: Code[] = [];
    const givesValue = statementsOf(method.body).some((one) => one.kind === 'return' && one.value.kind !== 'undefined');
    const changing = reassigned(method.body);
    const frame = {
      module: method.module,
      self: within,
      names,
      effects,
      changing,
      returns: returned,
      givesValue,
      givesNames: true,
    };
    const lines = printBlock(this, method.body, frame);
    const returns = returned[0]?.type ?? 'void';
    const head = `static inline ${returns} ${name}(${declared.map((one) => one(effects.writes)).join(', ')})`;
    this.functions.push([...wrapped(method.comment), head, '{', ...lines.map((line) => `    ${line}`), '}'].join('\n'));
    return { name, parameters: types, returns, writes: effects.writes };
  }
}

const owner = (self: Printed | undefined): ObjectClass | undefined =>
  self?.kind === 'object' ? self.class : undefined;
