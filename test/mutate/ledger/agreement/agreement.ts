/**
 * Evidence by agreement: the specification of a room, with a mutant in it, says the same as without in every state of something
 * small, and the mutant is reached. What depends on the width of a word is not shown by that.
 */
import { createHash } from 'node:crypto';
import { BOOT } from './boot.ts';
import { BUDDY } from './buddy.ts';
import { isAboutWords } from '../states.ts';
import { saidOf } from '../reached.ts';
import { specOf } from './room.ts';
import type { Placed } from '../ledger.js';
import type { Room, Spec } from './room.ts';

export const ROOMS: readonly Room[] = [BUDDY, BOOT];

/** How much was asked. */
interface Asked {
  readonly states: number;
  readonly answers: number;
}

/** Asks a specification everything in every state; `hear` gets a hash of all answers of one state. */
function askAll({ eachState }: Room, spec: Spec, hear: (hash: string) => void): Asked {
  let [states, answers] = [0, 0];
  spec.refuel();
  eachState(spec, (all) => {
    const hash = createHash('sha256');
    for (const answer of all) {
      hash.update(`${JSON.stringify(answer)}\n`);
      spec.refuel();
      answers++;
    }
    states++;
    hear(hash.digest('hex'));
  });
  return { states, answers };
}

const known = new Map<Room, readonly string[]>();

/** What the specification itself answers, state by state. */
function original(room: Room): readonly string[] {
  const before = known.get(room);
  if (before !== undefined) return before;
  const hashes: string[] = [];
  askAll(room, specOf(), (hash) => hashes.push(hash));
  known.set(room, hashes);
  return hashes;
}

/** Asks a specification everything; throws at the first state in which it answers something else than the original. */
export function agree(room: Room, spec: Spec): Asked {
  const right = original(room);
  let at = 0;
  const asked = askAll(room, spec, (hash) => {
    if (hash !== right[at++]) throw new Error(`state ${at} of ${right.length} has other answers`);
  });
  if (at !== right.length) throw new Error(`${at} states, not ${right.length}`);
  return asked;
}

/** Returns what the agreement shows of a mutant; undefined if it is not about it, or finds a difference. */
export function sameAsOriginal(mutant: Placed): string | undefined {
  const room = ROOMS.find(({ files }) => files.includes(mutant.file));
  if (room === undefined || isAboutWords(mutant)) return undefined;
  original(room);
  return saidOf(mutant, (edit) => {
    const spec = specOf(edit);
    return () => {
      const { answers, states } = agree(room, spec);
      return `the same ${answers} answers in ${states} states of ${room.of}`;
    };
  });
}
