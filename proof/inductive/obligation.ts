/** The obligations of the induction: a step from a zone that satisfies the invariants leads to one that does. */

import { FALSE, Formulas, not } from '../formula/formula.ts';
import { allocated, freed } from './model/step.ts';
import { anyRequest, anyZone, at, bitTells, covered, maximal, means } from './model/zone.ts';
import type { Literal } from '../formula/formula.ts';
import type { Request, Zone } from './model/zone.ts';
import type { Slip, Stepped } from './model/step.ts';

/** What is known before a step. `block`: what is freed is outstanding at exactly that order, what is taken is listed. */
export type Hypothesis = 'block' | 'maximal' | 'bit' | 'cover';
export const HYPOTHESES: readonly Hypothesis[] = ['block', 'maximal', 'bit', 'cover'];

export type Operation = 'free' | 'allocate';

/** The claim that a step keeps the invariants, possibly weakened or broken so that it must fail. */
export interface Obligation {
  readonly operation: Operation;
  readonly top: number;
  readonly without?: Hypothesis;
  readonly slip?: Slip;
  /** The bit read as the exclusive or of the two allocated flags, before and after. */
  readonly bitOfAllocated?: true;
}

/** Formulas that are unsatisfiable exactly if an obligation holds, and the zones in them. */
export interface Posed {
  readonly formulas: Formulas;
  readonly asserted: readonly Literal[];
  readonly before: Zone;
  readonly after: Zone;
}

function step(formulas: Formulas, zone: Zone, { operation, slip = 'none' }: Obligation): Stepped & { block: Literal } {
  const { top } = zone;
  const request = anyRequest(formulas, top, operation === 'free' ? 'O' : 'C');
  const rows = operation === 'free' ? zone.outstanding : zone.listed;
  const isOne = formulas.exactlyOne(request.orders);
  const meant = (says: (of: number, index: number) => Literal): Literal =>
    formulas.any(
      request.orders.flatMap((_, of) =>
        Array.from({ length: 2 ** (top - of) }, (_row, index) =>
          formulas.and(means(formulas, request, of, index), says(of, index)),
        ),
      ),
    );
  const there = meant((of, index) => at(rows, of, index));
  if (operation === 'allocate') {
    const orders = anyRequest(formulas, top, 'O').orders;
    const fits = orders.map((order, of) => formulas.implies(order, formulas.any(request.orders.slice(of))));
    const legal = formulas.all([isOne, formulas.exactlyOne(orders), ...fits]);
    return { ...allocated(formulas, zone, request, orders, slip), block: formulas.and(legal, there) };
  }
  const handed = formulas.variable('H');
  const apart = meant((of, index) => (of === 0 ? (zone.apart[index] ?? FALSE) : FALSE));
  const block = formulas.or(formulas.and(not(handed), there), formulas.and(handed, apart));
  return { ...freed(formulas, zone, request, handed, slip), block: formulas.and(isOne, block) };
}

/** The request's own form, which holds even where the block is left out of what is known. */
function form(formulas: Formulas, { operation, top }: Obligation): Literal {
  const isOne = (request: Request): Literal => formulas.exactlyOne(request.orders);
  if (operation === 'allocate') {
    const [to, from] = [anyRequest(formulas, top, 'O'), anyRequest(formulas, top, 'C')];
    const fits = to.orders.map((order, of) => formulas.implies(order, formulas.any(from.orders.slice(of))));
    return formulas.all([isOne(to), isOne(from), ...fits]);
  }
  const request = anyRequest(formulas, top, 'O');
  return formulas.and(isOne(request), formulas.implies(formulas.variable('H'), request.orders[0] ?? FALSE));
}

/** An obligation as formulas: all hypotheses, and that some conclusion does not hold. */
export function pose(obligation: Obligation): Posed {
  const formulas = new Formulas();
  const before = anyZone(formulas, obligation.top);
  const { zone: after, linked, block } = step(formulas, before, obligation);
  const rule = (zone: Zone): Literal =>
    bitTells(formulas, zone, obligation.bitOfAllocated === true ? zone.outstanding : zone.listed);
  const known: Readonly<Record<Hypothesis, Literal>> = {
    block,
    maximal: maximal(formulas, before),
    bit: rule(before),
    cover: covered(formulas, before),
  };
  const hypotheses = HYPOTHESES.filter((one) => one !== obligation.without).map((one) => known[one]);
  const conclusion = formulas.all([linked, maximal(formulas, after), rule(after), covered(formulas, after)]);
  return { formulas, asserted: [form(formulas, obligation), ...hypotheses, not(conclusion)], before, after };
}
