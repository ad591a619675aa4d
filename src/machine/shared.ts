// A machine that several processors use: each thread has a face of its own, for its processor, over the same region.
import { Guard } from '../smp/guard.ts';
import { LOCK_WORDS, SpinLock } from '../smp/spinlock.ts';
import { groundBytes, makeMachine, refuseMachine } from './create.ts';
import { refuseRegion } from '../buddy/shape.ts';
import type { CreatedMachine, Ground } from './create.ts';
import type { Machine, Pfn } from '../../protocol/index.ts';
import type { Processor } from '../smp/processor.ts';
import type { Reclaimer } from './reclaim.ts';
import type { Region } from '../buddy/region.ts';

const WORD = 4;

/** Returns the number of bytes of a machine that several processors use: its zones, the words that they share, a lock for each. */
export function sharedMachineBytes(machine: Machine): number {
  const { bytes, words } = groundBytes(machine);
  return bytes + WORD * words * (1 + LOCK_WORDS);
}

/** Lays a machine's state into a region, one part after another: the same machine comes to the same places. */
function groundIn({ buffer, byteOffset }: Region, processor: Processor, isNew: boolean): Ground {
  let next = byteOffset;
  const give = (bytes: number): Region => {
    next += bytes;
    return { buffer, byteOffset: next - bytes };
  };
  const word = (): ReturnType<Ground['word']> => {
    const words = new Int32Array(buffer, give(WORD * (1 + LOCK_WORDS)).byteOffset, 1 + LOCK_WORDS);
    if (isNew) words.fill(0);
    return { words: words.subarray(0, 1), guard: new Guard(new SpinLock(words.subarray(1)), processor) };
  };
  return { give, isNew, word, node: processor.node };
}

/**
 * What a face of a shared machine is made of. `region` has `sharedMachineBytes`. Reclaimers share nothing: each face has its own.
 * Precondition: a page that a face's reclaimer holds is freed through that face alone; others do not see that a page cache uses it.
 */
export interface SharedMachine {
  readonly machine: Machine;
  readonly region: Region;
  readonly processor: Processor;
  readonly reclaimer: Reclaimer;
  readonly clearPage?: (frame: Pfn) => void;
}

function faceOf(shared: SharedMachine, isNew: boolean): CreatedMachine {
  const { machine, region, processor, reclaimer, clearPage = () => undefined } = shared;
  const bad = refuseMachine(machine) ?? refuseRegion(region, sharedMachineBytes(machine), 'the machine needs');
  return bad ?? makeMachine(machine, reclaimer, clearPage, groundIn(region, processor, isNew));
}

/**
 * Makes a machine's memory in a region that nobody else uses yet: boot memory holds every frame until it is handed over. What
 * this face is asked is asked by its processor.
 * @clause MAKE-5 @clause MAKE-6 @clause SMP-6
 */
export const createSharedMachine = (shared: SharedMachine): CreatedMachine => faceOf(shared, true);

/** Returns another processor's face of a machine that is in the region already, made of the same machine. @clause SMP-6 */
export const attachSharedMachine = (shared: SharedMachine): CreatedMachine => faceOf(shared, false);
