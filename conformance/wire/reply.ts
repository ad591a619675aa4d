/** The replies of a harness to all but hello and observe; and what they have in common. */

import { excessOf } from './bounds.ts';
import { fieldOf, isFields, isList, isNatural, mustBe, objectAt, parsed, textAt } from './fields.ts';
import { malformed, parseResults } from './tokens.ts';
import { pfn } from '../unit.ts';
import { show } from './show.ts';
import type { z } from 'zod';
import type { Parsed } from '../judge/subject.ts';
import type { Run } from '../../protocol/index.ts';
import type { BuddyOpened as Opened } from '../kinds/buddy/port.ts';
import type { Result, Shape } from '../kinds/buddy/case.ts';

export { parsed } from './fields.ts';
export { parseHello } from './hello.ts';
export { parseObserved } from './observed.ts';
export type { Greeting } from './hello.ts';
export type { Bound, Nonsense, Observed } from './observed.ts';

/** Most values of a reply that is left to a schema, which collects an issue for each that is wrong. */
const MAX_SCHEMA_VALUES = 10_000;

/** Reports whether a value holds more than that many lists, objects and other values. */
function hasMore(value: unknown, most: number): boolean {
  const rest: unknown[] = [value];
  for (let seen = 0; rest.length > 0; seen++) {
    if (seen + rest.length > most) return true;
    const next = rest.pop();
    if (isList(next) && next.length > most) return true;
    if (typeof next === 'object' && next !== null) for (const part of Object.values(next)) rest.push(part);
  }
  return false;
}

/** Reads a small value as a schema wants it; or says the first thing that is wrong with it, and where. */
export function read<T>(schema: z.ZodType<T>, value: unknown): Parsed<T> {
  if (hasMore(value, MAX_SCHEMA_VALUES)) return malformed(`more than ${MAX_SCHEMA_VALUES} values`);
  const result = schema.safeParse(value);
  if (result.success) return parsed(result.data);
  const issue = result.error.issues[0];
  const what = issue?.message ?? 'Invalid input';
  const place = issue?.path.map(String).join('.') ?? '';
  return malformed(place === '' ? what : `${place}: ${what}`);
}

/** Reads a line as the reply to request `id`; what it answers is for the functions below. */
export function parseReply(line: string, id: number): Parsed<unknown> {
  const excess = excessOf(line);
  if (excess !== undefined) return malformed(excess);
  let reply: unknown;
  try {
    reply = JSON.parse(line);
  } catch {
    return malformed('not JSON');
  }
  const outer = objectAt('the reply', reply);
  if (outer.kind === 'malformed') return outer;
  const given = fieldOf(outer.value, 'id');
  if (!isNatural(given)) return mustBe('id', String(id), given);
  if (given !== id) return malformed(`its id is ${given}, not ${id}`);
  return fieldOf(outer.value, 'unknown') === true ? malformed('the harness does not know this request') : outer;
}

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
function parseUsable(usable: unknown, shape: Shape): Parsed<Opened> {
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

/** Reads the reply to an init of that shape; without a shape, all is usable that is not said to be otherwise. */
export function parseOpened(reply: unknown, shape?: Shape): Parsed<Opened> {
  const outer = objectAt('the reply', reply);
  if (outer.kind === 'malformed') return outer;
  for (const kind of ['failed', 'unsupported'] as const) {
    if (fieldOf(outer.value, kind) === undefined) continue;
    const why = textAt('', outer.value, kind);
    return why.kind === 'malformed' ? why : parsed({ kind, why: show(why.value) });
  }
  const ready = fieldOf(outer.value, 'ready');
  if (ready === undefined) return malformed('neither "ready" nor "unsupported" nor "failed"');
  if (!isFields(ready)) return mustBe('ready', 'an object', ready);
  const usable = fieldOf(ready, 'usable');
  return shape === undefined || usable === undefined
    ? parsed({ kind: 'ready', usable: 'all' })
    : parseUsable(usable, shape);
}

/** Reads the reply to a run of that many operations. */
export function parseRan(reply: unknown, count: number): Parsed<readonly Result[]> {
  const outer = objectAt('the reply', reply);
  if (outer.kind === 'malformed') return outer;
  const ran = textAt('', outer.value, 'ran');
  if (ran.kind === 'malformed') return ran;
  const detail = fieldOf(outer.value, 'detail');
  if (detail === undefined) return parseResults(ran.value, count, {});
  if (!isFields(detail)) return mustBe('detail', 'an object', detail);
  for (const [at, text] of Object.entries(detail)) {
    if (typeof text !== 'string') return mustBe(`detail.${show(at)}`, 'a string', text);
  }
  return parseResults(ran.value, count, detail);
}

/** Reads the reply to a bye. */
export function parseBye(reply: unknown): Parsed<true> {
  const outer = objectAt('the reply', reply);
  if (outer.kind === 'malformed') return outer;
  const bye = fieldOf(outer.value, 'bye');
  return bye === true ? parsed(true) : mustBe('bye', 'true', bye);
}

/** Reads the reply to one command of boot memory. */
export function parseBootRan(reply: unknown): Parsed<string> {
  const outer = objectAt('the reply', reply);
  if (outer.kind === 'malformed') return outer;
  const ran = textAt('', outer.value, 'ran');
  if (ran.kind === 'malformed') return ran;
  return ran.value.includes(' ') ? malformed('more than one result') : ran;
}
