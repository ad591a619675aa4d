/** `permits` of Spec.v, computed by Coq, held against the specification in spec/buddy, along random commands. */

import { accepts, textOf, writeFile } from '../coq.ts';
import { inFolder, runWell } from '../../tool.ts';
import { must } from '../../result.ts';
import { pfn } from '../../unit.ts';
import { readSaid, scriptOf } from './script.ts';
import { talkOf } from './talk.ts';
import type { Alignment, Arena, Outcome } from '../../../protocol/index.ts';
import type { Said } from './script.ts';
import type { Talk } from './talk.ts';

/** The files that the script needs. */
const NEEDED = ['hand/Pages', 'Words', 'code/Bits', 'Spec'];

const arena = (alignment: Alignment, base: number, pages: number, orders: number): Arena => ({
  alignment,
  base: pfn(base),
  pages,
  orders,
  holes: pages > 9 ? [[pfn(base + 4), 1]] : [],
});

/** One block, several, odd sizes, more orders than the pages have, bases that are not aligned. */
export const ARENAS: readonly Arena[] = [
  arena('base', 0, 1, 1),
  arena('base', 0, 8, 4),
  arena('base', 3, 13, 4),
  arena('base', 5, 6, 3),
  arena('base', 2, 11, 6),
  arena('absolute', 0, 16, 5),
  arena('absolute', 3, 13, 4),
  arena('absolute', 5, 6, 3),
  arena('absolute', 7, 11, 3),
  arena('absolute', 9, 7, 6),
];

const show = (value: unknown): string => JSON.stringify(value);

/** Returns an answer in a few words. */
const brief = (answer: Outcome): string =>
  answer.kind === 'granted' ? `granted ${answer.head}` : answer.kind === 'rejected' ? answer.misuse : answer.kind;

/** Returns the first thing of which Coq says otherwise than the specification. */
export function difference({ answers, arena: where, end, turns }: Talk, said: Said): string | undefined {
  for (const [n, { command, permitted }] of turns.entries()) {
    const bits = said.bits[n];
    const asked = `${show(where)}, command ${n + 1}, ${show(command)}`;
    if (bits === undefined) return `${asked}: Coq does not come so far`;
    for (const [at, answer] of answers.entries()) {
      const is = (bits >> BigInt(at)) % 2n === 1n;
      const other = permitted[at] === true;
      if (is !== other)
        return `${asked}: ${brief(answer)} is ${other ? '' : 'not '}permitted by spec, and ${is ? '' : 'not '}by Coq`;
    }
  }
  return show(said.end) === show(end)
    ? undefined
    : `${show(where)}: ${show(end)} by spec, and ${show(said.end)} by Coq`;
}

/** Throws unless every kind of answer was given. */
function mustMeetAll(talks: readonly Talk[]): void {
  const kindsOf = (answers: readonly Outcome[]): ReadonlySet<string> =>
    new Set(answers.map((one) => (one.kind === 'granted' ? one.kind : brief(one))));
  const given = kindsOf(talks.flatMap(({ answers, turns }) => turns.flatMap((turn) => answers[turn.given] ?? [])));
  const missing = [...kindsOf(talks[0]?.answers ?? [])].filter((one) => !given.has(one));
  must(missing.length === 0, `never answered: ${missing.join(', ')}`);
}

/** The most commands in one file: coqc reads longer lists slowly. */
const MOST = 1_000;

/**
 * Compares some commands of each arena: all answers that there may be to each, and the state at the end. Throws at the first
 * difference. `text`: what each file of Coq says; its proofs are not looked at here. Needs coq. Returns how many commands, and
 * answers to them.
 */
export function compareSpec(steps: number, text: (file: string) => string = textOf): readonly [number, number] {
  const talks = ARENAS.flatMap((one, n) =>
    Array.from({ length: Math.ceil(steps / MOST) }, (_, part) =>
      talkOf(one, Math.min(MOST, steps - part * MOST), 1_000 * n + part),
    ),
  );
  mustMeetAll(talks);
  inFolder((folder) => {
    for (const file of NEEDED) {
      writeFile(folder, file, text(file));
      must(accepts(folder, file, 'statements'), `coqc does not accept ${file}.v`);
    }
    for (const talk of talks) {
      writeFile(folder, 'Talked', scriptOf(talk));
      const printed = runWell('coqc', ['-q', '-vok', '-R', '.', 'Buddy', 'Talked.v'], folder);
      const differs = difference(talk, readSaid(printed));
      must(differs === undefined, differs ?? '');
    }
  });
  const commands = talks.reduce((sum, { turns }) => sum + turns.length, 0);
  return [commands, talks.reduce((sum, { answers, turns }) => sum + answers.length * turns.length, 0)];
}
