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

/** Reports whether an allocator goes wrong in a vector; what it throws is wrong, too. */
function isWrong<V extends Vector>(vector: V, judge: (vector: V) => string | undefined): boolean {
  try {
    return judge(vector) !== undefined;
  } catch {
    return true;
  }
}

/** Returns the ids of the vectors that an allocator goes wrong in, up to so many. */
export function wrongIn<V extends Vector>(
  vectors: readonly V[],
  most: number,
  judge: (vector: V) => string | undefined,
): readonly string[] {
  const wrong: string[] = [];
  for (const vector of vectors) {
    if (wrong.length >= most) break;
    if (isWrong(vector, judge)) wrong.push(vector.id);
  }
  return wrong;
}

/** Returns how many operations the vectors have up to the end of the first that an allocator goes wrong in; undefined if there is none. */
export function operationsUntilWrong<V extends Vector>(
  vectors: readonly V[],
  judge: (vector: V) => string | undefined,
): number | undefined {
  let operations = 0;
  for (const vector of vectors) {
    operations += vector.run.split(' ').length;
    if (isWrong(vector, judge)) return operations;
  }
  return undefined;
}
