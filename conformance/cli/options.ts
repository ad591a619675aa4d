import { InvalidArgumentError, Option } from 'commander';
import { EXHAUSTIBLE } from '../kinds/buddy/exhaustive/exhaustive.ts';
import { FREE_MISUSES, claimOf } from '../kinds/buddy/misuse.ts';
import type { Command } from 'commander';
import type { Claim, Kernel } from '../../protocol/index.ts';

/** What a user asked for, as read from the command line. */
export interface CommonFlags {
  readonly reference: Kernel;
  readonly claim: readonly Claim[];
  readonly noClaim: readonly Claim[];
  readonly json: boolean;
}

export interface CheckFlags extends CommonFlags {
  readonly seed: number;
  readonly cases: number;
  readonly ops: number;
  readonly time: number;
  readonly pages: readonly number[];
  readonly orders: readonly number[];
  readonly base: readonly number[];
  readonly save?: string;
  readonly exhaustive?: number;
}

export interface ReplayFlags extends CommonFlags {
  readonly shrink: boolean;
  readonly save?: string;
}

const CLAIMS: readonly Claim[] = [
  'complete',
  'best-fit',
  'placement:linux-2.4',
  'placement:linux-2.6',
  'capacity',
  ...FREE_MISUSES.map(claimOf),
];

const isClaim = (text: string): text is Claim => CLAIMS.some((claim) => claim === text);

/** Reads a whole number within bounds. */
export function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const n = Number(text);
    if (/^\d+$/.test(text) && n >= least && n <= most) return n;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

function exhaustible(text: string): number {
  const pages = whole(1, 16)(text);
  if (EXHAUSTIBLE.includes(pages)) return pages;
  throw new InvalidArgumentError(`It must be one of ${EXHAUSTIBLE.join(', ')}.`);
}

/** A comma-separated list of numbers and of ranges a-b. */
function list(least: number, most: number): (text: string) => readonly number[] {
  const one = whole(least, most);
  return (text) =>
    text.split(',').flatMap((word) => {
      const [from = '', to = from] = word.split('-');
      const first = one(from);
      const last = one(to);
      if (last < first || last - first > 10_000) throw new InvalidArgumentError(`${word} is no range.`);
      return Array.from({ length: last - first + 1 }, (_, n) => first + n);
    });
}

function claims(text: string, before: readonly Claim[]): readonly Claim[] {
  if (!isClaim(text)) throw new InvalidArgumentError(`It must be one of ${CLAIMS.join(', ')}.`);
  return [...before, text];
}

/** An option whose name begins with `no-` and that takes a value: no switch that is turned off. */
function noClaim(): Option {
  const option = new Option('--no-claim <claim>', 'do not judge this, though it is claimed (repeat it for more)');
  option.negate = false;
  option.attributeName = () => 'noClaim';
  return option.argParser(claims).default([]);
}

/** Options that every judging command has. */
export function withCommon(command: Command): Command {
  return command
    .addOption(
      new Option('--reference <kernel>', 'which reference is judged where no command is given')
        .choices(['2.4', '2.6'])
        .default('2.4'),
    )
    .option('--claim <claim>', 'judge this too, though it is not claimed (repeat it for more)', claims, [])
    .addOption(noClaim())
    .option('--json', 'one JSON record a line on stdout; the last is the summary', false);
}

/** Options that say how much is tried. */
export function withSearch(command: Command): Command {
  return command
    .option('--seed <n>', 'fixes every case', whole(0, 2 ** 32 - 1), 1)
    .option('--cases <n>', 'at most so many cases', whole(1, 1e9), 2000)
    .option('--ops <n>', 'operations of a case, about', whole(1, 1e6), 500)
    .option('--time <seconds>', 'bounds the search; shrinking may take 30 s more', whole(1, 1e6), 60)
    .option('--pages <list>', 'sizes of arenas, such as 4,16-20 (default: a sweep)', list(1, 2 ** 20), [])
    .option('--orders <list>', 'numbers of orders (default: a sweep)', list(1, 31), [])
    .option('--base <list>', 'first frames (default: a sweep)', list(0, 2 ** 40), [])
    .option(
      '--exhaustive <pages>',
      'every state of an arena of 1, 2, 4, 8 or 16 frames instead, to the end',
      exhaustible,
    )
    .option('--save <file>', 'write the shortest case there when the verdict is against the allocator');
}
