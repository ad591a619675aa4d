/** The implementation’s side of a machine, and the reclaimers that stand before it. */
import { createMachine } from '../../../src/index.ts';
import type { Block, Gfp, Machine, Pfn, Round } from '../../../protocol/index.ts';
import type { MachineStep } from '../../../invariants/index.ts';
import type { ClassZone, Free, PageUsers, PhysicalMemory, Reclaimer } from '../../../src/index.ts';

/** Stands before a reclaimer and writes down what it does in a command. */
export class Recorder implements Reclaimer {
  rounds: readonly Round[] = [];
  woken = false;
  readonly #inner: Reclaimer;

  constructor(inner: Reclaimer) {
    this.#inner = inner;
  }

  begin(): void {
    this.rounds = [];
    this.woken = false;
  }

  attach(pages: PageUsers): void {
    this.#inner.attach?.(pages);
  }

  holds(head: Pfn): boolean {
    return this.#inner.holds?.(head) ?? false;
  }

  wakeKswapd(): void {
    this.woken = true;
    this.#inner.wakeKswapd();
  }

  tryToFreePagesZone(classZone: ClassZone, gfp: Gfp, free: Free): boolean {
    const freed: Block[] = [];
    const success = this.#inner.tryToFreePagesZone(classZone, gfp, (head, order) => {
      freed.push({ head, order });
      return free(head, order);
    });
    this.rounds = [...this.rounds, { freed, success }];
    return success;
  }
}

/** A reclaimer that frees what it was told to, round after round; after that, nothing. */
export class Scripted implements Reclaimer {
  plan: readonly Round[] = [];
  #next = 0;

  /** What the rounds of the next command free. */
  tell(plan: readonly Round[]): void {
    this.plan = plan;
    this.#next = 0;
  }

  wakeKswapd(): void {
    // kswapd has its turns when the test gives it one
  }

  tryToFreePagesZone(_classZone: ClassZone, _gfp: Gfp, free: Free): boolean {
    const round = this.plan[this.#next++];
    if (round === undefined) return false;
    for (const { head, order } of round.freed) free(head, order);
    return round.success;
  }
}

/** What makes machines: the sound sources, or broken ones. `refuel` comes before each call of them. */
export interface Make {
  readonly createMachine: typeof createMachine;
  readonly refuel: () => void;
  /** Is told of every step before it is judged. */
  readonly saw?: (step: MachineStep) => void;
}

export const SOUND: Make = { createMachine, refuel: () => undefined };

/** A machine's memory, all of it handed over, and what stands before its reclaimer. */
export function createReal(
  machine: Machine,
  reclaimer: Reclaimer,
  make: Make,
): { memory: PhysicalMemory; recorder: Recorder } {
  const recorder = new Recorder(reclaimer);
  make.refuel();
  const created = make.createMachine(machine, recorder);
  if (created.kind === 'rejected') throw new Error(`${created.clause}: ${created.why}`);
  make.refuel();
  created.memory.handOverAll();
  return { memory: created.memory, recorder };
}
