/**
 * Evidence by exploration: the code of one zone, with a mutant in it, does the same in every state of small arenas, and is reached
 * there. What depends on the width of a word is not shown by that.
 */
import { Census } from '../../../proof/exhaustive/buddy/census.ts';
import { Explorer } from '../../../proof/exhaustive/buddy/explore.ts';
import { beyondFirstWord, bootShapes, oddShapes, shifted } from '../../../proof/exhaustive/buddy/shapes.ts';
import { brokenBy } from '../../proof/broken.ts';
import { denyAll } from '../../../proof/exhaustive/buddy/deny.ts';
import { exploreLists } from '../../../proof/exhaustive/buddy/lists.ts';
import { whole } from '../../../proof/exhaustive/buddy/tree.ts';
import type { Create } from '../../../proof/exhaustive/buddy/make.ts';
import type { Ground } from '../../../proof/exhaustive/buddy/ground.ts';
import type { Kernel } from '../../../protocol/index.ts';
import { mutatedText } from './text.ts';
import type { Placed } from './ledger.js';

/** The files of whose code every line that runs is run by the exploration of a zone. */
export const FILES: readonly string[] = [
  'src/words/field.ts',
  'src/words/list-head.ts',
  'src/buddy/allocator.ts',
  'src/buddy/buddy.ts',
  'src/buddy/owner.ts',
  'src/buddy/page-buddy.ts',
  'src/buddy/zone.ts',
];

/** These differ at numbers that no small arena has. */
const ABOUT_WORDS: readonly string[] = ['ShiftOperator', 'SignedShift', 'BitwiseOperator', 'NumberLiteral'];

const KERNELS = ['2.4', '2.6'] as const;

const smallOf = (kernel: Kernel): readonly Ground[] => [
  ...[1, 2].map((of) => ({ kernel, arena: whole(of), boot: false })),
  ...[...oddShapes(5), ...bootShapes()].filter((each) => each.kernel === kernel),
];

/**
 * Every order from 0 to 10 is split and joined in one of these. In the last two, pairs lie beyond the first word of their map, in
 * the lower half of a word and in the upper.
 */
const largeOf = (kernel: Kernel): readonly Ground[] => [
  ...[0, 1, 4, 7].map((shift) => shifted(kernel, shift, 3)),
  ...(kernel === '2.4' ? [1024, 1088].map((before) => beyondFirstWord(kernel, 3, before)) : []),
];

/** Explores all; returns the number of states, and throws at the first difference. */
export function explore(create: Create): number {
  let states = 0;
  for (const kernel of KERNELS) {
    for (const ground of [...smallOf(kernel), ...largeOf(kernel)])
      states += new Explorer(new Census(ground), create).explore().states;
    for (const ground of smallOf(kernel)) denyAll(ground, create);
    states += exploreLists(kernel, whole(3), create).states;
  }
  return states;
}

const REACHED = 'reachedMutant';

const notes = globalThis as typeof globalThis & { [REACHED]?: boolean };

const isReached = (): boolean => notes[REACHED] === true;

/** A block, or what ends as a statement does, and is none of an expression's. */
const isStatement = (was: string): boolean => was.endsWith(';') || was.startsWith('{');

/** A mutant's code, noting that it is reached. */
const noted = (was: string, becomes: string): string => {
  const note = `globalThis.${REACHED} = true`;
  return isStatement(was) ? `{ ${note}; ${becomes} }` : `(${note}, ${becomes})`;
};

/** Returns what the exploration shows of a mutant; undefined if it is not about it, or finds a difference. */
export function sameInAllStates(mutant: Placed): string | undefined {
  const { becomes, file, mutator, source, was } = mutant;
  if (!FILES.includes(file) || ABOUT_WORDS.includes(mutator)) return undefined;
  notes[REACHED] = false;
  try {
    const states = explore(
      brokenBy({ file, from: source, to: mutatedText({ ...mutant, becomes: noted(was, becomes) }) }),
    );
    return isReached() ? `the same in ${states} states of arenas of up to 8 blocks` : undefined;
  } catch {
    return undefined;
  }
}
