/** What is common to running vectors on the sources of this process: which of them an allocator goes wrong in. */
import { generateVectors } from '../../conformance/vectors/generate.ts';
import { once } from './judged.ts';
import type { Vector } from '../../conformance/vectors/form.ts';

/** Every vector; they are made once in a process. */
export const allVectors: () => readonly Vector[] = once(generateVectors);

/** Goes through a vector, word by word; says what was wrong first, or nothing. */
export function wordsWrong({ permits, run }: Vector, answer: (word: string) => string): string | undefined {
  let state = 0;
  for (const [n, word] of run.split(' ').entries()) {
    const said = answer(word);
    const next = permits[n]?.[state]?.[said];
    if (next === undefined) return `${said} at ${word}`;
    state = next;
  }
  return undefined;
}

/** Returns the ids of the vectors that an allocator goes wrong in, up to so many; what it throws is wrong, too. */
export function wrongIn<V extends Vector>(
  vectors: readonly V[],
  most: number,
  judge: (vector: V) => string | undefined,
): readonly string[] {
  const wrong: string[] = [];
  for (const vector of vectors) {
    if (wrong.length >= most) break;
    try {
      if (judge(vector) !== undefined) wrong.push(vector.id);
    } catch {
      wrong.push(vector.id);
    }
  }
  return wrong;
}
