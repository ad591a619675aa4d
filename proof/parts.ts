/** All parts of the proofs, each with the folder that it is from. */
import { CODE } from './inductive/code/parts.ts';
import { EXHAUSTIVE } from './exhaustive/parts.ts';
import { INTERLEAVED } from './interleaved/parts.ts';
import { INTERLEAVED_MACHINE } from './interleaved/machine/parts.ts';
import { UNBOUNDED } from './unbounded/parts.ts';
import type { Part } from './result.ts';

/** A part, and the folder that it is from. */
export interface Named extends Part {
  readonly name: string;
}

const named = (name: string, parts: readonly Part[]): readonly Named[] => parts.map((part) => ({ ...part, name }));

/** Every part, in the order in which `npm run prove` runs them. */
export const PARTS: readonly Named[] = [
  ...named('exhaustive', EXHAUSTIVE),
  ...named('interleaved', [...INTERLEAVED, ...INTERLEAVED_MACHINE]),
  ...named('inductive', CODE),
  ...named('unbounded', UNBOUNDED),
];
