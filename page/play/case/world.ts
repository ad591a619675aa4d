/** What a case shows: before its script, and after each step of it. */
import { RunningBootCase } from './boot.ts';
import { RunningMachineCase } from './machine.ts';
import { parseCase } from './script.ts';
import { worldsAlong } from '../worlds.ts';
import type { CasePlay } from './script.ts';
import type { CaseWorld } from './seen.ts';

/** Something that carries out steps, one by one. */
interface Running {
  readonly world: CaseWorld;
  carryOut(step: string): void;
}

const start = ({ begin }: CasePlay): Running =>
  begin.of === 'boot' ? new RunningBootCase(begin.nodes) : new RunningMachineCase(begin.machine);

/** Returns what a case shows before its script, and after each step. */
export const caseWorldsOf = (play: CasePlay): readonly CaseWorld[] => worldsAlong(start(play), play.run);

/** Reads a case; gives why it cannot be shown, if it cannot: it is none, or what it begins with cannot be made. */
export function readCase(value: unknown): CasePlay | string {
  const play = parseCase(value);
  if (typeof play === 'string') return play;
  try {
    start(play);
    return play;
  } catch (error) {
    return `what init says cannot be made: ${error instanceof Error ? error.message : ''}`;
  }
}
