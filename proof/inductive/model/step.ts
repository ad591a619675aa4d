/** Freeing and allocating as src does it in 2.4, as formulas over the zone before and the zone after. */

import { FALSE, not } from '../../formula/formula.ts';
import { at, means } from './zone.ts';
import type { Formulas, Literal } from '../../formula/formula.ts';
import type { Request, Zone } from './zone.ts';

/** What is wrong with the code, on purpose: nothing, or a toggle that is left out. */
export type Slip =
  'none' | 'no-toggle-when-it-stops' | 'no-toggle-when-it-joins' | 'no-toggle-when-taken' | 'no-toggle-when-split';

/** A zone after a step, and whether every block that was taken off a list was on it, and none was put on one that was. */
export interface Stepped {
  readonly zone: Zone;
  readonly linked: Literal;
}

const rowsOf = (top: number, says: (of: number, index: number) => Literal): readonly (readonly Literal[])[] =>
  Array.from({ length: top + 1 }, (_, of) => Array.from({ length: 2 ** (top - of) }, (_row, index) => says(of, index)));

const pairsOf = (top: number, says: (of: number, pair: number) => Literal): readonly (readonly Literal[])[] =>
  rowsOf(top, says)
    .slice(0, top)
    .map((row) => row.slice(0, row.length / 2));

/** Reports whether a bit is complemented that a block being freed comes to, by what it was. */
function slipped(formulas: Formulas, slip: Slip, comes: Literal, bit: Literal): Literal {
  if (slip === 'no-toggle-when-it-stops') return formulas.and(comes, bit);
  return slip === 'no-toggle-when-it-joins' ? formulas.and(comes, not(bit)) : comes;
}

/**
 * `freePagesOk` of src, of the block that a request means, with one loop for every order: where a block being freed has come
 * to an order, the bit of its pair is complemented; if it was 1 the buddy is taken off its list, and the parent goes on.
 * With `handed` the block is a page that was never handed over. @linux mm/page_alloc.c __free_pages_ok
 */
export function freed(formulas: Formulas, zone: Zone, request: Request, handed: Literal, slip: Slip): Stepped {
  const { top, listed, outstanding, apart, bits } = zone;
  const meant = rowsOf(top, (of, index) => means(formulas, request, of, index));
  const coming: Literal[][] = [];
  for (let of = 0; of <= top; of++) {
    coming.push(
      Array.from({ length: 2 ** (top - of) }, (_, index) => {
        const below = of === 0 ? FALSE : formulas.or(at(coming, of - 1, 2 * index), at(coming, of - 1, 2 * index + 1));
        const joins = of === 0 ? FALSE : formulas.and(below, at(bits, of - 1, index));
        return formulas.or(at(meant, of, index), joins);
      }),
    );
  }
  const wasOne = (of: number, index: number): Literal => (of === top ? FALSE : at(bits, of, index >> 1));
  const unlinks = (of: number, index: number): Literal =>
    of === top ? FALSE : formulas.and(at(coming, of, index ^ 1), wasOne(of, index));
  const links = (of: number, index: number): Literal => formulas.and(at(coming, of, index), not(wasOne(of, index)));
  const linked = rowsOf(top, (of, index) =>
    formulas.and(
      formulas.implies(unlinks(of, index), at(listed, of, index)),
      formulas.implies(links(of, index), not(at(listed, of, index))),
    ),
  );
  const toggled = (of: number, pair: number): Literal =>
    slipped(formulas, slip, formulas.or(at(coming, of, 2 * pair), at(coming, of, 2 * pair + 1)), at(bits, of, pair));
  const after: Zone = {
    top,
    listed: rowsOf(top, (of, index) =>
      formulas.or(formulas.and(at(listed, of, index), not(unlinks(of, index))), links(of, index)),
    ),
    outstanding: rowsOf(top, (of, index) =>
      formulas.and(at(outstanding, of, index), not(formulas.and(at(meant, of, index), not(handed)))),
    ),
    apart: apart.map((page, n) => formulas.and(page, not(formulas.and(at(meant, 0, n), handed)))),
    bits: pairsOf(top, (of, pair) => formulas.xor(at(bits, of, pair), toggled(of, pair))),
  };
  return { zone: after, linked: formulas.all(linked.flat()) };
}

/**
 * `rmqueue` and `expand` of src, of a block of some order out of the listed block that a request means, whichever that is: its
 * lower halves go on their lists, the upper ones are split on. @linux mm/page_alloc.c rmqueue
 */
export function allocated(
  formulas: Formulas,
  zone: Zone,
  from: Request,
  orders: readonly Literal[],
  slip: Slip,
): Stepped {
  const { top, listed, outstanding, apart, bits } = zone;
  const taken = rowsOf(top, (of, index) => means(formulas, from, of, index));
  const held: Literal[][] = [];
  const split: Literal[][] = [];
  for (let of = top; of >= 0; of--) {
    held[of] = Array.from({ length: 2 ** (top - of) }, (_, index) =>
      formulas.or(at(taken, of, index), (index & 1) === 1 ? at(split, of + 1, index >> 1) : FALSE),
    );
    split[of] = (held[of] ?? []).map((one) => formulas.and(one, not(orders[of] ?? FALSE)));
  }
  const links = (of: number, index: number): Literal => ((index & 1) === 0 ? at(split, of + 1, index >> 1) : FALSE);
  const linked = rowsOf(top, (of, index) => formulas.implies(links(of, index), not(at(listed, of, index))));
  const toggled = (of: number, pair: number): Literal => {
    const leaves = formulas.or(at(taken, of, 2 * pair), at(taken, of, 2 * pair + 1));
    const comes = at(split, of + 1, pair);
    return formulas.xor(
      slip === 'no-toggle-when-taken' ? FALSE : leaves,
      slip === 'no-toggle-when-split' ? FALSE : comes,
    );
  };
  const after: Zone = {
    top,
    listed: rowsOf(top, (of, index) =>
      formulas.or(formulas.and(at(listed, of, index), not(at(taken, of, index))), links(of, index)),
    ),
    outstanding: rowsOf(top, (of, index) =>
      formulas.or(at(outstanding, of, index), formulas.and(at(held, of, index), orders[of] ?? FALSE)),
    ),
    apart,
    bits: pairsOf(top, (of, pair) => formulas.xor(at(bits, of, pair), toggled(of, pair))),
  };
  return { zone: after, linked: formulas.all(linked.flat()) };
}
