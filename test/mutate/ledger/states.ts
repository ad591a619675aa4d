/**
 * Evidence by exploration: the code of one zone, or of one node of boot memory, with a mutant in it, does the same in every state
 * of small ones, and is reached there. What depends on the width of a word is not shown by that.
 */
import { Census } from '../../../proof/exhaustive/buddy/census.ts';
import { Explorer } from '../../../proof/exhaustive/buddy/explore.ts';
import { beyondFirstWord, bootShapes, oddShapes, shifted } from '../../../proof/exhaustive/buddy/shapes.ts';
import { brokenBootBy, brokenBy } from '../../proof/broken.ts';
import { ALL, FEWER, bootGrounds } from '../../../proof/exhaustive/boot/ground.ts';
import { exploreBoot } from '../../../proof/exhaustive/boot/boot.ts';
import { denyAll } from '../../../proof/exhaustive/buddy/deny.ts';
import { exploreLists } from '../../../proof/exhaustive/buddy/lists.ts';
import { whole } from '../../../proof/exhaustive/buddy/tree.ts';
import type { CreateBoot } from '../../../proof/exhaustive/boot/boot.ts';
import type { Create } from '../../../proof/exhaustive/buddy/make.ts';
import type { Ground } from '../../../proof/exhaustive/buddy/ground.ts';
import type { Kernel } from '../../../protocol/index.ts';
import { saidOf } from './reached.ts';
import type { Edit } from '../../fault/sources.ts';
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

/** Those of which every line is about one node of boot memory. */
export const BOOT_FILES: readonly string[] = ['alloc', 'reserve', 'retire'].map((name) => `src/boot/${name}.ts`);

/** These differ at numbers that no small arena has: operators of bits, and literals that no small arena counts up to. */
const ABOUT_WORDS: readonly string[] = ['ShiftOperator', 'SignedShift', 'BitwiseOperator'];
const LARGEST_LITERAL = 2;

/** Reports whether a mutant is about words, or about numbers that no small arena counts up to. */
export const isAboutWords = ({ mutator, was }: Placed): boolean =>
  ABOUT_WORDS.includes(mutator) || (mutator === 'NumberLiteral' && Number(was) > LARGEST_LITERAL);

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

/** The same of nodes of boot memory, alone and in front of zones. */
export function exploreNodes(create: CreateBoot): number {
  const grounds = [...bootGrounds(1, ALL), ...bootGrounds(2, ALL), ...bootGrounds(4, FEWER)];
  return grounds.reduce((states, ground) => states + exploreBoot(ground, create).states, 0);
}

/** Returns what the exploration shows of a mutant; undefined if it is not about it, or finds a difference. */
export function sameInAllStates(mutant: Placed): string | undefined {
  if (isAboutWords(mutant)) return undefined;
  const said = (look: (edit: Edit) => string): string | undefined => saidOf(mutant, (edit) => () => look(edit));
  if (FILES.includes(mutant.file))
    return said((edit) => `the same in ${explore(brokenBy(edit))} states of arenas of up to 8 blocks`);
  if (BOOT_FILES.includes(mutant.file))
    return said((edit) => `the same in ${exploreNodes(brokenBootBy(edit))} states of nodes of up to 4 pages`);
  return undefined;
}
