/** A script of a machine: the sizes of its zones, and what is asked of it, as words. */

/** Who asks for pages: each of them has a mask of its own. */
export type Asker = 'file' | 'kernel' | 'interrupt' | 'device';

/** One operation: so many requests for one page each, so many frees, or a turn of kswapd. */
export type ZoneWord =
  | { readonly kind: 'ask'; readonly who: Asker; readonly count: number }
  | { readonly kind: 'free'; readonly count: number }
  | { readonly kind: 'kswapd' };

/** All that the playground shows of a machine follows from this. */
export interface ZonesPlay {
  readonly kind: 'zones';
  /** The pages of DMA, Normal and HighMem; 0 if the machine has no such zone. */
  readonly zones: readonly number[];
  /** A zone's lowest mark is its pages divided by this. */
  readonly ratio: number;
  readonly run: readonly ZoneWord[];
}

const LETTERS: Readonly<Record<string, Asker>> = { r: 'file', n: 'kernel', i: 'interrupt', d: 'device' };
const MOST_WORDS = 200;
const MOST_ASKED = 3000;
const MOST_ZONE = 1024;

const letterOf = (who: Asker): string => Object.keys(LETTERS).find((letter) => LETTERS[letter] === who) ?? '';

/** Returns operations as words. */
export const toWords = (run: readonly ZoneWord[]): readonly string[] =>
  run.map((word) => (word.kind === 'kswapd' ? 'k' : `${word.kind === 'ask' ? letterOf(word.who) : 'f'}${word.count}`));

function parseZoneWord(text: string): ZoneWord | undefined {
  if (text === 'k') return { kind: 'kswapd' };
  const [, letter = '', count] = /^([rnidf])([1-9]\d{0,2})$/u.exec(text) ?? [];
  const who = LETTERS[letter];
  if (letter === 'f') return { kind: 'free', count: Number(count) };
  return who === undefined ? undefined : { kind: 'ask', who, count: Number(count) };
}

/** Reads words with a space between; undefined if one of them is none, or if they ask for too much. */
export function fromWords(text: string): readonly ZoneWord[] | undefined {
  const words = text.split(/\s+/u).filter((one) => one !== '');
  const run = words.flatMap((one) => parseZoneWord(one) ?? []);
  const asked = run.reduce((sum, word) => sum + (word.kind === 'kswapd' ? 1 : word.count), 0);
  return run.length < words.length || run.length > MOST_WORDS || asked > MOST_ASKED ? undefined : run;
}

const isWithin = (n: number, least: number, most: number): boolean => Number.isInteger(n) && n >= least && n <= most;

/** Reports whether these are the zones of a machine, and a ratio for their marks. */
export const areZones = (zones: readonly number[], ratio: number): boolean =>
  zones.length === 3 &&
  zones.every((pages) => isWithin(pages, 0, MOST_ZONE)) &&
  zones.some((pages) => pages > 0) &&
  isWithin(ratio, 1, MOST_ZONE);
