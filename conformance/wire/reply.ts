import { z } from 'zod';
import { malformed, parseResults } from './tokens.ts';
import { pfn } from '../unit.ts';
import { MAX_BATCH, MAX_LINE, capacityOf } from './requests.ts';
import type { Parsed } from '../judge/subject.ts';
import type { ViewName } from './requests.ts';
import type { Claim, Pfn, Run, Reported } from '../../protocol/index.ts';
import type { BuddyOpened as Opened } from '../kinds/buddy/port.ts';
import type { Feature, Hello } from '../judge/subject.ts';
import type { Result, Shape } from '../kinds/buddy/case.ts';

/** A line shorter than this has no room for the smallest case; one longer is hoarded, not read. */
const MIN_MAX_LINE = 1024;
const MAX_MAX_LINE = 64 * MAX_LINE;

export const parsed = <T>(value: T): Parsed<T> => ({ kind: 'parsed', value });

/** A value as a schema wants it, or the first thing that is wrong with it and where. */
export function read<T>(schema: z.ZodType<T>, value: unknown): Parsed<T> {
  const result = schema.safeParse(value);
  if (result.success) return parsed(result.data);
  const issue = result.error.issues[0];
  const what = issue?.message ?? 'Invalid input';
  const place = issue?.path.map(String).join('.') ?? '';
  return malformed(place === '' ? what : `${place}: ${what}`);
}

const envelope = z.object({ id: z.int(), unknown: z.literal(true).optional() });

/** Reads a line as the reply to request `id`; what it answers is for the functions below. */
export function parseReply(line: string, id: number): Parsed<unknown> {
  let reply: unknown;
  try {
    reply = JSON.parse(line);
  } catch {
    return malformed('not JSON');
  }
  const outer = read(envelope, reply);
  if (outer.kind === 'malformed') return outer;
  if (outer.value.id !== id) return malformed(`its id is ${outer.value.id}, not ${id}`);
  return outer.value.unknown === true ? malformed('the harness does not know this request') : parsed(reply);
}

const CLAIMS: Readonly<Record<Claim, true>> = {
  complete: true,
  'best-fit': true,
  'placement:linux-2.4': true,
  'placement:linux-2.6': true,
  capacity: true,
  'misuse:out-of-range': true,
  'misuse:wrong-order': true,
  'misuse:misaligned': true,
  'misuse:inner-page': true,
  'misuse:double-free': true,
  'misuse:never-allocated': true,
  'misuse:payload': true,
  'misuse:internal': true,
};

const FEATURES: Readonly<Record<Feature, true>> = {
  'observe:free-count': true,
  'observe:free-blocks': true,
  'observe:free-lists': true,
  'observe:pair-bits': true,
  payload: true,
  'align:absolute': true,
  boot: true,
  'boot:misuse': true,
  machine: true,
  'observe:zones': true,
};

const isClaim = (name: string): name is Claim => Object.hasOwn(CLAIMS, name);
const isFeature = (name: string): name is Feature => Object.hasOwn(FEATURES, name);

const helloReply = z.object({
  refuse: z.string().optional(),
  hello: z
    .object({
      version: z.literal(1),
      name: z.string(),
      revision: z.string().default(''),
      language: z.string().default(''),
      claims: z.array(z.string()),
      features: z.array(z.string()),
      maxBatch: z.int().min(1).default(MAX_BATCH),
      maxLine: z.int().min(MIN_MAX_LINE).default(MAX_LINE),
    })
    .optional(),
});

export type Greeting =
  { readonly kind: 'hello'; readonly hello: Hello } | { readonly kind: 'refuse'; readonly why: string };

/**
 * The reply to a hello. Claims and features that this judge does not know are kept apart, `maxLine` is at most 64 MiB, and
 * `maxBatch` no more than always fits in such a line.
 */
export function parseHello(reply: unknown): Parsed<Greeting> {
  const outer = read(helloReply, reply);
  if (outer.kind === 'malformed') return outer;
  const { refuse, hello } = outer.value;
  if (refuse !== undefined) return parsed({ kind: 'refuse', why: refuse });
  if (hello === undefined) return malformed('neither "hello" nor "refuse"');
  const { name, revision, language, claims, features, maxBatch } = hello;
  const maxLine = Math.min(hello.maxLine, MAX_MAX_LINE);
  return parsed({
    kind: 'hello',
    hello: {
      name,
      revision,
      language,
      claims: new Set(claims.filter(isClaim)),
      features: new Set(features.filter(isFeature)),
      unknown: [...claims.filter((claim) => !isClaim(claim)), ...features.filter((feature) => !isFeature(feature))],
      maxBatch: Math.min(maxBatch, capacityOf(maxLine)),
      maxLine,
    },
  });
}

const natural = z.int().min(0);
const usableRuns = z.union([z.literal('probe'), z.array(z.tuple([natural, natural]))], {
  error: 'neither "probe" nor a list of [first frame, count]',
});
const initReply = z.object({
  ready: z.object({ usable: usableRuns.optional() }).optional(),
  unsupported: z.string().optional(),
  failed: z.string().optional(),
});

/** What keeps runs from being runs of the arena: each lies within it, and after those before it. */
function misplaced(runs: readonly (readonly [number, number])[], { base, pages }: Shape): string | undefined {
  let after: number = base;
  for (const [first, count] of runs) {
    const end = base + pages;
    if (first < base || first + count > end) return `usable [${first},${count}] is not within [${base},${end})`;
    if (first < after) return `usable [${first},${count}] overlaps the run before it, or is out of order`;
    after = first + count;
  }
  return undefined;
}

/** The reply to an init of that shape, or to one of which all is usable that is not said to be otherwise. */
export function parseOpened(reply: unknown, shape?: Shape): Parsed<Opened> {
  const outer = read(initReply, reply);
  if (outer.kind === 'malformed') return outer;
  const { ready, unsupported, failed } = outer.value;
  if (failed !== undefined) return parsed({ kind: 'failed', why: failed });
  if (unsupported !== undefined) return parsed({ kind: 'unsupported', why: unsupported });
  if (ready === undefined) return malformed('neither "ready" nor "unsupported" nor "failed"');
  const { usable } = ready;
  if (shape === undefined || usable === undefined) return parsed({ kind: 'ready', usable: 'all' });
  if (usable === 'probe') return parsed({ kind: 'ready', usable });
  const wrong = misplaced(usable, shape);
  if (wrong !== undefined) return malformed(wrong);
  return parsed({ kind: 'ready', usable: usable.map(([first, count]): Run => [pfn(first), count]) });
}

const runReply = z.object({ ran: z.string(), detail: z.record(z.string(), z.string()).optional() });

/** The reply to a run of so many operations. */
export function parseRan(reply: unknown, count: number): Parsed<readonly Result[]> {
  const outer = read(runReply, reply);
  return outer.kind === 'malformed' ? outer : parseResults(outer.value.ran, count, outer.value.detail ?? {});
}

const perOrder = z.array(z.array(z.number()));
const observeReply = z.object({
  observed: z.object({
    'free-count': z.number().optional(),
    'free-blocks': perOrder.optional(),
    'free-lists': perOrder.optional(),
    'pair-bits': z.array(z.string().regex(/^[01]*$/, 'not a string of 0 and 1')).optional(),
  }),
});

const frames = (lists: readonly (readonly number[])[]): readonly (readonly Pfn[])[] =>
  lists.map((list) => list.map(pfn));

/** The reply to an observe: all views that were asked for. Whether the numbers in them can be right is not looked at. */
export function parseObserved(reply: unknown, asked: readonly ViewName[]): Parsed<Reported> {
  const outer = read(observeReply, reply);
  if (outer.kind === 'malformed') return outer;
  const { observed } = outer.value;
  const missing = asked.find((view) => observed[view] === undefined);
  if (missing !== undefined) return malformed(`no "${missing}"`);
  const { 'free-count': freeCount, 'free-blocks': blocks, 'free-lists': lists, 'pair-bits': pairBits } = observed;
  return parsed({
    ...(freeCount === undefined ? {} : { freeCount }),
    ...(blocks === undefined ? {} : { freeBlocks: frames(blocks) }),
    ...(lists === undefined ? {} : { freeLists: frames(lists) }),
    ...(pairBits === undefined ? {} : { pairBits }),
  });
}

const byeReply = z.object({ bye: z.literal(true) });

export function parseBye(reply: unknown): Parsed<true> {
  const outer = read(byeReply, reply);
  return outer.kind === 'malformed' ? outer : parsed(true);
}

/** The reply to one command of boot memory. */
export function parseBootRan(reply: unknown): Parsed<string> {
  const outer = read(runReply, reply);
  if (outer.kind === 'malformed') return outer;
  return outer.value.ran.includes(' ') ? malformed('more than one result') : parsed(outer.value.ran);
}
