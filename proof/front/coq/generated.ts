/** The file of Coq that is generated from src. */

import { Definitions } from './definition.ts';
import { FACE } from '../files.ts';
import type { Program } from '../program.ts';

/** What is printed of the public face, and with it all that it calls. */
const OPERATIONS = ['allocate', 'free', 'handOver'];
/** What else is printed, with all that it calls: file and function. */
const ROOTS = [
  ['src/buddy/zone.ts', 'initZone'],
  ['src/buddy/buddy.ts', 'rmqueue'],
  ['src/buddy/buddy.ts', 'freePagesOk'],
] as const;

const HEAD = `(* Generated from src, by proof/front/coq: do not edit. Words.v says what the words mean. *)
From Coq Require Import ZArith Bool String.
From Buddy Require Import Words.
Open Scope Z_scope.
`;

/** Returns the definitions of the buddy system of 2.4, as they are committed. */
export function coqOf(program: Program): string {
  const definitions = new Definitions(program);
  for (const [path, root] of ROOTS) definitions.request(program.function(path, root), undefined);
  const face = program.class(FACE, 'Allocator');
  for (const name of OPERATIONS) {
    const method = program.method(face, name);
    if (method !== undefined) definitions.request(method, { kind: 'face' });
  }
  return `${[HEAD.trimEnd(), ...definitions.texts].join('\n\n')}\n`;
}
