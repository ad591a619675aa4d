/** Scripts of several threads on the wire: the request, and a reply in which each result has a stamp before it and one after it. */
import { counted, show } from '../../show.ts';
import { encodeScript, parseResults } from '../buddy/wire/tokens.ts';
import { fieldOf, isList, malformed, mustBe, objectAt, parsed } from '../../wire/fields.ts';
import type { Operation, Result } from '../buddy/case.ts';
import type { Parsed } from '../../judge/subject.ts';

/** What came back for one operation, and what the counter of all threads said before it was begun and after it was done. */
export interface Stamped {
  readonly result: Result;
  readonly before: number;
  readonly after: number;
}

/** What one thread is asked: in a script of its own, a slot counts the allocations of that script. */
export type ThreadScript = readonly Extract<Operation, { kind: 'allocate' | 'free-slot' | 'free-frame' }>[];

export const encodeThreads = (id: number, scripts: readonly ThreadScript[]): string =>
  `{"id":${id},"threads":[${scripts.map((script) => `"${encodeScript(script)}"`).join(',')}]}`;

const WORD = /^(?<before>0|[1-9]\d{0,15}):(?<result>[^:]+):(?<after>0|[1-9]\d{0,15})$/u;

/** Reads the results of one thread; its stamps ascend. */
function parseThread(text: unknown, count: number, place: string): Parsed<readonly Stamped[]> {
  if (typeof text !== 'string') return mustBe(place, 'a string', text);
  const words = text === '' ? [] : text.split(' ');
  if (words.length !== count) {
    return malformed(`${place}: ${counted(words.length, 'result')} for ${counted(count, 'operation')}`);
  }
  const read = words.map((word) => WORD.exec(word)?.groups ?? {});
  const wrong = read.findIndex(({ result }) => result === undefined);
  if (wrong >= 0) return malformed(`${place}: "${show(words[wrong] ?? '')}" must be <before>:<result>:<after>`);
  const stamps = read.flatMap(({ after, before }) => [Number(before), Number(after)]);
  const late = stamps.findIndex((stamp, n) => !Number.isSafeInteger(stamp) || stamp <= (stamps[n - 1] ?? -1));
  if (late > 0) return malformed(`${place}: stamp ${stamps[late]} does not come after ${stamps[late - 1]}`);
  const results = count === 0 ? parsed([]) : parseResults(read.map(({ result }) => result).join(' '), count, {});
  if (results.kind === 'malformed') return malformed(`${place}: ${results.how}`);
  return parsed(
    results.value.map((result, n) => ({ result, before: stamps[2 * n] ?? 0, after: stamps[2 * n + 1] ?? 0 })),
  );
}

/** Reads the reply to scripts of so many operations: a result for each, no stamp twice. */
export function parseThreads(reply: unknown, counts: readonly number[]): Parsed<readonly (readonly Stamped[])[]> {
  const outer = objectAt('the reply', reply);
  if (outer.kind === 'malformed') return outer;
  const threads = fieldOf(outer.value, 'threads');
  if (!isList(threads)) return mustBe('threads', 'a list', threads);
  if (threads.length !== counts.length) {
    return malformed(`threads: ${counted(threads.length, 'script')} for ${counts.length}`);
  }
  const all: (readonly Stamped[])[] = [];
  for (const [n, count] of counts.entries()) {
    const thread = parseThread(threads[n], count, `threads.${n}`);
    if (thread.kind === 'malformed') return thread;
    all.push(thread.value);
  }
  const stamps = all.flat().flatMap(({ after, before }) => [before, after]);
  const twice = stamps.find((stamp, n) => stamps.indexOf(stamp) !== n);
  return twice === undefined ? parsed(all) : malformed(`threads: stamp ${twice} is there twice`);
}
