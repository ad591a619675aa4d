/** A zone, its lock and two processors: made by running code, then as values of the form over one array of shared words. */

import { CLASS_FILES, FACE } from '../front/files.ts';
import { LOCK_WORDS, SpinLock } from '../../src/smp/spinlock.ts';
import { Processor } from '../../src/smp/processor.ts';
import { machineOf } from './run/carry-out.ts';
import { evaluate } from './run/evaluate.ts';
import { openZone } from '../../src/buddy/allocator.ts';
import { pfn } from '../unit.ts';
import { reflect, thing } from './run/value.ts';
import { regionBytes } from '../../src/buddy/region.ts';
import type { Allocator } from '../../src/buddy/allocator.ts';
import type { Kernel } from '../../protocol/index.ts';
import type { Machine } from './run/evaluate.ts';
import type { Program } from '../front/program.ts';
import type { ClassOf, Shared, Value } from './run/value.ts';
import type { Zone } from '../../src/buddy/zone.ts';
import type { ZoneShape } from '../../src/buddy/shape.ts';

const SPINLOCK = 'src/smp/spinlock.ts';
const PROCESSOR = 'src/smp/processor.ts';

const FILES: ReadonlyMap<string, string> = new Map([
  ...CLASS_FILES,
  ['SpinLock', SPINLOCK],
  ['Processor', PROCESSOR],
  ['Guard', 'src/smp/guard.ts'],
]);

/** A part of the shared words, by the name of the array that it is. */
export interface Part {
  readonly name: string;
  readonly array: Int32Array | Int8Array;
  readonly shared: Shared;
  /** The zone that it is of, and the number of its pages; a zone alone has no name. */
  readonly zone: string;
  readonly pages: number;
}

/** All shared words. */
export interface Words {
  readonly parts: readonly Part[];
  /** For each processor, the word that is 1 while its interrupts are on. */
  readonly interrupts: readonly number[];
}

/** All shared words, and how code comes by them. */
export interface Site extends Words {
  readonly machine: Machine;
  readonly shape: ZoneShape;
  readonly allocator: Allocator;
  /** What a processor calls: the zone's face, and the same with its lock and the processor itself. */
  readonly face: Value;
  readonly locked: readonly Value[];
}

/** Returns the operations of a kernel, as the code that makes a face finds them. */
function coreOf(machine: Machine, kernel: Kernel): Value {
  const meaning = machine.program.meaning(FACE, 'CORES');
  if (meaning?.kind !== 'constant') throw new Error(`${FACE} has no CORES that can be read`);
  const method = machine.program.class(FACE, 'Allocator').methods.get('allocate');
  if (method === undefined) throw new Error(`${FACE} has no allocate that can be read`);
  const going = evaluate(machine, meaning.value, { method, self: undefined, variables: new Map(), within: '' }).next();
  const cores = going.done === true ? going.value : undefined;
  return typeof cores === 'object' && cores.kind === 'thing' ? cores.fields.get(kernel) : undefined;
}

/** Lays arrays out one after another: each element is a shared word. */
export function layOut(arrays: readonly Omit<Part, 'shared'>[]): readonly Part[] {
  let first = 0;
  return arrays.map((part) => {
    const { array } = part;
    const shared: Shared = { kind: 'shared', first, length: array.length, bytes: array.BYTES_PER_ELEMENT };
    first += array.length;
    return { ...part, shared };
  });
}

/** Returns the shape of a zone of so many pages whose top order is one block of all of them. */
export const shapeOf = (kernel: Kernel, pages: number): ZoneShape => ({
  kernel,
  base: pfn(0),
  pages,
  orders: 1 + Math.log2(pages),
  holes: [],
});

/** The objects of running code that callers use. */
interface Running {
  readonly zone: Zone;
  readonly locks: readonly SpinLock[];
  readonly processors: readonly Processor[];
}

/** Returns the arrays of a zone. */
export function arraysOf(zone: Zone, name: string): readonly Omit<Part, 'shared'>[] {
  const of = { zone: name, pages: zone.pages };
  return [
    { ...of, name: 'counters', array: zone.counters.words },
    { ...of, name: 'links', array: zone.links },
    { ...of, name: 'map', array: zone.map },
    { ...of, name: 'buddyFlag', array: zone.buddyFlag.words },
    { ...of, name: 'privateOrder', array: zone.privateOrder.words },
    { ...of, name: 'owners', array: zone.owners.bytes },
  ];
}

/** Returns the array of a processor. */
export const arrayOf = ({ id, words }: Processor): Omit<Part, 'shared'> => ({
  zone: '',
  pages: 0,
  name: `processor ${id}`,
  array: words.words,
});

const partsOf = ({ zone, locks, processors }: Running): readonly Part[] =>
  layOut([
    ...arraysOf(zone, ''),
    ...locks.map(({ words }, n) => ({
      zone: '',
      pages: 0,
      name: n === 0 ? 'lock' : 'lock of another zone',
      array: words,
    })),
    ...processors.map(arrayOf),
  ]);

/** Returns running objects as values of the form; arrays of one buffer are one if they lie at one place. */
export function reflected({ program }: Machine, parts: readonly Part[], one: object): Value {
  const classOf: ClassOf = (name) => {
    const file = FILES.get(name);
    return file === undefined ? undefined : program.class(file, name);
  };
  return reflect(
    one,
    classOf,
    ({ buffer, byteOffset, length }) =>
      parts.find(({ array }) => array.buffer === buffer && array.byteOffset === byteOffset && array.length === length)
        ?.shared,
  );
}

/** Returns the public face of a zone as a value of the form. */
export function faceOf(machine: Machine, parts: readonly Part[], zone: Zone): Value {
  const fields = new Map([
    ['#zone', reflected(machine, parts, zone)],
    ['#core', coreOf(machine, zone.kernel)],
  ]);
  return { kind: 'thing', form: machine.program.class(FACE, 'Allocator'), fields };
}

/** Returns the zone's face, and for each processor the face with the lock that the processor takes, as values of the form. */
function valuesOf(
  machine: Machine,
  { zone, locks, processors }: Running,
  parts: readonly Part[],
  lockOf: readonly [number, number],
): Pick<Site, 'face' | 'locked'> {
  const valueOf = (one: object): Value => reflected(machine, parts, one);
  const face = faceOf(machine, parts, zone);
  const [lockValues, processorValues] = [locks.map(valueOf), processors.map(valueOf)];
  const locked = processorValues.map((processor, n) => {
    const at = lockOf[n] ?? 0;
    return thing({ allocator: face, lock: lockValues[at], other: lockValues[1 - at], processor });
  });
  return { face, locked };
}

/**
 * Makes a zone whose frames are all handed over, two processors with interrupts on, and two locks that are free: the zone's own, and
 * one of another zone. `lockOf`: which lock each processor takes; both the zone's own unless the code is broken on purpose.
 */
export function siteOf(program: Program, shape: ZoneShape, lockOf: readonly [number, number] = [0, 0]): Site {
  const region = { buffer: new ArrayBuffer(regionBytes(shape.kernel, shape.pages, shape.orders)), byteOffset: 0 };
  const opened = openZone(shape, region);
  if (opened.kind === 'rejected') throw new Error(`${opened.clause}: ${opened.why}`);
  const { zone, allocator } = opened;
  for (let frame = 0; frame < shape.pages; frame++) allocator.handOver(pfn(frame));
  const locks = [0, 1].map(() => new SpinLock(new Int32Array(LOCK_WORDS), 0));
  const running: Running = { zone, locks, processors: [0, 1].map((id) => new Processor(id)) };
  const parts = partsOf(running);
  const machine = machineOf(program);
  return {
    machine,
    shape,
    allocator,
    parts,
    ...valuesOf(machine, running, parts, lockOf),
    interrupts: interruptsOf(parts),
  };
}

/** Returns for each processor the word that is 1 while its interrupts are on. */
export const interruptsOf = (parts: readonly Part[]): readonly number[] =>
  parts.filter(({ name }) => name.startsWith('processor')).map(({ shared }) => shared.first);

/** Returns the shared words as the running zone holds them now. */
export const wordsOf = ({ parts }: Words): readonly number[] => parts.flatMap(({ array }) => [...array]);

/** Puts words into the running zone, so that it can be observed. */
export function restore({ parts }: Words, words: readonly number[]): void {
  for (const { array, shared } of parts) array.set(words.slice(shared.first, shared.first + shared.length));
}

/** Returns the words of the parts whose names begin so. */
export const wordsIn = ({ parts }: Words, name: string): readonly number[] =>
  parts
    .filter((part) => part.name.startsWith(name))
    .flatMap(({ shared }) => Array.from({ length: shared.length }, (_, n) => shared.first + n));

/** Returns the words of locks and processors: what a caller does that waits for a lock depends on these alone. */
export const waitingWords = (site: Words): readonly number[] => [
  ...wordsIn(site, 'lock'),
  ...wordsIn(site, 'processor'),
];

/** Returns the words that count free pages, one of each zone. */
export const countsOf = ({ parts }: Words): readonly number[] =>
  parts.filter(({ name }) => name === 'counters').map(({ shared }) => shared.first);

const LOCK_NAMES = ['next ticket', 'ticket served', 'holder'];
const PROCESSOR_NAMES = ['interrupts on', 'locks held'];

/** Returns the name of a shared word, as a schedule prints it. */
export function nameOf({ parts }: Words, word: number): string {
  const part = parts.find(({ shared }) => word >= shared.first && word < shared.first + shared.length);
  if (part === undefined) return `word ${word}`;
  const name = nameIn(part, word - part.shared.first);
  return part.zone === '' ? name : `${part.zone}: ${name}`;
}

function nameIn({ name, pages }: Part, index: number): string {
  if (name.startsWith('lock')) return `${name}: ${LOCK_NAMES[index] ?? index}`;
  if (name.startsWith('processor')) return `${name}: ${PROCESSOR_NAMES[index] ?? index}`;
  if (name === 'counters') return index === 0 ? 'count of free pages' : `count of blocks of order ${index - 1}`;
  if (name === 'map') return `map word ${index}`;
  if (name === 'balance') return 'asks for balance';
  if (name === 'counts') return `users of page ${index}`;
  if (name === 'owners') return `owner of page ${index}`;
  if (name !== 'links') return `${name} of page ${index}`;
  const node = index >> 1;
  const which = (index & 1) === 0 ? 'next' : 'previous';
  return `${which} of ${node < pages ? `page ${node}` : `list ${node - pages}`}`;
}
