/** A saved case of any kind, out of text that nobody vouches for. */
import { badCase } from './kind.ts';
import type { AnyKind, BadCase } from './kind.ts';
import type { Replayable } from './judgement.ts';

/** A case that was read, and the kind that it is of. */
export interface ReadCase extends Replayable<object> {
  readonly kind: AnyKind;
}

/** Earlier cases beyond this number are not read: a saved case needs few. */
const MOST_BEFORE = 1000;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the text as JSON, or its last line: a stream of records ends with the summary. */
function jsonOf(text: string): { readonly value: unknown } | BadCase {
  for (const part of [text, text.trim().split('\n').at(-1) ?? '']) {
    try {
      return { value: JSON.parse(part) };
    } catch {
      continue;
    }
  }
  return badCase('it is not JSON');
}

const isBad = (read: object): read is BadCase => 'kind' in read && read.kind === 'bad-case';

/** Returns a value as a case of one of the kinds. */
function readOne(kinds: readonly AnyKind[], value: unknown): { kind: AnyKind; of: object } | BadCase {
  for (const kind of kinds) {
    const read = kind.parse(value);
    if (read === undefined) continue;
    return isBad(read) ? read : { kind, of: read };
  }
  return badCase('it must be an object {"init": ..., "run": ...}');
}

/** Reads a saved case, and those that must come before it; they are of the same kind, and have none before them. */
export function readSaved(kinds: readonly AnyKind[], saved: unknown): ReadCase | BadCase {
  const read = readOne(kinds, saved);
  if ('why' in read) return read;
  const earlier = isObject(saved) ? (saved['before'] ?? []) : [];
  if (!Array.isArray(earlier) || earlier.length > MOST_BEFORE) {
    return badCase(`before: it must be a list of at most ${MOST_BEFORE} cases`);
  }
  const before: object[] = [];
  for (const [at, one] of (earlier as readonly unknown[]).entries()) {
    const each =
      isObject(one) && one['before'] !== undefined
        ? badCase('it has a "before" of its own')
        : readOne([read.kind], one);
    if ('why' in each) return badCase(`before.${at}: ${each.why}`);
    before.push(each.of);
  }
  return { kind: read.kind, case: read.of, before };
}

/** Reads a case out of text: a saved case, a summary that holds one, or a stream of records whose last one is such a summary. */
export function readCase(kinds: readonly AnyKind[], text: string): ReadCase | BadCase {
  const json = jsonOf(text);
  if ('why' in json) return json;
  const { value } = json;
  if (isObject(value) && value['record'] === 'summary' && value['case'] === undefined) {
    return badCase('it is the output of a run that found nothing');
  }
  return readSaved(kinds, isObject(value) && value['case'] !== undefined ? value['case'] : value);
}
