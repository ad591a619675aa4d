/** The header in C of a kernel's allocator: the printed functions in the frame of `template.h`. */

import { Emission } from './emission.ts';
import { constantName } from './name.ts';
import { printGlobal } from './expression.ts';
import { sourceText } from '../program.ts';
import { FACE, ZONE } from '../files.ts';
import type { Kernel } from '../../../protocol/index.ts';
import type { Printed } from './printed.ts';
import type { Program } from '../program.ts';

const TEMPLATE = 'proof/front/c/template.h';
const ANSWERS = 'src/buddy/answer.ts';
/** How a kernel knows what is free. */
const MARKS: Readonly<Record<Kernel, string>> = {
  '2.4': 'with one bit for each pair of buddies',
  '2.6': 'which marks the first page of each free block',
};
/** What the face offers; what these call is printed too. */
const METHODS = ['allocate', 'allocatePages', 'free', 'handOver', 'misuseOf'];

/** Returns the lines of a template that are a kernel's: `#if KERNEL_24` and what belongs to it are decided here. */
function linesFor(template: string, kernel: Kernel): readonly string[] {
  let keeps = true;
  return template.split('\n').filter((line) => {
    const [, word] = /^#(if|else|endif)\b.*KERNEL_24/u.exec(line) ?? [];
    if (word === 'if') keeps = kernel === '2.4';
    if (word === 'else') keeps = !keeps;
    if (word === 'endif') keeps = true;
    return word === undefined && keeps;
  });
}

const object = (of: 'Allocator' | 'Zone'): Printed => ({ kind: 'object', class: of, text: 'zone' });

/** Prints all functions of the face, and the one that makes a zone new. */
function emitted(program: Program, kernel: Kernel): Emission {
  const emission = new Emission(program, kernel);
  emission.request(program.function(ZONE, 'initZone'), undefined, [object('Zone'), { kind: 'runs', text: 'holes' }]);
  const face = program.class(FACE, 'Allocator');
  for (const name of METHODS) {
    const method = program.method(face, name);
    if (method === undefined) throw new Error(`the face has no ${name} that can be read`);
    emission.request(method, object('Allocator'), []);
  }
  return emission;
}

/** Returns each misuse with the clause that it is against. */
function misusesOf(emission: Emission): readonly (readonly [name: string, clause: string])[] {
  const clauses = printGlobal(emission, 'CLAUSES', ANSWERS);
  if (clauses.kind !== 'record') throw new Error(`${ANSWERS} has no CLAUSES that can be read`);
  return [...clauses.fields].map(([name, value]) => [name, value.kind === 'text' ? value.text : '']);
}

/** Returns the header of a kernel, as it is committed. */
export function headerOf(program: Program, kernel: Kernel, template: string = sourceText(TEMPLATE)): string {
  const emission = emitted(program, kernel);
  const misuses = misusesOf(emission);
  const cases = (at: 0 | 1): readonly string[] =>
    misuses.map((one) => `    case ${constantName(one[0])}: return "${one[at]}";`);
  const parts: Readonly<Record<string, string>> = {
    constants: [...emission.constants]
      .map(([name, text]) => `#define ${name} ${text.startsWith('-') ? `(${text})` : text}`)
      .join('\n'),
    misuses: misuses.map(([name, clause]) => `    ${constantName(name)}, /* ${clause} */`).join('\n'),
    names: cases(0).join('\n'),
    clauses: cases(1).join('\n'),
    functions: emission.functions.join('\n\n'),
  };
  return linesFor(template, kernel)
    .map((line) => parts[/^ *\/\* (\w+) \*\/$/u.exec(line)?.[1] ?? ''] ?? line)
    .join('\n')
    .replaceAll('KERNEL', kernel)
    .replaceAll('MARKS', MARKS[kernel]);
}
