/** Feeds hostile replies to all that reads replies, in this process, and counts what becomes of them. */

import { parseHello } from '../../../conformance/wire/hello.ts';
import { parseObserved } from '../../../conformance/kinds/buddy/wire/observed.ts';
import { parseOpened, parseRan } from '../../../conformance/kinds/buddy/wire/reply.ts';
import type { Parsed } from '../../../conformance/judge/subject.ts';
import { isUtf8 } from 'node:buffer';
import { Lines } from '../../../conformance/wire/lines.ts';
import { parseBye, parseOpening, parseRanText, parseReply } from '../../../conformance/wire/reply.ts';
import { Random } from '../../fuzz/random.ts';
import { pfn } from '../../../conformance/unit.ts';
import { size, structure, text } from '../../fuzz/replies.ts';
import type { Shape } from '../../../conformance/kinds/buddy/case.ts';

const SHAPE: Shape = { base: pfn(0), pages: 16, orders: 5, reserved: [] };
const VIEWS = ['free-count', 'free-blocks', 'free-lists', 'pair-bits'] as const;
/** The longest line, in bytes; some replies are longer. */
const LINE = 600 * 1024;
/** The most processor time that one reply may take, in ms; the longest is 1 MiB. */
const MOST = 1000;

/** What is wrong is said in a few words that may be shown. */
const SAID = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,2000}$/u;

const PARSERS: Readonly<Record<string, (reply: unknown, random: Random) => Parsed<unknown>>> = {
  hello: parseHello,
  opening: parseOpening,
  opened: (reply) => parseOpened(reply, SHAPE),
  ran: (reply, random) => parseRan(reply, random.of([1, 4, 4, 4, 1000])),
  observed: (reply, random) => {
    const from = random.below(4);
    const bound = random.once(2) ? SHAPE : undefined;
    return parseObserved(reply, VIEWS.slice(from, from + random.below(5 - from)), bound);
  },
  bye: parseBye,
  boot: parseRanText,
};

/** How often each parser was satisfied, and how often it was not; also lines, by whether they were short enough. */
export type Tally = Map<string, { parsed: number; malformed: number }>;

function count(tally: Tally, name: string, kind: 'parsed' | 'malformed'): void {
  const counts = tally.get(name) ?? { parsed: 0, malformed: 0 };
  counts[kind]++;
  tally.set(name, counts);
}

/** Gives a reply to every parser. Throws if one neither reads it nor says what is wrong with it. */
function read(reply: unknown, random: Random, tally: Tally): void {
  for (const [name, parse] of Object.entries(PARSERS)) {
    const result = parse(reply, random);
    if (result.kind === 'malformed' && !SAID.test(result.how)) throw new Error(`${name}: ${result.how}`);
    count(tally, name, result.kind);
  }
}

/** Cuts bytes as a pipe may, into lines of at most 600 KiB, and reads each line. */
function hear(bytes: Buffer, random: Random, tally: Tally): void {
  const lines = new Lines(LINE);
  const end = Buffer.concat([bytes, Buffer.from('\n')]);
  const piece = Math.max(1, random.size(17), end.length >> 8);
  let short = true;
  for (let from = 0; from < end.length && short; from += piece) {
    short = lines.push(end.subarray(from, from + piece), (line) => {
      if (!isUtf8(line)) return;
      const reply = parseReply(line.toString(), 0);
      count(tally, 'reply', reply.kind);
      if (reply.kind === 'parsed') read(reply.value, random, tally);
    });
  }
  count(tally, 'line', short ? 'parsed' : 'malformed');
  if (short === (bytes.length > LINE && !bytes.includes(10))) throw new Error(`a line of ${bytes.length} bytes`);
}

/** Reads that many replies of a seed. What goes wrong names the number of the reply, which is a seed of its own. */
export function fuzzReplies(replies: number, seed: number): Tally {
  const tally: Tally = new Map();
  for (let n = 0; n < replies; n++) {
    const random = new Random(seed + n);
    const before = process.cpuUsage();
    try {
      const kind = random.below(3);
      if (kind === 0) read(structure(random), random, tally);
      else hear(kind === 1 ? text(random) : size(random), random, tally);
    } catch (error) {
      throw new Error(`reply ${seed + n}`, { cause: error });
    }
    const { system, user } = process.cpuUsage(before);
    if (user + system > 1000 * MOST) throw new Error(`reply ${seed + n} took ${(user + system) / 1000} ms`);
  }
  return tally;
}
