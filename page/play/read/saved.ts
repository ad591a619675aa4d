/** A case as it is saved, or the line of a report that replays it. */
import { MOST_PAGES, areApart, badSize } from '../script.ts';
import { isOfCase } from '../case/script.ts';
import { readCase } from '../case/world.ts';
import { quoted, readAs, unread } from './reading.ts';
import { readWords } from './trace.ts';
import type { Reading, Unread } from './reading.ts';
import type { Run } from '../script.ts';

const INSTEAD = 'a case reads {"init":{"base":0,"pages":16,"orders":5},"run":"a0 a1 f0"}';
const FILM = '"npx buddy-oracle replay CASE --html FILE" makes a film of it';

/** Returns a field of a value that nobody vouches for; undefined if it has none. */
const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

/** Returns the JSON of a text: all of it, or what a line in a shell has between its braces. */
function jsonIn(text: string): { readonly value: unknown } | Unread {
  const found = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  try {
    return { value: JSON.parse(found) };
  } catch (error) {
    return unread(`it begins as JSON does, but is none: ${error instanceof Error ? error.message : ''}; ${INSTEAD}`);
  }
}

/** Reads reserved frames; undefined if they are none. */
function reservedOf(value: unknown, base: number, pages: number): readonly Run[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > MOST_PAGES) return undefined;
  const runs = value.map((one: unknown): Run => {
    const [first, count] = [fieldOf(one, '0'), fieldOf(one, '1')];
    return [typeof first === 'number' ? first - base : NaN, typeof count === 'number' ? count : NaN];
  });
  return areApart(runs, pages) ? runs : undefined;
}

/** Returns what of a case is not shown. */
const leftOut = (value: unknown): readonly string[] => [
  ...(fieldOf(value, 'drain') === true ? ['that it is emptied and drained in the end is left out'] : []),
  ...(fieldOf(value, 'before') === undefined ? [] : ['the cases before it are left out']),
];

/** Reads a case of boot memory or on a machine. */
function readOther(value: unknown): Reading {
  const read = readCase(value);
  if (typeof read === 'string') return unread(`${read}: ${FILM}`);
  const as = read.begin.of === 'boot' ? 'a case of boot memory' : 'a case on a machine';
  return readAs(as, read, leftOut(value));
}

/** Frames of an arena that begins elsewhere are counted from its base here, if that makes no difference to any block. */
function moved(run: string, base: number): string {
  return run.replaceAll(/(?<=(?:^|\s)F)\d{1,15}(?=:)/gu, (frame) => String(Number(frame) - base));
}

/** Reads a case: of the buddy system here, of another kind as it is. */
export function readSaved(text: string): Reading {
  const json = jsonIn(text);
  if ('why' in json) return json;
  const init = fieldOf(json.value, 'init');
  const run = fieldOf(json.value, 'run');
  if (isOfCase(init)) return readOther(json.value);
  if (init === undefined || typeof run !== 'string')
    return unread(`the JSON has no ${init === undefined ? 'init' : 'run'}: ${INSTEAD}`);
  const [pages, orders, base = 0] = [fieldOf(init, 'pages'), fieldOf(init, 'orders'), fieldOf(init, 'base')];
  const wrong = badSize(pages, orders);
  if (wrong !== undefined || typeof pages !== 'number' || typeof orders !== 'number') {
    return unread(
      `init has pages ${quoted(String(pages))} and orders ${quoted(String(orders))}, but ${wrong ?? ''}: ${FILM}`,
    );
  }
  if (typeof base !== 'number' || base % 2 ** (orders - 1) !== 0) {
    return unread(
      `init.base is ${quoted(String(base))}, no multiple of the largest block, and an arena here begins at frame 0: ${FILM}`,
    );
  }
  const reserved = reservedOf(fieldOf(init, 'reserved'), base, pages);
  if (reserved === undefined)
    return unread(`init.reserved is no list of [first, count] that ascend and lie in the arena; ${INSTEAD}`);
  const words = readWords(
    moved(run, base)
      .split(/\s+/u)
      .filter((one) => one !== ''),
  );
  if ('why' in words) return unread(`run: ${words.why}`);
  return readAs('a saved case', { kind: 'buddy', pages, orders, reserved, run: words.run }, [
    ...words.notes,
    ...(base === 0 ? [] : [`its frame ${base} is frame 0 here`]),
    ...leftOut(json.value),
  ]);
}
