/** The parameters of a function in C, and what their names stand for in it. */

import { code } from './printed.ts';
import { snake } from './name.ts';
import type { CType, Printed } from './printed.ts';

/** A parameter, `this` too. */
export interface Bound {
  /** What its name stands for in the function. */
  readonly value: Printed;
  /** What a call must give: an object or a list by its name, or code of a type. */
  readonly type: CType | 'by name';
  /** Returns its declaration, in a function that writes or in one that only reads. */
  readonly declared: (writes: boolean) => string;
}

/** The parameters that are page frame numbers, in functions of the face and everywhere; every other number has 32 bits. */
const FRAMES_OF_FACE: readonly string[] = ['head', 'frame'];
const FRAMES: readonly string[] = ['base'];

function typeOf(name: string, given: Printed | undefined, isFace: boolean): CType {
  const isMisuse = given?.kind === 'text' || (given?.kind === 'code' && given.type === 'buddy_misuse');
  if (isMisuse) return 'buddy_misuse';
  return FRAMES.includes(name) || (isFace && FRAMES_OF_FACE.includes(name)) ? 'int64_t' : 'int32_t';
}

/** Returns the name of what says how many runs a list has. */
export const countOf = (runs: string): string => runs.replace(/s$/u, '_count');

/** Returns a parameter by what it is given in the first call. `isFace`: whether anybody may call the function. */
export function bound(name: string, given: Printed | undefined, isFace: boolean): Bound {
  const local = snake(name);
  if (given?.kind === 'object') {
    const what = given.class === 'Field' ? 'int32_t' : 'buddy_zone';
    const declared = (writes: boolean): string => `${writes ? '' : 'const '}${what} *${local}`;
    return { value: { kind: 'object', class: given.class, text: local }, type: 'by name', declared };
  }
  if (given?.kind === 'runs') {
    const declared = (): string => `const buddy_run *${local}, int32_t ${countOf(local)}`;
    return { value: { kind: 'runs', text: local }, type: 'by name', declared };
  }
  const type = typeOf(name, given, isFace);
  return { value: code(type, local), type, declared: () => `${type} ${local}` };
}
