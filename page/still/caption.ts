/** What is said above a picture of one state. */
import type { Film } from '../../protocol/index.ts';

/** The words above a picture: a heading, and lines with the way that each looks. */
export interface Caption {
  readonly head: string;
  readonly lines: readonly (readonly [text: string, kind: string])[];
}

/** Reports whether a step is the one that went wrong. */
const isWrong = ({ failure, refuted, steps }: Film, step: number): boolean =>
  step === steps.length && (refuted !== undefined || failure !== undefined);

/** Returns what went wrong, a fact a line. */
function wrongLines({ failure, refuted }: Film): readonly string[] {
  if (refuted !== undefined) {
    const { clause, facts, place } = refuted;
    return [`${clause} refuted at ${place}: ${facts[0]},`, `but ${facts[1]}`];
  }
  return failure === undefined ? [] : [failure];
}

/** Returns the words above the state after a number of the steps of a film. */
export function captionOf(film: Film, step: number): Caption {
  const { description, skipped, steps, subject, title } = film;
  const one = steps[step - 1];
  const bad = isWrong(film, step);
  const n = skipped + step;
  const words: Caption['lines'] =
    one === undefined
      ? [[skipped === 0 ? 'before the first operation' : `after ${n} operations`, 'words']]
      : [
          [`operation ${n} of ${skipped + steps.length}: ${one.asked}: ${one.answered}`, bad ? 'wrong' : 'words'],
          [`permitted: ${one.permitted}`, 'none'],
          ...(one.notes ?? []).map((note) => [note, 'none'] as const),
        ];
  return {
    head: `${title} of ${subject}`,
    lines: [
      ...description.slice(0, 1).map((text) => [text, 'none'] as const),
      ...words,
      ...(bad ? wrongLines(film).map((text) => [text, 'wrong'] as const) : []),
    ],
  };
}
