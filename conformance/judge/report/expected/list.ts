/** The list of divergences that are known: how it is read, checked and written. */
import { isClause } from '../../../../spec/index.ts';
import { z } from 'zod';
import type { AnyKind } from '../../kind.ts';

/** A divergence that is known: what is found, why it is left as it is, and where that is discussed. */
export interface Known {
  readonly kind: string;
  /** The clause that is refuted, or the kind of silence. */
  readonly found: string;
  /** The facts, without their numbers, so that another seed says the same. */
  readonly message: string;
  readonly reason: string;
  readonly link: string;
}

/** What a finding without a clause is called. */
const SILENCES = ['crash', 'hang'];

/** The most characters of a list, and the most entries. */
export const MOST_CHARACTERS: number = 2 ** 20;
const MOST_ENTRIES = 1000;

const text = (most: number): z.ZodString => z.string().max(most, `it may have at most ${most} characters`);

const said = (what: string): z.ZodString => text(2000).regex(/\S/u, `it is empty: ${what}`);

function entryOf(kinds: readonly AnyKind[]): z.ZodType<Known> {
  const names = kinds.map(({ name }) => name);
  const isName = (one: string): boolean => names.includes(one);
  const isFound = (one: string): boolean => isClause(one) || SILENCES.includes(one);
  return z.strictObject({
    kind: text(40).refine(isName, `it must be one of ${names.join(', ')}`),
    found: text(40).refine(isFound, `it must be the id of a clause, or one of ${SILENCES.join(', ')}`),
    message: text(4000),
    reason: said('say why it is left as it is'),
    link: said('say where that is discussed').regex(/^https?:\/\//u, 'it must begin with https:// or http://'),
  });
}

/** Says where in a list something is wrong, and what. */
function complaint(error: z.ZodError): string {
  const [issue] = error.issues;
  const [, entry, field] = issue?.path ?? [];
  const place =
    entry === undefined ? '' : `entry ${Number(entry) + 1}${field === undefined ? '' : `, ${String(field)}`}: `;
  return `${place}${issue?.message ?? 'it is no list'}`;
}

/** Reads a list, `{"expected":[...]}`; or says why it is none. No two entries are of the same kind and clause. */
export function readKnown(kinds: readonly AnyKind[], written: string): readonly Known[] | string {
  if (written.length > MOST_CHARACTERS) return `it has more than ${MOST_CHARACTERS} characters`;
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return 'it is not JSON';
  }
  const form = z.strictObject({ expected: z.array(z.unknown()).max(MOST_ENTRIES) }).safeParse(value);
  if (!form.success) return `it must be {"expected":[...]} of at most ${MOST_ENTRIES} entries`;
  const read = z.object({ expected: z.array(entryOf(kinds)) }).safeParse(form.data);
  if (!read.success) return complaint(read.error);
  const { expected } = read.data;
  const twice = expected.findIndex((one, n) => expected.slice(0, n).some((other) => isAlike(one, other)));
  return twice < 0 ? expected : `entry ${twice + 1}: ${expected[twice]?.found ?? ''} is listed before`;
}

/** Reports whether two speak of the same: of one kind, and of one clause or silence. */
export const isAlike = (one: Pick<Known, 'kind' | 'found'>, other: Pick<Known, 'kind' | 'found'>): boolean =>
  one.kind === other.kind && one.found === other.found;

/** Returns a list as it is written to a file. */
export const writtenKnown = (expected: readonly Known[]): string => `${JSON.stringify({ expected }, undefined, 2)}\n`;
