/** Evidence by z3: a shift with a sign and one without give the same for every number that stands there. */
import { MAX_ORDERS, MAX_PAGES } from '../../../src/buddy/shape.ts';
import { mapWords } from '../../../src/buddy/region.ts';
import { order } from '../../../src/words/unit.ts';
import { packagedZ3 } from '../../../proof/inductive/solve.ts';
import type { Placed } from './ledger.js';

/** Bits in the map of the largest zone: all orders but the top one have a pair for each two blocks. */
const MAP_BITS = Array.from({ length: MAX_ORDERS - 1 }, (_, of) => 32 * mapWords(MAX_PAGES, order(of))).reduce(
  (sum, bits) => sum + bits,
  0,
);

/** The largest number that a name stands for, by declaration; the smallest is 0. What is larger is refused before. */
const MOST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'src/buddy/buddy.ts expand': { size: 2 ** (MAX_ORDERS - 1) },
  'src/buddy/zone.ts Zone.markUsed': { bit: MAP_BITS - 1, index: MAX_PAGES - 1 },
  'spec/buddy/row.ts filled': { from: MAX_PAGES - 1 },
  'src/words/bitmap.ts Bitmap.setBits': { from: MAX_PAGES },
  'src/words/bitmap.ts Bitmap.clearBits': { from: MAX_PAGES },
  'src/words/bitmap.ts Bitmap.#findUnlike': { from: MAX_PAGES },
};

const SHIFT = /^(?<operand>\w+) >>>?=? /u;

/** Asks for a number up to `most`, in 32 bits, and a distance at which the two shifts differ. */
const question = (most: number): string => `
  (set-logic QF_BV)
  (declare-const n (_ BitVec 32))
  (declare-const by (_ BitVec 32))
  (assert (bvule n (_ bv${most} 32)))
  (assert (bvult by (_ bv32 32)))
  (assert (or (distinct (bvashr n by) (bvlshr n by)) (bvslt (bvlshr n by) (_ bv0 32))))
  (check-sat)`;

/** Reports whether the two shifts differ at a number from 0 to `most`, which has 32 bits. */
export async function shiftsDiffer(most: number): Promise<boolean> {
  const z3 = await packagedZ3();
  const answer = (await z3.ask(question(most)).finally(() => z3.end())).trim();
  if (answer !== 'sat' && answer !== 'unsat') throw new Error(`z3 answered: ${answer}`);
  return answer === 'sat';
}

/** Returns what z3 shows of a shift; undefined if the mutant is none, its range is not stated, or there is a difference. */
export async function sameInRange({ declaration, file, mutator, was }: Placed): Promise<string | undefined> {
  const operand = mutator === 'SignedShift' ? SHIFT.exec(was)?.groups?.['operand'] : undefined;
  const most = MOST[`${file} ${declaration}`]?.[operand ?? ''];
  if (operand === undefined || most === undefined) return undefined;
  return (await shiftsDiffer(most)) ? undefined : `the same for ${operand} from 0 to ${most}`;
}
