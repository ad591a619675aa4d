/** The replies of a harness: what those of every kind have in common. */

import { excessOf } from './bounds.ts';
import { fieldOf, isFields, isList, isNatural, malformed, mustBe, objectAt, parsed, textAt } from './fields.ts';
import { show } from '../show.ts';
import type { Fields } from './fields.ts';
import type { Parsed } from '../judge/subject.ts';
import type { z } from 'zod';

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

/** What every init comes to: something is ready, of which `ready` says more; or there is nothing, and why. */
export type Opening =
  | { readonly kind: 'ready'; readonly ready: Fields }
  | { readonly kind: 'unsupported'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

/** Reads the reply to an init. */
export function parseOpening(reply: unknown): Parsed<Opening> {
  const outer = objectAt('the reply', reply);
  if (outer.kind === 'malformed') return outer;
  for (const kind of ['failed', 'unsupported'] as const) {
    if (fieldOf(outer.value, kind) === undefined) continue;
    const why = textAt('', outer.value, kind);
    return why.kind === 'malformed' ? why : parsed({ kind, why: show(why.value) });
  }
  const ready = fieldOf(outer.value, 'ready');
  if (ready === undefined) return malformed('neither "ready" nor "unsupported" nor "failed"');
  return isFields(ready) ? parsed({ kind: 'ready', ready }) : mustBe('ready', 'an object', ready);
}

/** Reads the text of results in the reply to a run. */
export function parseRanText(reply: unknown): Parsed<{ readonly ran: string; readonly fields: Fields }> {
  const outer = objectAt('the reply', reply);
  if (outer.kind === 'malformed') return outer;
  const ran = textAt('', outer.value, 'ran');
  return ran.kind === 'malformed' ? ran : parsed({ ran: ran.value, fields: outer.value });
}

/** Reads the reply to a bye. */
export function parseBye(reply: unknown): Parsed<true> {
  const outer = objectAt('the reply', reply);
  if (outer.kind === 'malformed') return outer;
  const bye = fieldOf(outer.value, 'bye');
  return bye === true ? parsed(true) : mustBe('bye', 'true', bye);
}
