/** A case step by step in text: what was asked and answered, and how many free blocks of each order there are then, and which. */
import { counted } from '../../show.ts';
import type { FilmChange, FilmGround, Reel } from '../../../protocol/index.ts';

/** The free lists of a row of frames, order by order. */
type Lists = number[][];

/** Heads of a list that are written out. */
const MOST_HEADS = 12;

/** Follows the free lists of one row of frames through a reel. */
class Followed {
  readonly #ground: FilmGround;
  readonly #free = new Map<number, number>();
  readonly #lists: Lists;

  constructor(ground: FilmGround) {
    this.#ground = ground;
    this.#lists = Array.from({ length: ground.orders }, () => []);
  }

  apply({ come = [], gone = [], lists = [] }: FilmChange): void {
    for (const head of gone) this.#free.delete(head);
    for (const [head, order, use] of come) {
      if (use < 0) this.#free.set(head, order);
      else this.#free.delete(head);
    }
    for (const [order, left, put] of lists) {
      const rest = (this.#lists[order] ?? []).filter((head) => !left.includes(head));
      this.#lists[order] = [...put, ...rest];
    }
  }

  /** The heads of each order: from head to tail if the sequence means something, else ascending. */
  get #now(): Lists {
    if (this.#ground.ordered) return this.#lists;
    const now: Lists = this.#lists.map(() => []);
    for (const [head, order] of this.#free) now[order]?.push(head);
    return now.map((list) => list.toSorted((one, other) => one - other));
  }

  /** How many blocks of each order are free, and then the lists that are not empty. */
  get line(): string {
    const now = this.#now;
    const lists = now.flatMap((list, order) => {
      if (list.length === 0) return [];
      const more = list.length > MOST_HEADS ? ` and ${list.length - MOST_HEADS} more` : '';
      return [`order ${order}: ${list.slice(0, MOST_HEADS).join(' ')}${more}`];
    });
    const counts = now.map(({ length }) => String(length)).join(' ');
    return [counts, ...lists].join('   ');
  }

  get name(): string {
    return this.#ground.name;
  }
}

const stateLines = (rows: readonly Followed[]): readonly string[] =>
  rows.map((row) => `      ${rows.length > 1 ? `${row.name}: ` : ''}${row.line}`);

/** Returns the lines of a reel. */
export function stepLines({ grounds, skipped, start, steps }: Reel): readonly string[] {
  const rows = grounds.map((ground) => new Followed(ground));
  const apply = (changes: readonly FilmChange[]): void => {
    for (const one of changes) rows[one.ground]?.apply(one);
  };
  apply(start);
  const width = String(skipped + steps.length).length;
  const begin = skipped === 0 ? 'before the first operation' : `after ${counted(skipped, 'operation')}`;
  const head = rows.length === 0 ? [] : ['step by step: free blocks of order 0, 1, ..., then the free lists', ''];
  return [
    ...head,
    `${' '.repeat(width)}  ${begin}`,
    ...stateLines(rows),
    ...steps.flatMap(({ answered, asked, changes, notes = [] }, n) => {
      apply(changes);
      const number = String(skipped + n + 1).padStart(width);
      return [`${number}  ${asked}: ${answered}`, ...notes.map((note) => `      ${note}`), ...stateLines(rows)];
    }),
  ];
}
