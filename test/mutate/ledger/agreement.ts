/**
 * Evidence by agreement: the specification of one zone, with a mutant in it, says the same as without in every state of small
 * arenas, and the mutant is reached. What depends on the width of a word is not shown by that.
 */
import { createHash } from 'node:crypto';
import { beyondFirstWord, bootShapes, oddShapes, shifted } from '../../../proof/exhaustive/buddy/shapes.ts';
import { everyState } from '../../../proof/exhaustive/buddy/census.ts';
import { groundTree } from '../../../proof/exhaustive/buddy/ground.ts';
import { loadFrom } from '../../fault/load.ts';
import { sources, withEdit } from '../../fault/sources.ts';
import { answersIn } from './answers.ts';
import { isAboutWords } from './states.ts';
import { saidOf } from './reached.ts';
import type { Buddy } from '../../../spec/index.ts';
import type { Edit } from '../../fault/sources.ts';
import type { Ground } from '../../../proof/exhaustive/buddy/ground.ts';
import type { Placed } from './ledger.js';
import type { Spec } from './answers.ts';

const LAYERS = ['spec', 'protocol'];

/** The files that say what is right of one zone, and are used for nothing else. */
export const FILES: readonly string[] = [
  'bulk',
  'list',
  'misuse',
  'pair',
  'placement',
  'range',
  'resize',
  'row',
  'sized',
  'state',
  'step',
].map((name) => `spec/buddy/${name}.ts`);

/** In the last ones blocks of every order are split and joined, and rows have more than one piece. */
const GROUNDS: readonly Ground[] = [
  ...oddShapes(4),
  ...bootShapes().filter(({ arena }) => arena.pages < 7),
  ...[1, 5].map((shift) => shifted('2.6', shift, 1)),
  beyondFirstWord('2.4', 1, 128),
];

const LARGEST = Math.max(...GROUNDS.map(({ arena }) => arena.pages));

/** Returns the specification, broken by `edit` if given, as a new module. */
export function specOf(edit?: Edit): Spec {
  const texts = edit === undefined ? sources(LAYERS) : withEdit(sources(LAYERS), edit);
  const { exported, refuel } = loadFrom(texts, 'spec/index');
  return { ...(exported as Omit<Spec, 'refuel'>), refuel };
}

/** How much was asked. */
interface Asked {
  readonly states: number;
  readonly answers: number;
}

/** Asks a specification everything in every state that it says there is; `hear` gets a hash of all answers of one state. */
function askAll(spec: Spec, hear: (hash: string) => void): Asked {
  let [states, answers] = [0, 0];
  for (const ground of GROUNDS) {
    const tree = groundTree(ground);
    const meet = (state: Buddy): void => {
      const hash = createHash('sha256');
      for (const answer of answersIn(spec, ground, tree, state)) {
        hash.update(`${JSON.stringify(answer)}\n`);
        spec.refuel();
        answers++;
      }
      states++;
      hear(hash.digest('hex'));
    };
    spec.refuel();
    everyState(ground, tree, meet, 0, spec.buddy);
  }
  return { states, answers };
}

let known: readonly string[] | undefined;

/** What the specification itself answers, state by state. */
function original(): readonly string[] {
  if (known !== undefined) return known;
  const hashes: string[] = [];
  askAll(specOf(), (hash) => hashes.push(hash));
  return (known = hashes);
}

/** Asks a specification everything; throws at the first state in which it answers something else than the original. */
export function agree(spec: Spec): Asked {
  const right = original();
  let at = 0;
  const asked = askAll(spec, (hash) => {
    if (hash !== right[at++]) throw new Error(`state ${at} of ${right.length} has other answers`);
  });
  if (at !== right.length) throw new Error(`${at} states, not ${right.length}`);
  return asked;
}

/** Returns what the agreement shows of a mutant; undefined if it is not about it, or finds a difference. */
export function sameAsOriginal(mutant: Placed): string | undefined {
  if (!FILES.includes(mutant.file) || isAboutWords(mutant)) return undefined;
  original();
  return saidOf(mutant, (edit) => {
    const spec = specOf(edit);
    return () => {
      const { answers, states } = agree(spec);
      return `the same ${answers} answers in ${states} states of arenas of up to ${LARGEST} frames`;
    };
  });
}
