/** One line of a course's script: what it asks for, in the many ways in which such lines are written. */

/** How much is asked for. */
export interface Size {
  readonly amount: number;
  readonly unit: 'pages' | 'bytes' | 'order';
}

/** What a line asks for. Names are in lower case; an absent name is no name. */
export type Statement =
  | { readonly kind: 'allocate'; readonly name: string | undefined; readonly size: Size }
  | { readonly kind: 'resize'; readonly name: string; readonly size: Size }
  | { readonly kind: 'free'; readonly target: string; readonly size: Size | undefined }
  | { readonly kind: 'free-all' }
  | { readonly kind: 'memory'; readonly size: Size }
  | { readonly kind: 'left-out'; readonly why: string };

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const ALLOCATE = words(
  'alloc allocate allocates allocation malloc kmalloc vmalloc calloc mmap request requests req get gets ask asks need needs ' +
    'want wants new take takes arrive arrives start starts add alloc_pages __get_free_pages get_free_pages',
);
const FREE = words(
  'free frees freed kfree vfree dealloc deallocate deallocates release releases return returns delete end ends terminate ' +
    'terminates finish finishes exit exits leave leaves complete completes unmap munmap free_pages',
);
const RESIZE = words('realloc resize');
const MEMORY = words('memory total heap arena pool ram capacity');
/** Verbs that count in bytes where no unit stands, and those that count in orders. */
const BYTES = words('malloc kmalloc vmalloc calloc mmap new realloc');
const ORDERS = words('order alloc_pages __get_free_pages get_free_pages');
/** Words that name nothing. */
const FILLER = words(
  'the of for from to by with and then its it is has block blocks process proc job task program thread user size bytes byte ' +
    'memory order page pages frame frames number no id char int void unsigned long struct const size_t sizeof null in at units ' +
    'unit kernel mem space more all everything t time step',
);

const UNITS: readonly (readonly [RegExp, Size['unit'], number])[] = [
  [/^(?:b|bytes?)$/u, 'bytes', 1],
  [/^k(?:i?b)?$/u, 'bytes', 1024],
  [/^m(?:i?b)?$/u, 'bytes', 1024 ** 2],
  [/^g(?:i?b)?$/u, 'bytes', 1024 ** 3],
  [/^(?:p|pages?|frames?)$/u, 'pages', 1],
];

/** A number of a line; `unit` is absent if none stands there. */
interface Figure {
  readonly text: string;
  readonly value: number;
  readonly unit: Size['unit'] | undefined;
}

/** A line in parts: its words in lower case, and its numbers. */
interface Parts {
  readonly words: readonly string[];
  readonly figures: readonly Figure[];
}

const product = (text: string): string =>
  text.replaceAll(/(\d{1,9})\s*\*\s*(\d{1,9})/gu, (_, one: string, other: string) =>
    String(Number(one) * Number(other)),
  );

/** An article names nothing, while A alone may be a name. */
const withoutArticle = (text: string): string =>
  text.replaceAll(/\ban? (?=(?:block|chunk|page|frame|process|job)s?\b)/gu, '');

function partsOf(text: string): Parts {
  const found: string[] = [];
  const figures: Figure[] = [];
  const pattern = /(?<![\w.])(\d+(?:\.\d+)?)(?:\s*([a-z]+)\b)?|[a-z_]\w*/gu;
  for (const [all, digits, suffix = ''] of withoutArticle(product(text.toLowerCase())).matchAll(pattern)) {
    if (digits === undefined) {
      found.push(all);
      continue;
    }
    const unit = UNITS.find(([is]) => is.test(suffix));
    if (unit === undefined && suffix !== '') found.push(suffix);
    figures.push({ text: digits, value: Number(digits) * (unit?.[2] ?? 1), unit: unit?.[1] });
  }
  return { words: found, figures };
}

/** Returns the size that a figure means after a verb. */
const sizeOf = ({ unit, value }: Figure, { words: said }: Parts): Size => ({
  amount: value,
  unit: said.some((word) => ORDERS.has(word))
    ? 'order'
    : (unit ?? (said.some((word) => BYTES.has(word)) ? 'bytes' : 'pages')),
});

const isVerb = (word: string): boolean => [ALLOCATE, FREE, RESIZE].some((verbs) => verbs.has(word));

const isName = (word: string): boolean => !FILLER.has(word) && !word.startsWith('gfp_');

/** Returns who is spoken of: what stands before `=` or `:`, or a word that is no verb, or a number that is no size. */
function nameOf(text: string, { figures, words: said }: Parts, size: Figure | undefined): string | undefined {
  const assigned = /(?<!\w)([a-z_]\w*)\s*[=:]/u.exec(text.toLowerCase())?.[1];
  if (assigned !== undefined && isName(assigned)) return assigned;
  const name = said.find((word) => isName(word) && !isVerb(word));
  return name ?? figures.find((one) => one !== size && one.unit === undefined)?.text;
}

/** Returns the number that is the size: the one with a unit, or else the last. */
const sizeIn = ({ figures }: Parts): Figure | undefined =>
  figures.find(({ unit }) => unit !== undefined) ?? figures.at(-1);

function freed(text: string, parts: Parts): Statement {
  if (parts.words.some((word) => word === 'all' || word === 'everything')) return { kind: 'free-all' };
  const figure = parts.figures.at(-1);
  const name = nameOf(text, { ...parts, figures: [] }, undefined);
  const size = figure?.unit === undefined ? undefined : sizeOf(figure, parts);
  const target = name ?? (parts.words.includes('return') && size === undefined ? undefined : figure?.text);
  if (target === undefined) return { kind: 'left-out', why: 'it does not say what to free' };
  return { kind: 'free', target, size: name === undefined ? size : undefined };
}

/** Reads one line, without its comment. */
export function parseStatement(text: string): Statement {
  const parts = partsOf(text);
  const { words: said } = parts;
  const has = (verbs: ReadonlySet<string>): boolean => said.some((word) => verbs.has(word));
  const figure = sizeIn(parts);
  if (/[<>]|\+\+/u.test(text)) return { kind: 'left-out', why: 'it asks for nothing' };
  if (/(?:^|\s)-\d/u.test(text)) return { kind: 'left-out', why: 'a size is not negative: "free A" frees' };
  if (has(FREE) && !has(RESIZE)) return freed(text, parts);
  if (figure === undefined) return { kind: 'left-out', why: 'it has no size, and nothing to free' };
  const size = sizeOf(figure, parts);
  if (!(size.amount > 0) && size.unit !== 'order') return { kind: 'left-out', why: 'its size is 0' };
  const [first = ''] = said;
  if (MEMORY.has(first) && !has(ALLOCATE)) return { kind: 'memory', size };
  const name = nameOf(text, parts, figure);
  if (has(RESIZE)) {
    return name === undefined
      ? { kind: 'left-out', why: 'it does not say what to resize' }
      : { kind: 'resize', name, size };
  }
  return { kind: 'allocate', name, size };
}

/** How the traces of a well-known exercise write an operation: `a 0 512`, `r 0 640`, `f 0`; sizes are bytes. */
const REP = /^\s*(?:(?<verb>[ar])\s+(?<id>\d{1,9})\s+(?<size>\d{1,12})|f\s+(?<freed>\d{1,9}))\s*$/u;

/** Reads a line of such a trace; undefined if it is none. */
export function parseRep(text: string): Statement | undefined {
  const { freed: target, id, size, verb } = REP.exec(text)?.groups ?? {};
  if (target !== undefined) return { kind: 'free', target, size: undefined };
  if (id === undefined || size === undefined) return undefined;
  return { kind: verb === 'r' ? 'resize' : 'allocate', name: id, size: { amount: Number(size), unit: 'bytes' } };
}
