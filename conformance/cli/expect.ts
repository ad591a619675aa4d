/** The option `--expect`: a run is held against a file of known divergences, or writes it. */
import { STALE, print } from './output.ts';
import { complain, reasonOf } from './terminal/say.ts';
import { KINDS } from '../kinds/all.ts';
import { MOST_CHARACTERS, readKnown, writtenKnown } from '../judge/report/expected/list.ts';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hold, incompleteness, listed } from '../judge/report/expected/hold.ts';
import { show } from '../show.ts';
import type { CheckFlags } from './options.ts';
import type { Judgement } from '../judge/judgement.ts';
import type { Known } from '../judge/report/expected/list.ts';

/** A list, and where it was read from. */
export interface KnownFile {
  readonly file: string;
  readonly known: readonly Known[];
}

/** Reads the list that was asked for, if one was; or says why it cannot be read. A list that is to be written need not be there. */
export function readExpected({ expect: file, fix }: CheckFlags): KnownFile | string | undefined {
  if (file === undefined) return undefined;
  if (fix && !existsSync(file)) return { file, known: [] };
  try {
    if (!statSync(file).isFile()) return `${show(file)} is no file`;
    if (statSync(file).size > 4 * MOST_CHARACTERS) return `${show(file)} has more than ${MOST_CHARACTERS} characters`;
    const known = readKnown(KINDS, readFileSync(file, 'utf8'));
    return typeof known === 'string' ? `${show(file)}: ${show(known)}` : { file, known };
  } catch (error) {
    return `${show(file)} cannot be read: ${reasonOf(error)}`;
  }
}

/** Writes what a run found as the list; or says why it does not. Returns the list that counts then. */
function fixed(judgement: Judgement, { file, known }: KnownFile): readonly Known[] {
  const incomplete = incompleteness(judgement);
  if (incomplete !== undefined) {
    complain(`${show(file)} was not written, as the run is not complete: ${incomplete}`);
    return known;
  }
  const list = listed(judgement, known);
  try {
    writeFileSync(file, writtenKnown(list));
    return list;
  } catch (error) {
    complain(`${show(file)} cannot be written: ${reasonOf(error)}`);
    return known;
  }
}

/** Holds a judgement against a list, after that was written anew if it is to be. */
export function heldTo(judgement: Judgement, list: KnownFile, { fix, without }: CheckFlags): Judgement {
  const known = fix ? fixed(judgement, list) : list.known;
  const held = hold(judgement, known, without);
  if (typeof held !== 'string') return held;
  complain(`${show(list.file)} was not held against the run, which is not complete: ${held}`);
  return judgement;
}

/** Prints a judgement, and gives the exit status: a list in which a reason is missing is stale too. */
export function printHeld(judgement: Judgement, command: readonly string[], flags: CheckFlags): number {
  const status = print(judgement, command, flags);
  const bare = (judgement.held ?? []).filter((one) => one.how === 'expected' && one.known.reason === '');
  if (bare.length === 0) return status;
  complain(`known divergences without a reason and a link yet: ${bare.length}; write them into the list`);
  return STALE;
}
