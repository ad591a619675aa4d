/** The replies of a buddy allocator to an init and to a run. */
import { fieldOf, isFields, isList, isNatural, malformed, mustBe, parsed } from '../../../wire/fields.ts';
import { parseOpening, parseRanText } from '../../../wire/reply.ts';
import { parseResults } from './tokens.ts';
import { pfn } from '../../../unit.ts';
import { show } from '../../../show.ts';
import type { Parsed } from '../../../judge/subject.ts';
import type { Result, Shape } from '../case.ts';
import type { Run } from '../../../../protocol/index.ts';

/** An arena that can be used, or why there is none. */
export type BuddyOpened =
  | { readonly kind: 'ready'; readonly usable: readonly Run[] | 'all' | 'probe' }
  | { readonly kind: 'unsupported'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

/** Reads a run of frames in [base, base + pages) that begins at `after` or later; or says why it is none. */
function usableRun(run: unknown, at: number, after: number, { base, pages }: Shape): Parsed<Run> {
  const place = `ready.usable.${at}`;
  if (!isList(run)) return mustBe(place, '[first frame, count]', run);
  const [first, count] = run;
  if (run.length !== 2 || !isNatural(first) || !isNatural(count)) {
    return malformed(`${place} must be [first frame, count], two whole numbers`);
  }
  const end = base + pages;
  if (first < base || first + count > end)
    return malformed(`usable [${first},${count}] is not within [${base},${end})`);
  if (first < after) return malformed(`usable [${first},${count}] overlaps the run before it, or is out of order`);
  return parsed([pfn(first), count]);
}

/** Reads the usable frames of an arena: sorted, apart, and no more runs than it has frames. */
function parseUsable(usable: unknown, shape: Shape): Parsed<BuddyOpened> {
  if (usable === 'probe') return parsed({ kind: 'ready', usable });
  if (!isList(usable)) return malformed('ready.usable is neither "probe" nor a list of [first frame, count]');
  const runs: Run[] = [];
  let after: number = shape.base;
  for (const [at, value] of usable.entries()) {
    const run = usableRun(value, at, after, shape);
    if (run.kind === 'malformed') return run;
    if (at >= shape.pages) return malformed('ready.usable has more runs than the arena has frames');
    runs.push(run.value);
    after = run.value[0] + run.value[1];
  }
  return parsed({ kind: 'ready', usable: runs });
}

/** Reads the reply to an init of that shape. */
export function parseOpened(reply: unknown, shape: Shape): Parsed<BuddyOpened> {
  const opening = parseOpening(reply);
  if (opening.kind === 'malformed' || opening.value.kind !== 'ready') return opening as Parsed<BuddyOpened>;
  const usable = fieldOf(opening.value.ready, 'usable');
  return usable === undefined ? parsed({ kind: 'ready', usable: 'all' }) : parseUsable(usable, shape);
}

/** Reads the reply to a run of that many operations. */
export function parseRan(reply: unknown, count: number): Parsed<readonly Result[]> {
  const text = parseRanText(reply);
  if (text.kind === 'malformed') return text;
  const { fields, ran } = text.value;
  const detail = fieldOf(fields, 'detail');
  if (detail === undefined) return parseResults(ran, count, {});
  if (!isFields(detail)) return mustBe('detail', 'an object', detail);
  for (const [at, said] of Object.entries(detail)) {
    if (typeof said !== 'string') return mustBe(`detail.${show(at)}`, 'a string', said);
  }
  return parseResults(ran, count, detail);
}
