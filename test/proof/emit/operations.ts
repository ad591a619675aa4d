/** Random operations on an arena, carried out by src, with a checksum of all that it answers and holds. */

import { openZone } from '../../../src/buddy/allocator.ts';
import { order, pfn, regionBytes } from '../../../src/index.ts';
import { Random } from '../../../conformance/random.ts';
import type { Allocator, ZoneShape } from '../../../src/index.ts';
import type { Outcome } from '../../../protocol/index.ts';

/** The operations, in the sequence of the program's `enum`. */
const WHICH = ['allocate', 'allocatePages', 'free', 'handOver', 'freeFar', 'freeFarthest'] as const;
type Which = (typeof WHICH)[number];

/** One operation, as the program in C reads it: frames are relative to the base. */
type Operation = readonly [which: Which, one: number, other: number];

/** What src has done: the words that the program reads, and the lines that it must print. */
export interface Played {
  readonly words: Int32Array;
  readonly lines: readonly string[];
  /** The kinds of outcomes, and of misuses. */
  readonly outcomes: ReadonlySet<string>;
}

/** The kinds of an outcome, in the sequence of the header's `enum`. */
const KINDS: readonly Outcome['kind'][] = ['granted', 'exhausted', 'done', 'rejected'];

/** FNV-1a over words of 32 bits. */
class Checksum {
  #hash = 0x811c9dc5;

  mix(word: number): void {
    this.#hash = Math.imul(this.#hash ^ word, 0x01000193);
  }

  mixText(text: string): void {
    for (let n = 0; n < text.length; n++) this.mix(text.charCodeAt(n));
  }

  mixOutcome(outcome: Outcome, base: number): void {
    this.mix(KINDS.indexOf(outcome.kind));
    this.mix(outcome.kind === 'granted' ? outcome.head - base : 0);
    if (outcome.kind !== 'rejected') return;
    this.mixText(outcome.misuse);
    this.mixText(outcome.clause);
  }

  mixWords(words: Int32Array): void {
    let hash = this.#hash;
    for (let n = 0; n < words.length; n++) hash = Math.imul(hash ^ (words[n] ?? 0), 0x01000193);
    this.#hash = hash;
  }

  get line(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }
}

/** Draws operations: more often than not legal ones, and every kind of misuse. */
class Draw {
  readonly #random: Random;
  readonly #shape: ZoneShape;
  readonly #held: [number, number][] = [];

  constructor(shape: ZoneShape, seed: number) {
    this.#random = new Random(seed);
    this.#shape = shape;
  }

  #free(): Operation {
    const { orders, pages } = this.#shape;
    const at = this.#random.below(this.#held.length + 1);
    const [head, of] = this.#held[at] ?? [];
    const anywhere = this.#random.below(pages + 4) - 2;
    if (head === undefined || of === undefined || this.#random.chance(0.1)) {
      return ['free', anywhere, this.#random.below(orders + 2) - 1];
    }
    if (this.#random.chance(0.1)) return ['free', head, this.#random.below(orders)];
    this.#held.splice(at, 1);
    return ['free', head, of];
  }

  /** Returns the n-th operation. The first ones hand most of the pages over. */
  next(n: number): Operation {
    const { orders, pages } = this.#shape;
    const random = this.#random;
    if (n < pages && random.chance(0.9)) return ['handOver', n, 0];
    const dice = random.below(16);
    if (dice < 7) return ['allocate', random.below(orders + 2) - 1, 0];
    if (dice < 13) return this.#free();
    if (dice === 13) return ['allocatePages', random.below(pages + 3) - 1, 0];
    if (dice === 14) return ['handOver', random.below(pages + 4) - 2, 0];
    const which = random.chance(0.5) ? 'freeFar' : 'freeFarthest';
    return [which, random.below(9) - 4, random.below(orders)];
  }

  granted(head: number, of: number): void {
    this.#held.push([head, of]);
  }
}

const FAR = 2 ** 32;
const FARTHEST = 2 ** 63;

function carryOut(allocator: Allocator, base: number, [which, one, other]: Operation): Outcome {
  switch (which) {
    case 'allocate':
      return allocator.allocate(order(one));
    case 'allocatePages':
      return allocator.allocatePages(one);
    case 'free':
      return allocator.free(pfn(base + one), order(other));
    case 'handOver':
      return allocator.handOver(pfn(base + one));
    case 'freeFar':
      return allocator.free(pfn(base + one * FAR), order(other));
    case 'freeFarthest':
      return allocator.free(pfn(one < 0 ? -FARTHEST : FARTHEST), order(other));
  }
}

/** Carries out random operations. `each`: after how many of them a line is printed. */
export function play(shape: ZoneShape, operations: number, each: number, seed: number): Played {
  const { base, holes, kernel, orders, pages } = shape;
  const buffer = new ArrayBuffer(regionBytes(kernel, pages, orders));
  const region = new Int32Array(buffer);
  const opened = openZone(shape, { buffer, byteOffset: 0 });
  if (opened.kind === 'rejected') throw new Error(opened.why);
  const { allocator, zone } = opened;
  const header = [base, pages, orders, each, holes.length, ...holes.flat(), operations];
  const words = new Int32Array(header.length + 3 * operations);
  words.set(header);
  const checksum = new Checksum();
  const draw = new Draw(shape, seed);
  const lines: string[] = [];
  const outcomes = new Set<string>();
  for (let n = 1; n <= operations; n++) {
    const operation = draw.next(n - 1);
    const [which, one, other] = operation;
    words.set([WHICH.indexOf(which), one, other], header.length + 3 * (n - 1));
    const outcome = carryOut(allocator, base, operation);
    outcomes.add(outcome.kind === 'rejected' ? outcome.misuse : outcome.kind);
    checksum.mixOutcome(outcome, base);
    checksum.mixWords(region);
    if (outcome.kind === 'granted') draw.granted(outcome.head - base, zone.owners.get(outcome.head - base));
    if (n % each === 0 || n === operations) lines.push(checksum.line);
  }
  return { words, lines, outcomes };
}
