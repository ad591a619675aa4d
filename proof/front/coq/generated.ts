/** The files of Coq that are generated from src. */

import { Definitions } from './definition.ts';
import { FACE } from '../files.ts';
import { propertyOf } from './expression.ts';
import type { Expression } from '../form.ts';
import type { Program } from '../program.ts';

/** What is printed of the public face, and with it all that it calls but the core. */
const OPERATIONS = ['allocate', 'free', 'handOver', 'allocatePages'];
/** The kernels whose cores are printed, and their names in Coq. */
const CORES = [
  ['2.4', 'core_2_4'],
  ['2.6', 'core_2_6'],
] as const;

const headOf = (
  needed: string,
): string => `(* Generated from src, by proof/front/coq: do not edit. Words.v says what the words mean. *)
From Coq Require Import ZArith Bool String.
From Buddy Require Import ${needed}.
Open Scope Z_scope.`;

/** Prints the operations of a kernel, with all that they call, and the record of them. */
function core(program: Program, definitions: Definitions, kernel: string, name: string): string {
  const cores = program.meaning(FACE, 'CORES');
  const record = cores?.kind === 'constant' ? propertyOf(cores.value, kernel) : undefined;
  const printed = (operation: Expression | undefined): string => {
    const meaning = operation?.kind === 'global' ? program.meaning(FACE, operation.name) : undefined;
    if (meaning?.kind !== 'method') throw new Error(`${FACE}: ${kernel} lacks an operation`);
    return definitions.request(meaning.method, undefined).name;
  };
  const [take, give] = ['take', 'give'].map((one) => printed(record && propertyOf(record, one)));
  return `(* ${FACE} CORES *)\nDefinition ${name} : core := {| take := ${take ?? ''}; give := ${give ?? ''} |}.`;
}

/** A file of Coq, by its name and its text. */
export type File = readonly [name: string, text: string];

/** Returns the files of Coq as they are committed: `initZone` and the cores of both kernels; and the public face over any core. */
export function coqOf(program: Program): readonly File[] {
  const definitions = new Definitions(program);
  definitions.request(program.function('src/buddy/zone.ts', 'initZone'), undefined);
  const cores = CORES.map(([kernel, name]) => core(program, definitions, kernel, name));
  const below = [headOf('Words'), ...definitions.texts(), ...cores];
  const face = program.class(FACE, 'Allocator');
  for (const name of OPERATIONS) {
    const method = program.method(face, name);
    if (method !== undefined) definitions.request(method, { kind: 'face' });
  }
  const above = [headOf('Words'), ...definitions.texts()];
  return [
    ['Generated', `${below.join('\n\n')}\n`],
    ['GeneratedFace', `${above.join('\n\n')}\n`],
  ];
}
