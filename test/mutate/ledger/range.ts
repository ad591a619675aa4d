/** Evidence by z3: a shift with a sign and one without give the same for every number that stands there, or lead nowhere, both. */
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

/** The most entries of a row: with the frames before its base, no arena comes near it. */
const MOST_ENTRIES = 2 ** 30;

/** The largest number that a name stands for, by declaration; the smallest is 0. What is larger is refused before. */
const MOST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'src/buddy/buddy.ts expand': { size: 2 ** (MAX_ORDERS - 1) },
  'src/buddy/zone.ts Zone.markUsed': { bit: MAP_BITS - 1, index: MAX_PAGES - 1 },
  'spec/buddy/row.ts filled': { from: MOST_ENTRIES },
  'spec/buddy/state.ts settle': { index: MOST_ENTRIES },
  'spec/buddy/state.ts withHalf': { index: MOST_ENTRIES },
  'src/words/bitmap.ts Bitmap.setBits': { from: MAX_PAGES },
  'src/words/bitmap.ts Bitmap.clearBits': { from: MAX_PAGES },
  'src/words/bitmap.ts Bitmap.#findUnlike': { from: MAX_PAGES },
};

/** What reads at a number that may lie outside, shifted to the right: by how much, and how many places there are. */
const PLACES: Readonly<Partial<Record<string, { readonly by: number; readonly places: number }>>> = {
  'spec/buddy/row.ts entryOf': { by: 6, places: MOST_ENTRIES / 64 },
  'spec/buddy/state.ts isWhollyFree': { by: 1, places: MOST_ENTRIES },
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

/** Reports whether there is what a question asks for. */
async function isFound(asked: string): Promise<boolean> {
  const z3 = await packagedZ3();
  const answer = (await z3.ask(asked).finally(() => z3.end())).trim();
  if (answer !== 'sat' && answer !== 'unsat') throw new Error(`z3 answered: ${answer}`);
  return answer === 'sat';
}

/** Reports whether the two shifts differ at a number from 0 to `most`, which has 32 bits. */
export const shiftsDiffer = (most: number): Promise<boolean> => isFound(question(most));

/** Asks for a number of 32 bits of which the two shifts make different numbers, one of which is a place. */
const placeQuestion = (by: number, places: number): string => `
  (set-logic QF_BV)
  (declare-const n (_ BitVec 32))
  (define-fun signed () (_ BitVec 32) (bvashr n (_ bv${by} 32)))
  (define-fun unsigned () (_ BitVec 32) (bvlshr n (_ bv${by} 32)))
  (assert (distinct signed unsigned))
  (assert (or (bvult signed (_ bv${places} 32)) (bvult unsigned (_ bv${places} 32))))
  (check-sat)`;

/** Reports whether the two shifts by some bits lead to different places, or one of them to a place and the other to none. */
export const placesDiffer = (by: number, places: number): Promise<boolean> => isFound(placeQuestion(by, places));

/** Returns what z3 shows of a shift; undefined if the mutant is none, its range is not stated, or there is a difference. */
export async function sameInRange({ declaration, file, mutator, was }: Placed): Promise<string | undefined> {
  const operand = mutator === 'SignedShift' ? SHIFT.exec(was)?.groups?.['operand'] : undefined;
  const place = `${file} ${declaration}`;
  const read = PLACES[place];
  if (operand !== undefined && read !== undefined) {
    const { by, places } = read;
    return (await placesDiffer(by, places))
      ? undefined
      : `any ${operand} leads to the same of ${places} places, or to none`;
  }
  const most = MOST[place]?.[operand ?? ''];
  if (operand === undefined || most === undefined) return undefined;
  return (await shiftsDiffer(most)) ? undefined : `the same for ${operand} from 0 to ${most}`;
}
