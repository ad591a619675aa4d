/** A row of values, and changed copies of it that cost as little as the change. */

const BITS = 6;
/** Entries of a piece; the last may have fewer. */
const SIZE = 1 << BITS;

/**
 * A row of values by index, never changed: simply a sequence. A long one is kept in pieces of 64 values, so that a copy with
 * other values shares all pieces that it leaves as they are; up to 64 values are one piece.
 */
export type Row<T> = Piece<T> | Pieces<T>;

type Piece<T> = readonly (T | undefined)[];

interface Pieces<T> {
  readonly length: number;
  readonly pieces: readonly Piece<T>[];
}

const isPiece = <T>(row: Row<T>): row is Piece<T> => Array.isArray(row);

/** Returns values as a piece. V8 keeps arrays of numbers apart; one that held undefined is alike for all rows, and read faster. */
const pieceOf = <T>(values: readonly T[]): Piece<T> => [undefined, ...values].slice(1);

/** Returns the row of some values, none of which is undefined. */
export function rowOf<T>(values: readonly T[]): Row<T> {
  if (values.length <= SIZE) return pieceOf(values);
  const count = Math.ceil(values.length / SIZE);
  const pieces = Array.from({ length: count }, (_, n) => pieceOf(values.slice(n * SIZE, (n + 1) * SIZE)));
  return { length: values.length, pieces };
}

/** Returns the values of a row. */
export function valuesOf<T>(row: Row<T>): readonly T[] {
  const values: T[] = [];
  for (const piece of isPiece(row) ? [row] : row.pieces) {
    for (const value of piece) if (value !== undefined) values.push(value);
  }
  return values;
}

/** Returns the value at an index; undefined outside the row, and at a number that is not whole. */
export function entryOf<T>(row: Row<T>, index: number): T | undefined {
  if (isPiece(row)) return row[index];
  const at = index >> BITS;
  return row.pieces[at]?.[index - SIZE * at];
}

/** Reports whether any value of a row is so. */
export function someOf<T>(row: Row<T>, is: (value: T) => boolean): boolean {
  const some = (piece: Piece<T>): boolean => piece.some((value) => value !== undefined && is(value));
  return isPiece(row) ? some(row) : row.pieces.some(some);
}

function filledPiece<T>(piece: Piece<T>, from: number, end: number, value: T): Piece<T> {
  const copy = piece.slice();
  for (let n = from; n < end; n++) copy[n] = value;
  return copy;
}

/** Returns a copy of a row in which `count` entries from `from` on, all of them inside it, have another value. */
export function filled<T>(row: Row<T>, from: number, count: number, value: T): Row<T> {
  const end = from + count;
  if (isPiece(row)) return filledPiece(row, from, end, value);
  const pieces = row.pieces.slice();
  for (let at = from >> BITS; at << BITS < end; at++) {
    const first = at << BITS;
    const piece = pieces[at] ?? [];
    pieces[at] = filledPiece(piece, Math.max(from - first, 0), Math.min(end - first, SIZE), value);
  }
  return { length: row.length, pieces };
}
