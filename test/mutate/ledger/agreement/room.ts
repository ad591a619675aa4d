/** What a specification is asked for an agreement: the rooms that have one, and a broken copy to ask. */
import { loadFrom } from '../../../fault/load.ts';
import { sources, withEdit } from '../../../fault/sources.ts';
import type * as spec from '../../../../spec/index.ts';
import type { Edit } from '../../../fault/sources.ts';

/** The specification, or a broken copy of it, whose loops end. */
export type Spec = typeof spec & { readonly refuel: () => void };

/** A part of the specification that can be asked everything in every state of something small. */
export interface Room {
  /** The files that say what is right there, and are used for nothing else. */
  readonly files: readonly string[];
  /** What is small, in the words of the evidence. */
  readonly of: string;
  /** Has `meet` get all answers in each state. */
  readonly eachState: (asked: Spec, meet: (answers: Iterable<unknown>) => void) => void;
}

const LAYERS = ['spec', 'protocol'];

/** Returns the specification, broken by `edit` if given, as a new module. */
export function specOf(edit?: Edit): Spec {
  const texts = edit === undefined ? sources(LAYERS) : withEdit(sources(LAYERS), edit);
  const { exported, refuel } = loadFrom(texts, 'spec/index');
  return { ...(exported as Omit<Spec, 'refuel'>), refuel };
}
