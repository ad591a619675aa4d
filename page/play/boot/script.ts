/** A script of boot memory: the pages of its node, and what is asked of it, as words. */

/** One operation: a request for bytes, or for whole pages, or retirement. */
export type BootWord =
  | { readonly kind: 'bytes'; readonly count: number }
  | { readonly kind: 'pages'; readonly count: number }
  | { readonly kind: 'retire' };

/** All that the playground shows of boot memory follows from this. */
export interface BootPlay {
  readonly kind: 'boot';
  readonly pages: number;
  readonly run: readonly BootWord[];
}

const MOST_WORDS = 200;
const [LEAST_PAGES, MOST_PAGES] = [16, 256];

const toWord = (word: BootWord): string =>
  word.kind === 'retire' ? 't' : `${word.kind === 'bytes' ? 'a' : 'p'}${word.count}`;

/** Returns operations as words. */
export const toBootWords = (run: readonly BootWord[]): readonly string[] => run.map(toWord);

function parseBootWord(text: string): BootWord | undefined {
  if (text === 't') return { kind: 'retire' };
  const [, letter, count] = /^([ap])([1-9]\d{0,6})$/u.exec(text) ?? [];
  if (count === undefined) return undefined;
  return { kind: letter === 'a' ? 'bytes' : 'pages', count: Number(count) };
}

/** Reads words with a space between; undefined if one of them is none, or if there are too many. */
export function fromBootWords(text: string): readonly BootWord[] | undefined {
  const words = text.split(/\s+/u).filter((one) => one !== '');
  const run = words.flatMap((one) => parseBootWord(one) ?? []);
  return run.length < words.length || run.length > MOST_WORDS ? undefined : run;
}

/** Reports whether a node of so many pages can be shown. */
export const isNode = (pages: number): boolean =>
  Number.isInteger(pages) && pages >= LEAST_PAGES && pages <= MOST_PAGES;
