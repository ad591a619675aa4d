/** The lines in which a kernel says that a request got no page. */
import type { Ending, Refusal } from './dump.ts';

/** A refusal and where in the text it stands. */
export interface PlacedRefusal {
  readonly at: number;
  readonly end: number;
  readonly refusal: Refusal;
}

const MODE = String.raw`(?<mask>0x[0-9a-fA-F]{1,8})(?:/(?<exempt>\d))?(?:\((?<names>[^)\n]{0,400})\))?`;

interface Line {
  readonly ending: Ending;
  readonly pattern: RegExp;
  /** What stands between the task's name and the match. */
  readonly after: RegExp;
}

const LINES: readonly Line[] = [
  {
    ending: 'failed',
    pattern: new RegExp(
      String.raw`page allocation (?:failure|stalls for \d{1,12}ms)[.:,]\s{0,2}order:(?<order>\d{1,3}),\s{0,2}mode:${MODE}`,
      'gu',
    ),
    after: /: $/u,
  },
  {
    ending: 'failed',
    pattern: new RegExp(
      String.raw`__alloc_pages: (?<order>\d{1,3})-order allocation failed(?:\.?\s{0,2}\(gfp=${MODE}\))?`,
      'gu',
    ),
    after: /$^/u,
  },
  {
    ending: 'killer',
    pattern: new RegExp(
      String.raw`oom-killer: gfp_mask=${MODE}(?:,\s{0,2}(?:nodemask=[^ \n]{0,64}\s)?order=(?<order>-?\d{1,3}))?`,
      'gu',
    ),
    after: / (?:invoked|triggered) $/u,
  },
];

/** The longest name of a task that is shown, in characters. */
const LONGEST_TASK = 64;

/** Returns the name that stands on the same line before a match. */
function taskBefore(text: string, at: number, after: RegExp): string {
  const line = text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, at - LONGEST_TASK - 16), at);
  return after.test(line) ? line.replace(after, '').trim() : '';
}

function refusalOf(ending: Ending, task: string, said: Readonly<Record<string, string | undefined>>): Refusal {
  const { exempt, mask, names, order = '0' } = said;
  return {
    ending,
    task,
    order: Math.max(0, Number(order)),
    reclaiming: exempt === '1',
    ...(mask === undefined ? {} : { mask: Number(mask) }),
    ...(names === undefined ? {} : { names }),
  };
}

/** Returns all refusals in a text, in their order. */
export const refusalsIn = (text: string): readonly PlacedRefusal[] =>
  LINES.flatMap(({ after, ending, pattern }) =>
    Array.from(text.matchAll(pattern), (match) => ({
      at: match.index,
      end: match.index + match[0].length,
      refusal: refusalOf(ending, taskBefore(text, match.index, after), match.groups ?? {}),
    })),
  ).toSorted((one, other) => one.at - other.at);
