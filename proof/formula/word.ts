/** Words of 32 bits as formulas: the numbers of the code, as JavaScript's operators on 32 bits read them. */

import { FALSE, TRUE, not } from './formula.ts';
import type { Formulas, Literal } from './formula.ts';

/** The bits of a number, lowest first; the last is the sign. */
export type Word = readonly Literal[];

export const WIDTH = 32;
const SIGN = WIDTH - 1;

/** A number, and whether the true result is no number of 32 bits. */
export interface Result {
  readonly word: Word;
  readonly leaves: Literal;
}

const bit = (word: Word, at: number): Literal => word[at] ?? FALSE;
const row = (width: number, at: (n: number) => Literal): Word => Array.from({ length: width }, (_, n) => at(n));

/** Returns a number that is known. */
export const constant = (n: number): Word => row(WIDTH, (at) => (((n >> at) & 1) === 1 ? TRUE : FALSE));

/** Returns the number that a word is; undefined if a bit of it is not known. */
export function known(word: Word): number | undefined {
  let n = 0;
  for (const [at, literal] of word.entries()) {
    if (literal > FALSE) return undefined;
    if (literal === TRUE) n |= 1 << at;
  }
  return n;
}

/** Arithmetic on words. */
export class Words {
  readonly formulas: Formulas;

  constructor(formulas: Formulas) {
    this.formulas = formulas;
  }

  /** Returns an unknown number of some bits, its sign the last of them if it has one. */
  variable(name: string, width: number, signed: boolean): Word {
    const bits = row(width, (at) => this.formulas.variable(`${name}.${at}`));
    return row(WIDTH, (at) => bits[at] ?? (signed ? bit(bits, width - 1) : FALSE));
  }

  /** Adds with a carry, which goes from bit to bit. */
  #sum(one: Word, other: Word, carry: Literal): Result {
    const { formulas } = this;
    const word: Literal[] = [];
    let into = carry;
    let out = carry;
    for (const [at, left] of one.entries()) {
      const differ = formulas.xor(left, bit(other, at));
      word.push(formulas.xor(differ, out));
      into = out;
      out = formulas.choice(differ, out, left);
    }
    return { word, leaves: formulas.xor(into, out) };
  }

  add(one: Word, other: Word): Result {
    return this.#sum(one, other, FALSE);
  }

  subtract(one: Word, other: Word): Result {
    return this.#sum(one, this.complement(other), TRUE);
  }

  negate(one: Word): Result {
    return this.subtract(constant(0), one);
  }

  /** Multiplies: the sum of one factor, shifted, for each bit of the other that is 1. */
  multiply(one: Word, other: Word): Result {
    const { formulas } = this;
    const [factor, by] = known(one) === undefined ? [one, other] : [other, one];
    const wide = (word: Word): Word => row(2 * WIDTH, (at) => bit(word, Math.min(at, SIGN)));
    const [long, bits] = [wide(factor), wide(by)];
    let sum: Word = row(2 * WIDTH, () => FALSE);
    for (const [shift, use] of bits.entries()) {
      if (use === FALSE) continue;
      const part = row(2 * WIDTH, (at) => (at < shift ? FALSE : formulas.and(use, bit(long, at - shift))));
      sum = this.#sum(sum, part, FALSE).word;
    }
    const leaves = formulas.any(sum.slice(WIDTH).map((high) => formulas.xor(high, bit(sum, SIGN))));
    return { word: sum.slice(0, WIDTH), leaves };
  }

  and(one: Word, other: Word): Word {
    return one.map((left, at) => this.formulas.and(left, bit(other, at)));
  }

  or(one: Word, other: Word): Word {
    return one.map((left, at) => this.formulas.or(left, bit(other, at)));
  }

  xor(one: Word, other: Word): Word {
    return one.map((left, at) => this.formulas.xor(left, bit(other, at)));
  }

  complement(one: Word): Word {
    return one.map(not);
  }

  /** Shifts by a number of which only the lowest five bits count. `from`: the place that a bit comes from. */
  #shift(one: Word, by: Word, from: (at: number, distance: number) => number, fill: Literal): Word {
    let word = one;
    for (let digit = 0; digit < 5; digit++) {
      const before = word;
      const moved = row(WIDTH, (at) => before[from(at, 1 << digit)] ?? fill);
      word = this.choice(bit(by, digit), moved, before);
    }
    return word;
  }

  shiftLeft(one: Word, by: Word): Word {
    return this.#shift(one, by, (at, distance) => at - distance, FALSE);
  }

  /** Shifts right and fills with `fill`: FALSE for `>>>`, the sign for `>>`. */
  shiftRight(one: Word, by: Word, fill: Literal): Word {
    return this.#shift(one, by, (at, distance) => at + distance, fill);
  }

  choice(condition: Literal, one: Word, other: Word): Word {
    if (one === other) return one;
    return one.map((left, at) => this.formulas.choice(condition, left, bit(other, at)));
  }

  equal(one: Word, other: Word): Literal {
    const { formulas } = this;
    let same = TRUE;
    for (let at = SIGN; at >= 0 && same !== FALSE; at--) {
      same = formulas.and(same, formulas.iff(bit(one, at), bit(other, at)));
    }
    return same;
  }

  /** Reports whether one number is less than another, both with their signs. */
  less(one: Word, other: Word): Literal {
    const { formulas } = this;
    let less = FALSE;
    for (let at = 0; at < SIGN; at++) less = this.#decide(less, bit(one, at), bit(other, at));
    return formulas.choice(formulas.xor(bit(one, SIGN), bit(other, SIGN)), bit(one, SIGN), less);
  }

  #decide(below: Literal, left: Literal, right: Literal): Literal {
    return this.formulas.choice(this.formulas.xor(left, right), right, below);
  }

  isNegative(one: Word): Literal {
    return bit(one, SIGN);
  }

  /** Returns the number of zeros before the highest one, as `Math.clz32`. */
  leadingZeros(one: Word): Word {
    let zeros = constant(WIDTH);
    for (const [at, literal] of one.entries()) zeros = this.choice(literal, constant(SIGN - at), zeros);
    return zeros;
  }

  /** Reports whether a number is in [0, end). */
  isWithin(one: Word, end: number): Literal {
    return this.formulas.and(not(this.isNegative(one)), this.less(one, constant(end)));
  }

  /** Returns the element at an index; any of them if the index is outside. */
  select(words: readonly Word[], index: Word): Word {
    const pick = (from: number, digits: number): Word | undefined => {
      if (from >= words.length) return undefined;
      if (digits === 0) return words[from];
      const digit = bit(index, digits - 1);
      const high = digit === FALSE ? undefined : pick(from + 2 ** (digits - 1), digits - 1);
      const low = digit === TRUE ? undefined : pick(from, digits - 1);
      if (high === undefined || low === undefined) return high ?? low;
      return this.choice(digit, high, low);
    };
    return pick(0, Math.ceil(Math.log2(Math.max(words.length, 1)))) ?? constant(0);
  }

  /** Returns the elements after the one at an index was replaced. */
  store(words: readonly Word[], index: Word, value: Word): readonly Word[] {
    const at = known(index);
    if (at !== undefined) return words.map((word, n) => (n === at ? value : word));
    return words.map((word, n) => this.choice(this.equal(index, constant(n)), value, word));
  }
}
