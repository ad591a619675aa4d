/** A zone and its public face, both running and as values of the form. */

import { CLASS_FILES, FACE } from './files.ts';
import type { Program } from './program.ts';
import { Run } from './run/run.ts';
import { State } from './run/state.ts';
import { TRUE } from '../formula/formula.ts';
import { evaluate } from './run/evaluate.ts';
import { openZone } from '../../src/buddy/allocator.ts';
import { regionBytes } from '../../src/buddy/region.ts';
import { reflect } from './run/reflect.ts';
import type { Allocator } from '../../src/buddy/allocator.ts';
import type { Zone } from '../../src/buddy/zone.ts';
import type { ZoneShape } from '../../src/buddy/shape.ts';
import type { Reflected } from './run/reflect.ts';
import type { Value } from './run/value.ts';
import type { Words } from '../formula/word.ts';

export interface Subject {
  readonly program: Program;
  readonly zone: Zone;
  readonly allocator: Allocator;
  /** The zone and its face as values. */
  readonly root: Value;
  readonly face: Value;
  readonly arrays: Reflected['arrays'];
  /** The bits of an element of each array. */
  readonly widths: ReadonlyMap<string, number>;
}

/** Returns the operations of a kernel, as the code that makes a face finds them. */
function coreOf(program: Program, words: Words, kernel: ZoneShape['kernel']): Value {
  const meaning = program.meaning(FACE, 'CORES');
  if (meaning?.kind !== 'constant') throw new Error(`${FACE} has no CORES that can be read`);
  const run = new Run({ program, words, rounds: 0 });
  const nowhere = new State(TRUE, new Map(), new Map());
  const cores = evaluate(run, meaning.value, nowhere, { module: FACE, self: undefined });
  const core = cores.kind === 'object' ? cores.fields.get(kernel) : undefined;
  if (core === undefined) throw new Error(`${FACE} has no core for ${kernel}`);
  return core;
}

/** What shows a zone, which the face hands out as it is. */
export const OBSERVATION: Value = { kind: 'text', text: 'what the zone holds' };

/** Makes a zone as running code does, and its objects as values of the form that a program is read into. */
export function subjectOf(program: Program, words: Words, shape: ZoneShape): Subject {
  const region = { buffer: new ArrayBuffer(regionBytes(shape.kernel, shape.pages, shape.orders)), byteOffset: 0 };
  const opened = openZone(shape, region);
  if (opened.kind === 'rejected') throw new Error(`${opened.clause}: ${opened.why}`);
  const { zone, allocator } = opened;
  const { root, arrays } = reflect(zone, (name) => {
    const file = CLASS_FILES.get(name);
    return file === undefined ? undefined : program.class(file, name);
  });
  const fields = new Map<string, Value>([
    ['#zone', root],
    ['#core', coreOf(program, words, shape.kernel)],
    ['#observation', OBSERVATION],
  ]);
  const face: Value = { kind: 'object', form: program.class(FACE, 'Allocator'), fields };
  const widths = new Map([...arrays].map(([name, array]) => [name, 8 * array.BYTES_PER_ELEMENT] as const));
  return { program, zone, allocator, root, face, arrays, widths };
}

/** Calls a method of the face in a state, which becomes the one after it. */
export function callFace(machine: Run, { face }: Subject, state: State, name: string, values: readonly Value[]): Value {
  const method =
    face.kind === 'object' && face.form !== undefined ? machine.program.method(face.form, name) : undefined;
  if (method === undefined) throw new Error(`the face has no ${name} that can be read`);
  return machine.invoke({ method, self: face, values, at: { file: 'a caller', line: 0, text: name } }, state);
}
