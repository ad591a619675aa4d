/** Fragmentation, measured: which requests fail though enough memory is free, as blocks of mixed lifetimes come and go. */
import { ORDERS, buddySystem, firstFit, grouped } from './contenders.ts';
import { Random } from '../random.ts';
import type { Contender, Lifetime } from './contenders.ts';

/** What is tried. */
export interface Experiment {
  readonly seed: number;
  readonly pages: number;
  readonly moments: number;
}

/** What became of the requests of one contender. */
export interface Failures {
  readonly name: string;
  /** For each order the share of moments at which a request failed though as many pages were free. */
  readonly shares: readonly number[];
  /** Pages that were free, as a share of all, on average. */
  readonly free: number;
}

/** What an experiment came to. */
export interface Measured {
  readonly experiment: Experiment;
  readonly failures: readonly Failures[];
}

/** A block that is wanted, and until when. */
interface Wanted {
  readonly of: number;
  readonly lifetime: Lifetime;
  readonly until: number;
}

/** Memory fills up to the larger share of its pages; then nothing is wanted until no more than the smaller share is. */
const [EMPTY, FULL] = [0.6, 0.97];

/** Requests between two moments, and before the first one as many as there are pages. */
const BETWEEN = 50;

/** Requests of each order, of a hundred: nearly all are of one page. */
const SHARES: readonly number[] = [75, 10, 6, 4, 2, 1, 1, 1];

/** One in fifty blocks is wanted for long: twenty times as long as the others. */
const LONG = 0.02;
const [LEAST, MOST, LONGER] = [100, 4000, 20];

function drawOrder(random: Random): number {
  let left = random.below(SHARES.reduce((sum, share) => sum + share, 0));
  let of = 0;
  for (const share of SHARES) {
    if (left < share) break;
    left -= share;
    of++;
  }
  return of;
}

function draw(random: Random, now: number): Wanted {
  const of = drawOrder(random);
  const isLong = random.chance(LONG);
  const time = random.between(LEAST, MOST) * (isLong ? LONGER : 1);
  return { of, lifetime: isLong ? 'long' : 'short', until: now + time };
}

/** The same blocks for every contender: those that were granted one, and where it is. */
class Holder {
  readonly #contender: Contender;
  readonly #heads = new Map<Wanted, number>();
  readonly #failed = Array.from({ length: ORDERS }, () => 0);
  readonly #asked = Array.from({ length: ORDERS }, () => 0);
  readonly #pages: number;
  #held = 0;
  /** Free pages at all moments together, and how many moments there were. */
  #free = 0;
  #moments = 0;

  constructor(contender: Contender, pages: number) {
    this.#contender = contender;
    this.#pages = pages;
  }

  take(wanted: Wanted): void {
    const head = this.#contender.take(wanted.of, wanted.lifetime);
    if (head === undefined) return;
    this.#heads.set(wanted, head);
    this.#held += 2 ** wanted.of;
  }

  give(wanted: Wanted): void {
    const head = this.#heads.get(wanted);
    if (head === undefined) return;
    this.#heads.delete(wanted);
    this.#contender.give(head, wanted.of);
    this.#held -= 2 ** wanted.of;
  }

  /** Asks for a block of each order, and gives it back at once. */
  ask(): void {
    const free = this.#pages - this.#held;
    this.#free += free;
    this.#moments++;
    for (let of = 0; of < ORDERS && 2 ** of <= free; of++) {
      const head = this.#contender.take(of, 'short');
      this.#asked[of] = (this.#asked[of] ?? 0) + 1;
      if (head === undefined) this.#failed[of] = (this.#failed[of] ?? 0) + 1;
      else this.#contender.give(head, of);
    }
  }

  get failures(): Failures {
    const shares = this.#failed.map((failed, of) => failed / Math.max(1, this.#asked[of] ?? 0));
    const free = this.#free / Math.max(1, this.#moments) / this.#pages;
    return { name: this.#contender.name, shares, free };
  }
}

/** Carries out an experiment: every contender is asked the same, and whoever cannot grant a block goes without it. */
export function measure(experiment: Experiment, contenders: readonly Contender[]): Measured {
  const { moments, pages, seed } = experiment;
  const random = new Random(seed);
  const holders = contenders.map((contender) => new Holder(contender, pages));
  let wanted: Wanted[] = [];
  let wantedPages = 0;
  let fills = true;
  const end = pages + moments * BETWEEN;
  for (let now = 1; now <= end; now++) {
    const over = wanted.filter(({ until }) => until <= now);
    if (over.length > 0) wanted = wanted.filter(({ until }) => until > now);
    for (const one of over) {
      wantedPages -= 2 ** one.of;
      for (const holder of holders) holder.give(one);
    }
    const one = draw(random, now);
    if (wantedPages <= EMPTY * pages) fills = true;
    if (wantedPages + 2 ** one.of > FULL * pages) fills = false;
    if (fills) {
      wanted.push(one);
      wantedPages += 2 ** one.of;
      for (const holder of holders) holder.take(one);
    }
    if (now <= pages || (now - pages) % BETWEEN !== 0) continue;
    for (const holder of holders) holder.ask();
  }
  return { experiment, failures: holders.map(({ failures }) => failures) };
}

/** Returns all contenders, for a memory of so many pages. */
export const contendersFor = (pages: number): readonly Contender[] => [
  firstFit(pages),
  buddySystem('2.4', pages),
  buddySystem('2.6', pages),
  grouped(pages),
];

/** Measures what the demonstration shows: 32 MiB, and every contender. */
export const measured = (seed: number): Measured => measure({ seed, pages: 8192, moments: 400 }, contendersFor(8192));

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Returns what an experiment came to, in text. */
export function fragmentationTable({ experiment, failures }: Measured): string {
  const { moments, pages, seed } = experiment;
  const cells = (first: string, rest: readonly string[]): string =>
    [first.padStart(9), ...rest.map((cell) => cell.padStart(11))].join('');
  const rows = Array.from({ length: ORDERS }, (_, of) =>
    cells(
      String(of),
      failures.map(({ shares }) => percent(shares[of] ?? 0)),
    ),
  );
  return [
    'Requests that fail though enough pages are free, by order: external fragmentation.',
    '',
    cells(
      'order',
      failures.map(({ name }) => name),
    ),
    ...rows,
    cells(
      'free',
      failures.map(({ free }) => percent(free)),
    ),
    '',
    `${pages} pages. Blocks of orders 0 to ${SHARES.length - 1} come and go; one in ${1 / LONG} stays ${LONGER} times as long.`,
    `At each of ${moments} moments a block of every order was asked for, and given back at once. Seed ${seed}.`,
    '',
    'first fit: the lowest run of free pages, wherever it begins, as boot memory finds it. buddy: a block begins at a multiple of its size;',
    '2.4 takes the upper half of one that is split and 2.6 the lower one, and so they fail alike. grouped: no kernel’s code, but 2.6 in',
    'parts of 512 pages, each for blocks that live short or for those that live long: an extension, after 2.6.24’s grouping by mobility.',
  ].join('\n');
}
