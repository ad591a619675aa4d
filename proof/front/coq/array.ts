/** Prints writes to the arrays of a zone. */

import { printPlace } from '../form.ts';
import { printTerm, textOf } from './expression.ts';
import type { Context } from './expression.ts';
import type { Statement } from '../form.ts';

type Of<Kind extends Statement['kind']> = Statement & { readonly kind: Kind };

/** Bytes and words are written differently. */
const isBytes = (array: string): boolean => array === 'owners';

export function write({ array, at, index, value }: Of<'write'>, context: Context): string {
  const target = printTerm(array, context);
  if (target.kind !== 'array') throw new Error(`${printPlace(at)}: this is no array`);
  const given = textOf(printTerm(value, context), at);
  const place = textOf(printTerm(index, context), at);
  const writes = isBytes(target.name) ? 'write_byte' : 'write';
  return `let z := with_${target.name} z (${writes} (${target.name} z) ${place} ${given}) in`;
}

/** Prints a call of an array's `fill`; undefined if it is another call. */
export function fill({ value, at }: Of<'evaluate'>, context: Context): string | undefined {
  if (value.kind !== 'call' || value.callee.kind !== 'member' || value.callee.name !== 'fill') return undefined;
  const target = printTerm(value.callee.of, context);
  if (target.kind !== 'array') return undefined;
  const [what, from = '0', last = `(length (${target.name} z))`] = value.values.map((one) =>
    textOf(printTerm(one, context), at),
  );
  const stores = isBytes(target.name) ? 'i8' : 'i32';
  return `let z := with_${target.name} z (fill ${stores} (${target.name} z) ${what ?? '0'} ${from} ${last}) in`;
}
