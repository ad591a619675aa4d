/** What the playground is told: an arena and operations, as words, as a saved case, and as the address of the page. */

/** One operation: of an order, of what an earlier allocation was granted, or of a frame as an order. */
export type Word =
  | { readonly kind: 'allocate'; readonly order: number }
  | { readonly kind: 'free'; readonly slot: number }
  | { readonly kind: 'free-frame'; readonly frame: number; readonly order: number };

/** All that the playground shows follows from this. */
export interface Play {
  readonly pages: number;
  readonly orders: number;
  readonly run: readonly Word[];
}

/** Larger arenas, and longer scripts, are for the film. */
export const MOST_PAGES = 256;
const MOST_WORDS = 500;
const MOST_ORDERS = 11;

export const START: Play = { pages: 16, orders: 5, run: [] };

/** Returns an operation as a word. */
export function wordOf(word: Word): string {
  switch (word.kind) {
    case 'allocate':
      return `a${word.order}`;
    case 'free':
      return `f${word.slot}`;
    case 'free-frame':
      return `F${word.frame}:${word.order}`;
  }
}

function parseWord(text: string): Word | undefined {
  const [, what, one, , two] = /^([afF])(\d{1,7})(:(\d{1,2}))?$/u.exec(text) ?? [];
  if (what === 'a' && two === undefined) return { kind: 'allocate', order: Number(one) };
  if (what === 'f' && two === undefined) return { kind: 'free', slot: Number(one) };
  return what === 'F' && two !== undefined ? { kind: 'free-frame', frame: Number(one), order: Number(two) } : undefined;
}

const isWithin = (n: unknown, most: number): n is number =>
  typeof n === 'number' && Number.isInteger(n) && n >= 1 && n <= most;

/** Returns what a text says of an arena and a script; or why it says nothing. */
function playOf(pages: unknown, orders: unknown, run: string): Play | string {
  if (!isWithin(pages, MOST_PAGES)) return `an arena here has 1 to ${MOST_PAGES} frames`;
  if (!isWithin(orders, MOST_ORDERS)) return `an arena here has 1 to ${MOST_ORDERS} orders`;
  const words = run.split(/\s+/u).filter((text) => text !== '');
  if (words.length > MOST_WORDS) return `a script here has at most ${MOST_WORDS} operations`;
  const read = words.map(parseWord);
  const bad = read.indexOf(undefined);
  if (bad >= 0) return `"${words[bad] ?? ''}" is no operation: a0 allocates, f0 frees what allocation 0 got`;
  return { pages, orders, run: read.filter((word) => word !== undefined) };
}

/** Reads what was pasted: a saved case of the buddy system from frame 0, or words, which go to the present arena. */
export function read(text: string, { orders, pages }: Play): Play | string {
  if (!text.trim().startsWith('{')) return playOf(pages, orders, text);
  try {
    const { init, run } = JSON.parse(text) as { init?: { pages?: unknown; orders?: unknown }; run?: unknown };
    return playOf(init?.pages, init?.orders, typeof run === 'string' ? run : '');
  } catch {
    return 'it is not JSON';
  }
}

/** Returns the address of a state, from the # on. */
export const addressOf = ({ orders, pages, run }: Play): string =>
  `#pages=${pages}&orders=${orders}&run=${run.map(wordOf).join('+')}`;

/** Reads an address; what it does not say, or says wrongly, is as at the start. */
export function fromAddress(hash: string): Play {
  const said = new URLSearchParams(hash.replace(/^#/u, ''));
  const number = (name: 'pages' | 'orders'): number => Number(said.get(name) ?? START[name]);
  const play = playOf(number('pages'), number('orders'), said.get('run') ?? '');
  return typeof play === 'string' ? START : play;
}
