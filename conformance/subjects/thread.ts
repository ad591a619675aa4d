/** A thread of an allocator that several threads use: carries out the scripts that it is sent, and stamps what each operation was answered. */
import { describe, freed, granted } from './buddy-object.ts';
import { COUNTER, WAITED } from './thread-task.ts';
import { parentPort, workerData } from 'node:worker_threads';
import type { AllocatorObject } from './buddy-object.ts';
import type { Block } from '../../protocol/index.ts';
import type { ConcurrentModule } from './concurrent.ts';
import type { Result } from '../kinds/buddy/case.ts';
import type { Stamped, ThreadScript } from '../kinds/smp/wire.ts';
import type { ThreadData, ThreadTask } from './thread-task.ts';

/** Looks that a thread takes for the others before it lets its processor go, for so many ms at a time. */
const [LOOKS, NAP] = [2000, 1];

/** Waits until all threads of a round are here. */
function meet(words: Int32Array): void {
  if (Atomics.sub(words, WAITED, 1) === 1) Atomics.notify(words, WAITED);
  for (let look = 0; Atomics.load(words, WAITED) > 0; look++) {
    if (look > LOOKS) Atomics.wait(words, WAITED, Atomics.load(words, WAITED), NAP);
  }
}

/** Returns what an operation was answered; what the allocator throws is no answer. */
function answered(operation: () => Result): Result {
  try {
    return operation();
  } catch (error) {
    return { kind: 'nonsense', token: describe(error) };
  }
}

/** Carries a script out on an allocator. */
function carryOut(allocator: AllocatorObject, script: ThreadScript, words: Int32Array): readonly Stamped[] {
  const slots: (Block | undefined)[] = [];
  const ask = (word: ThreadScript[number]): Result => {
    switch (word.kind) {
      case 'allocate': {
        const result = answered(() => granted(allocator.allocate(word.order)));
        slots.push(result.kind === 'granted' ? { head: result.head, order: word.order } : undefined);
        return result;
      }
      case 'free-slot': {
        const block = slots[word.slot];
        return block === undefined ? { kind: 'done' } : answered(() => freed(allocator.free(block.head, block.order)));
      }
      case 'free-frame':
        return answered(() => freed(allocator.free(word.head, word.order)));
    }
  };
  return script.map((word): Stamped => {
    const before = Atomics.add(words, COUNTER, 1);
    const result = ask(word);
    return { result, before, after: Atomics.add(words, COUNTER, 1) };
  });
}

/** Serves scripts, as the thread that the data says. */
async function serve({ module, thread, words }: ThreadData): Promise<void> {
  const { attach } = (await import(module)) as ConcurrentModule;
  let [number, allocator] = [-1, undefined as AllocatorObject | undefined];
  parentPort?.on('message', ({ arena, memory, script, number: now }: ThreadTask) => {
    if (allocator === undefined || now !== number) allocator = attach(arena, memory, thread);
    number = now;
    meet(words);
    parentPort?.postMessage(carryOut(allocator, script, words));
  });
}

await serve(workerData as ThreadData);
