/** The rows of frames of a film at each of its steps, made from what each step changed. */
import type { FilmBlock, FilmChange, FilmGround, FilmList, Reel } from '../../protocol/index.ts';

/** What a row of frames holds at one moment. */
export interface Row {
  readonly ground: FilmGround;
  readonly blocks: ReadonlyMap<number, FilmBlock>;
  /** For each order, the heads on its free list; ascending if the sequence means nothing. */
  readonly lists: readonly (readonly number[])[];
  readonly asks: boolean;
  readonly taken: readonly (readonly [from: number, to: number])[];
  readonly last: readonly [page: number, offset: number] | undefined;
  readonly retired: boolean;
}

/** A row that is being made. */
type Draft = { -readonly [K in keyof Row]: Row[K] } & {
  readonly blocks: Map<number, FilmBlock>;
  readonly lists: (readonly number[])[];
};

const empty = (ground: FilmGround): Draft => ({
  ground,
  blocks: new Map(),
  lists: Array.from({ length: ground.orders }, () => []),
  asks: false,
  taken: [],
  last: undefined,
  retired: false,
});

const copyOf = (row: Row): Draft => ({ ...row, blocks: new Map(row.blocks), lists: [...row.lists] });

function relist(draft: Draft, [order, left, put]: FilmList): void {
  const old = draft.lists[order] ?? [];
  const gone = new Set(left);
  draft.lists[order] = [...put, ...(gone.size === 0 ? old : old.filter((head) => !gone.has(head)))];
}

function change(draft: Draft, { asks, come = [], gone = [], last, lists = [], retired, taken }: FilmChange): void {
  for (const head of gone) draft.blocks.delete(head);
  for (const block of come) draft.blocks.set(block[0], block);
  for (const list of lists) relist(draft, list);
  if (asks !== undefined) draft.asks = asks;
  if (taken !== undefined) draft.taken = taken;
  if (last !== undefined) draft.last = last;
  if (retired !== undefined) draft.retired = retired;
}

/** Returns a row whose lists are shown ascending, if their sequence means nothing. */
function finished(draft: Draft): Row {
  if (draft.ground.ordered) return draft;
  const lists: number[][] = Array.from({ length: draft.ground.orders }, () => []);
  for (const [head, order, use] of draft.blocks.values()) if (use < 0) lists[order]?.push(head);
  return { ...draft, lists: lists.map((list) => list.toSorted((one, other) => one - other)) };
}

/** Steps between two moments that are kept. */
const EVERY = 64;

/** Returns what every row holds after a number of steps; what was made on the way is kept now and then. */
export function projector({ grounds, start, steps }: Reel): (step: number) => readonly Row[] {
  const first = grounds.map(empty);
  const apply = (rows: readonly Draft[], changes: readonly FilmChange[]): void => {
    for (const one of changes) {
      const row = rows[one.ground];
      if (row !== undefined) change(row, one);
    }
  };
  apply(first, start);
  const kept: (readonly Row[])[] = [first];
  return (step) => {
    let at = Math.min(Math.floor(step / EVERY), kept.length - 1);
    const rows = (kept[at] ?? first).map(copyOf);
    for (let n = at * EVERY; n < step; n++) {
      if (n > at * EVERY && n % EVERY === 0) {
        at++;
        kept[at] ??= rows.map(copyOf);
      }
      apply(rows, steps[n]?.changes ?? []);
    }
    return rows.map(finished);
  };
}
