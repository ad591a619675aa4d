/** The measures of loops that count neither up nor down: what is smaller in each turn, and never less than 0. */

/** A loop of `src`, by its file and its text up to the body, and what becomes smaller by 1 or more in each turn. */
export interface Measure {
  readonly file: string;
  readonly loop: string;
  /** An expression of TypeScript where the body begins; `test/fault/measured.test.ts` sees it become smaller. */
  readonly measure: string;
}

/** A loop that nothing in its own hands becomes smaller in, and why it ends all the same. */
export interface Waiting {
  readonly file: string;
  readonly loop: string;
  readonly because: string;
}

const byBit = (find: string, from: string, end: string): string =>
  `for (let page = map.${find}(${from}, ${end}); page < ${end}; page = map.${find}(page + 1, ${end}))`;

export const MEASURES: readonly Measure[] = [
  { file: 'src/boot/alloc.ts', loop: 'while (first + count <= pages)', measure: 'pages - first' },
  { file: 'src/boot/reserve.ts', loop: byBit('findNextBit', 'first', 'end'), measure: 'end - page' },
  { file: 'src/boot/retire.ts', loop: byBit('findNextZeroBit', '0', 'pages'), measure: 'pages - page' },
  { file: 'src/boot/shape.ts', loop: 'while (power < n)', measure: 'n - power' },
  { file: 'src/buddy/buddy.ts', loop: 'while (order > low)', measure: 'order - low' },
  {
    file: 'src/buddy/fragmentation.ts',
    loop: 'for (let node = links[2 * head]; node !== head && count <= arena.pages; node = links[2 * (node ?? head)])',
    measure: 'arena.pages - count',
  },
  {
    file: 'src/machine/cache/lists.ts',
    loop: 'for (let node = this.#links.nextOf(head); node !== head; node = this.#links.nextOf(node))',
    measure: 'this.size - nodes.length',
  },
  {
    file: 'src/machine/cache/lists.ts',
    loop: 'while (left > 0 && node !== this.#active)',
    measure: 'left + this.on(ACTIVE).filter((one) => this.isReferenced(one)).length',
  },
  {
    file: 'src/machine26/create.ts',
    loop: 'for (let frame = base; frame < base + pages; frame = pfn(frame + 1))',
    measure: 'base + pages - frame',
  },
  {
    file: 'src/machine26/min-free-kbytes.ts',
    loop: 'for (let bit = 2 ** 15; bit >= 1; bit /= 2)',
    measure: 'bit',
  },
];

const RECLAIMED =
  'a turn is followed by another only if memory was freed in it that somebody had, and it is freed once';

export const WAITING: readonly Waiting[] = [
  { file: 'src/machine/page-alloc.ts', loop: 'for (;;)', because: RECLAIMED },
  { file: 'src/machine26/page-alloc.ts', loop: 'for (;;)', because: RECLAIMED },
  {
    file: 'src/smp/spinlock.ts',
    loop: 'for (let spin = 0; serving !== ticket; spin++)',
    because: 'it waits for as many processors as asked before; each of them gives the lock on, or stops and breaks it',
  },
];
