/** A machine of one node, its locks and two processors: made by running code, then as values of the form over shared words. */

import { Field } from '../../../src/words/field.ts';
import { Guard } from '../../../src/smp/guard.ts';
import { LOCK_WORDS, SpinLock } from '../../../src/smp/spinlock.ts';
import { PhysicalMemory } from '../../../src/machine/physical-memory.ts';
import { Processor } from '../../../src/smp/processor.ts';
import { arrayOf, arraysOf, faceOf, interruptsOf, layOut, reflected } from '../site.ts';
import { machineOf } from '../run/carry-out.ts';
import { thing } from '../run/value.ts';
import { nodesOn } from '../../../src/machine/create.ts';
import type { Ground } from '../../../src/machine/create.ts';
import type { Machine } from '../../../protocol/index.ts';
import type { MachineZone } from '../../../src/machine/machine-zone.ts';
import type { Machine as Running } from '../run/evaluate.ts';
import type { Part, Words } from '../site.ts';
import type { PgData } from '../../../src/machine/pgdat.ts';
import type { Program } from '../../front/program.ts';
import type { Value } from '../run/value.ts';

/** All shared words of a machine, and how code comes by them. */
export interface MachineSite extends Words {
  readonly running: Running;
  readonly memory: PhysicalMemory;
  readonly node: PgData;
  /** For each processor, the zones of the node as it has them. */
  readonly zones: readonly (readonly Value[])[];
}

const WORD = 4;

/** Provides memory piece by piece; each processor that asks in the same sequence is given the same pieces. */
class Pieces {
  readonly #pieces: ArrayBuffer[] = [];
  #next = 0;

  begin(): void {
    this.#next = 0;
  }

  next(bytes: number): ArrayBuffer {
    return (this.#pieces[this.#next++] ??= new ArrayBuffer(bytes));
  }
}

/** Where the state is, as a processor finds it; its locks let it sleep at once. */
function groundOf(pieces: Pieces, processor: Processor, isNew: boolean): Ground {
  pieces.begin();
  return {
    give: (bytes) => ({ buffer: pieces.next(bytes), byteOffset: 0 }),
    isNew,
    word: () => {
      const words = new Int32Array(pieces.next(WORD * (1 + LOCK_WORDS)));
      const lock = new SpinLock(words.subarray(1), 0);
      return { words: words.subarray(0, 1), guard: new Guard(lock, processor) };
    },
    node: processor.node,
  };
}

/** Returns the one node of a machine, as a processor finds it. */
function nodeOf(machine: Machine, ground: Ground): PgData {
  const nodes = nodesOn(machine, ground);
  if ('kind' in nodes) throw new Error(`${nodes.clause}: ${nodes.why}`);
  const [node] = nodes;
  if (node === undefined || nodes.length > 1) throw new Error('a machine with one node is asked for');
  return node;
}

function partsOfZone({ buddy, counts, guard, name, needBalance }: MachineZone): readonly Omit<Part, 'shared'>[] {
  const of = { zone: name, pages: buddy.pages };
  return [
    ...arraysOf(buddy, name),
    { ...of, name: 'counts', array: counts.words },
    { ...of, name: 'balance', array: needBalance.words },
    ...(guard === undefined ? [] : [{ ...of, name: 'lock', array: guard.lock.words }]),
  ];
}

/** Returns a zone as a value: what its classes hide is laid open. */
function valueOf(running: Running, parts: readonly Part[], zone: MachineZone): Value {
  const value = reflected(running, parts, zone);
  const fields = typeof value === 'object' && value.kind === 'thing' ? [...value.fields] : [];
  return thing({ ...Object.fromEntries(fields), allocator: faceOf(running, parts, zone.buddy) });
}

const IDLE = { wakeKswapd: (): void => undefined, tryToFreePagesZone: (): boolean => false };

/** Makes a machine whose frames are all handed over, and two processors of its node with interrupts on. */
export function machineSite(program: Program, machine: Machine): MachineSite {
  const processors = [0, 1].map((id) => new Processor(id));
  const pieces = new Pieces();
  const faces = processors.map((processor, n) => {
    const ground = groundOf(pieces, processor, n === 0);
    return { ground, node: nodeOf(machine, ground) };
  });
  const [first] = faces;
  if (first === undefined) throw new Error('there is no processor');
  const { ground, node } = first;
  const nodes = {
    policy: machine.policy,
    pgdatList: [node],
    next: new Field<number, number>(new Int32Array(1)),
    guard: undefined,
  };
  const memory = new PhysicalMemory(machine, node.zones, nodes, IDLE, () => undefined, ground.node);
  memory.handOverAll();
  const parts = layOut([...node.zones.flatMap(partsOfZone), ...processors.map(arrayOf)]);
  const running = machineOf(program);
  const zones = faces.map((face) => face.node.zones.map((zone) => valueOf(running, parts, zone)));
  return { parts, interrupts: interruptsOf(parts), running, memory, node, zones };
}
