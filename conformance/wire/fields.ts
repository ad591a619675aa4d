/** Reads values that came as JSON, by hand: the first thing that is wrong is all that is collected. */

import { show } from '../show.ts';
import type { Malformed, Parsed } from '../judge/subject.ts';

/** An object of which nothing is known but that it is one. */
export type Fields = Readonly<Record<string, unknown>>;

/** Says that a text is not what it must be, and in what. */
export const malformed = (how: string): Malformed => ({ kind: 'malformed', how });

export const parsed = <T>(value: T): Parsed<T> => ({ kind: 'parsed', value });

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isNatural = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Returns what an object says under a name; undefined if it says nothing. */
export const fieldOf = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

function nameOf(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null) return 'null';
  if (isList(value)) return 'a list';
  if (isFields(value)) return 'an object';
  return typeof value === 'string' ? 'a string' : show(JSON.stringify(value));
}

/** Says that what is at a place is not what it must be: "hello.version must be 1, not 2". */
export const mustBe = (place: string, expected: string, value: unknown): Malformed =>
  malformed(`${place} must be ${expected}, not ${nameOf(value)}`);

/** Reads an object; `place` says where it is. */
export const objectAt = (place: string, value: unknown): Parsed<Fields> =>
  isFields(value) ? parsed(value) : mustBe(place, 'an object', value);

/** Reads a string under a name, or `absent` if there is none. */
export function textAt(place: string, fields: Fields, name: string, absent?: string): Parsed<string> {
  const value = fieldOf(fields, name);
  if (value === undefined && absent !== undefined) return parsed(absent);
  return typeof value === 'string' ? parsed(value) : mustBe(`${place}${name}`, 'a string', value);
}

/** Reads a list of at most `most` strings under a name. */
export function textsAt(place: string, fields: Fields, name: string, most: number): Parsed<readonly string[]> {
  const list = fieldOf(fields, name);
  if (!isList(list)) return mustBe(`${place}${name}`, 'a list', list);
  if (list.length > most) return malformed(`${place}${name} has more than ${most} elements`);
  const texts: string[] = [];
  for (const [at, text] of list.entries()) {
    if (typeof text !== 'string') return mustBe(`${place}${name}.${at}`, 'a string', text);
    texts.push(text);
  }
  return parsed(texts);
}

/** Reads a whole number of at least `least` under a name, or `absent` if there is none. */
export function numberAt(
  place: string,
  fields: Fields,
  name: string,
  { least, absent }: { readonly least: number; readonly absent: number },
): Parsed<number> {
  const value = fieldOf(fields, name);
  if (value === undefined) return parsed(absent);
  if (isNatural(value) && value >= least) return parsed(value);
  return mustBe(`${place}${name}`, `a whole number from ${least} to 2^53 - 1`, value);
}
