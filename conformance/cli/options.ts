/** The options of the command line, read and checked. */
import { InvalidArgumentError, Option } from 'commander';
import { EXHAUSTIBLE } from '../kinds/buddy/exhaustive/exhaustive.ts';
import { isClause } from '../../spec/index.ts';
import { KINDS } from '../kinds/all.ts';
import { LANES } from '../judge/search/lanes.ts';
import { whole } from './kernel/values.ts';
import type { Command } from 'commander';
import type { AnyKind } from '../judge/kind.ts';
import type { Claim, Clause, Kernel } from '../../protocol/index.ts';

/** What is judged, and what of it; what was not given is absent. */
export interface TargetFlags {
  readonly reference?: Kernel;
  readonly claim: readonly Claim[];
  readonly noClaim: readonly Claim[];
  readonly without: readonly Clause[];
}

/** What a user of a judging command asked for. */
export interface CommonFlags extends TargetFlags {
  readonly json: boolean;
  readonly save?: string;
  readonly html?: string;
  readonly svg?: string;
  readonly junit?: string;
  readonly sarif?: string;
  readonly badge?: string;
  readonly github: boolean;
}

export interface CheckFlags extends CommonFlags {
  readonly all: boolean;
  readonly kind?: readonly AnyKind[];
  readonly seed?: number;
  readonly cases?: number;
  readonly ops?: number;
  readonly time?: number;
  readonly pages?: readonly number[];
  readonly orders?: readonly number[];
  readonly base?: readonly number[];
  readonly exhaustive?: number;
  readonly jobs?: number;
  readonly shard?: Shard;
  readonly expect?: string;
  readonly fix: boolean;
  readonly worst: boolean;
}

/** One of so many parts of a search, counted from 1. */
export interface Shard {
  readonly nth: number;
  readonly count: number;
}

export interface DrawFlags extends TargetFlags {
  readonly step?: number;
  readonly svg?: string;
}

export interface ReplayFlags extends CommonFlags {
  readonly shrink: boolean;
  /** Left out, the steps of a short case are shown. */
  readonly steps?: boolean;
}

const CLAIMS: readonly Claim[] = [...new Set(KINDS.flatMap((kind) => kind.claims))];

const isClaim = (text: string): text is Claim => CLAIMS.some((claim) => claim === text);

/** Reads a number of frames whose every state can be gone through. */
export function exhaustible(text: string): number {
  const pages = whole(1, 32)(text);
  if (EXHAUSTIBLE.includes(pages)) return pages;
  throw new InvalidArgumentError(`It must be one of ${EXHAUSTIBLE.join(', ')}.`);
}

/** Reads I/N: the I-th of N parts, counted from 1. */
function shard(text: string): Shard {
  const [, nth = '', count = ''] = /^(\d{1,2})\/(\d{1,2})$/u.exec(text) ?? [];
  const read = { nth: Number(nth), count: Number(count) };
  if (read.nth >= 1 && read.nth <= read.count && read.count <= LANES) return read;
  throw new InvalidArgumentError(`It must be I/N, the I-th of N parts, N at most ${LANES}, such as 1/4.`);
}

/** Reads a comma-separated list of numbers and of ranges a-b. */
function list(least: number, most: number): (text: string) => readonly number[] {
  const one = whole(least, most);
  return (text) =>
    text.split(',').flatMap((word) => {
      const [from = '', to = from, ...more] = word.split('-');
      const first = one(from);
      const last = one(to);
      if (more.length > 0 || last < first || last - first > 10_000) {
        throw new InvalidArgumentError(`${word} is no range.`);
      }
      return Array.from({ length: last - first + 1 }, (_, n) => first + n);
    });
}

function claims(text: string, before: readonly Claim[]): readonly Claim[] {
  if (!isClaim(text)) throw new InvalidArgumentError(`It must be one of ${CLAIMS.join(', ')}.`);
  return [...before, text];
}

/** Reads the ids of clauses, separated by commas. */
function clauses(text: string, before: readonly Clause[]): readonly Clause[] {
  const named = text.split(',').map((id) => {
    if (isClause(id)) return id;
    throw new InvalidArgumentError('It must be the id of a clause, such as TAKE-6.');
  });
  return [...new Set([...before, ...named])];
}

/** Reads names of kinds, separated by commas. */
function kinds(text: string, before: readonly AnyKind[] = []): readonly AnyKind[] {
  const named = text.split(',').map((name) => {
    const kind = KINDS.find((one) => one.name === name);
    if (kind !== undefined) return kind;
    throw new InvalidArgumentError(`It must be one of ${KINDS.map((one) => one.name).join(', ')}.`);
  });
  return KINDS.filter((kind) => before.includes(kind) || named.includes(kind));
}

/** An option whose name begins with `no-` and that takes a value: no switch that is turned off. */
function noClaim(): Option {
  const option = new Option('--no-claim <claim>', 'do not judge this, though it is claimed (repeat it for more)');
  option.negate = false;
  option.attributeName = () => 'noClaim';
  return option.argParser(claims).default([]);
}

/** Adds the options that say what is judged. */
export function withTarget(command: Command): Command {
  return command
    .addOption(
      new Option('--reference <kernel>', 'which reference is judged if no command is given (default: "2.4")').choices([
        '2.4',
        '2.6',
      ]),
    )
    .option('--claim <claim>', 'judge this too, though it is not claimed (repeat it for more)', claims, [])
    .addOption(noClaim())
    .option('--without <clause>', 'do not judge this clause, such as TAKE-6 (repeat it for more)', clauses, []);
}

/** Adds the options that say how a judgement is told. */
export function withReports(command: Command): Command {
  return command
    .option('--junit <file>', 'write JUnit XML')
    .option('--sarif <file>', 'write SARIF 2.1.0: a rule for each clause')
    .option('--badge <file>', 'write a badge, as shields.io reads it')
    .option('--github', 'annotate, and summarize the step; by itself in GitHub Actions', false)
    .option('--json', 'print NDJSON records; the last one is the summary', false);
}

/** Adds the options that every judging command has. */
export const withCommon = (command: Command): Command =>
  withReports(
    withTarget(command)
      .option('--html <file>', 'write the case as a film: a page that opens in a browser, without a network')
      .option('--svg <file>', 'write a picture of the last state: an SVG'),
  );

/** What `--save` of a search does. */
export const SAVE = 'write the shortest case there if the verdict is against the allocator';

/** Adds the options that say how much is tried. */
export function withSearch(command: Command): Command {
  return command
    .option('--kind <kind>', 'judge this kind alone: buddy, boot, machine, smp (repeat it for more)', kinds)
    .option('--seed <n>', 'fixes every case (default: 1)', whole(0, 2 ** 32 - 1))
    .option('--time <seconds>', 'bounds the search; shrinking may take 30 s more (default: 60)', whole(1, 1e6))
    .option('--all', 'go on after a finding, without what was found, and show all of them', false)
    .option(
      '--expect <file>',
      'known divergences, each with a reason: all that is found must be listed, and all that is listed found',
    )
    .option('--fix', 'write that list from what is found; reasons that were given stay', false)
    .option('--worst', 'time the worst operation too, of what conforms: a line that changes no verdict', false)
    .option('--cases <n>', 'maximum number of cases of each kind (default: the time alone ends a run)', whole(1, 1e9))
    .option('--ops <n>', 'operations of a case, about (default: 500)', whole(1, 1e6))
    .option('--jobs <n>', 'processes that share the search (default: one for each core)', whole(1, LANES))
    .option('--shard <i/n>', 'carry out the i-th of n parts of the cases; see merge', shard)
    .option('--pages <list>', 'sizes of arenas, such as 4,16-20 (default: a sweep)', list(1, 2 ** 20))
    .option('--orders <list>', 'numbers of orders (default: a sweep)', list(1, 31))
    .option('--base <list>', 'first frames (default: a sweep)', list(0, 2 ** 52))
    .option(
      '--exhaustive <pages>',
      'every state of an arena of 1, 2, 4, 8 or 16 frames instead, to the end; 32: one of those that swapped buddies make',
      exhaustible,
    )
    .option('--save <file>', SAVE);
}
