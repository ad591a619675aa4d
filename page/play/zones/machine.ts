/** The machine of `src` at work, beside what `spec` says of each answer. */
import { GFP_ATOMIC, GFP_DMA, GFP_HIGHUSER, GFP_KERNEL, createMachine, machineOf } from '../../../src/index.ts';
import { RecordedReclaimer } from './recorded.ts';
import { checksOf, saySpread, sayTurn } from './say.ts';
import { freePages } from '../../../spec/machine/zone.ts';
import { nodeId, order, pfn, taskFlags } from '../../../spec/unit.ts';
import { placeMachine } from '../../../spec/machine/placement.ts';
import { startMachine } from '../../../spec/machine/state.ts';
import { rowOf } from './row.ts';
import { worldsAlong } from '../worlds.ts';
import type { Asker, ZoneWord, ZonesPlay } from './script.ts';
import type { Check } from './say.ts';
import type { Gfp, Machine, PageCommand, PageOutcome, Pfn, Round } from '../../../protocol/index.ts';
import type { MachineState } from '../../../spec/index.ts';
import type { PhysicalMemory } from '../../../src/index.ts';
import type { Row } from '../../film/reel.ts';

/** A zone, and how many of its pages hold parts of files. */
export interface ShownZone {
  readonly row: Row;
  readonly cached: number;
}

/** What a machine holds after some operations, and what the last of them did. */
export interface ZonesWorld {
  readonly zones: readonly ShownZone[];
  readonly said: readonly string[];
  /** The last request against the marks, zone by zone. */
  readonly checks: readonly Check[];
  readonly awake: boolean;
  /** Whether every answer, and every zone after it, was as `spec` has it. */
  readonly agrees: boolean;
}

/** The mask of each asker. */
const MASKS: Readonly<Record<Asker, Gfp>> = {
  file: GFP_HIGHUSER,
  kernel: GFP_KERNEL,
  interrupt: GFP_ATOMIC,
  device: GFP_DMA,
};

const ONE = order(0);
const NODE = nodeId(0);

/** Returns a machine of one node with zones of these sizes, whose marks are parts of them. */
export function machineFrom({ ratio, zones: [dma = 0, normal = 0, high = 0] }: ZonesPlay): Machine {
  const part = { ratio, least: 1, most: 255 };
  return machineOf([{ first: 0, end: dma + normal + high }], {
    limits: { dma: pfn(dma), normal: pfn(dma + normal) },
    balance: { DMA: part, Normal: part, HighMem: part },
  });
}

/** One machine while a script is carried out. */
class RunningMachine {
  readonly #reclaimer: RecordedReclaimer;
  readonly #memory: PhysicalMemory;
  #state: MachineState;
  #agrees = true;
  /** The pages that were granted, each with the number of its grant. */
  readonly #numbers = new Map<number, number>();
  #granted = 0;
  /** The pages that no file is in, the one taken last at the end. */
  readonly #taken: Pfn[] = [];
  #said: readonly string[] = [];
  #checks: readonly Check[] = [];

  constructor(play: ZonesPlay) {
    const machine = machineFrom(play);
    this.#reclaimer = new RecordedReclaimer(machine);
    const made = createMachine(machine, this.#reclaimer);
    if (made.kind === 'rejected') throw new Error(made.why);
    this.#memory = made.memory;
    this.#memory.handOverAll();
    this.#state = startMachine(machine);
  }

  /** Has `spec` carry out what was just done, and compares. */
  #follow(command: PageCommand, outcome: PageOutcome, rounds: readonly Round[] = []): void {
    const expected = placeMachine(this.#state, command, rounds);
    this.#state = expected.next;
    const seen = this.#memory.observe().zones;
    const isSame = expected.next.zones.every(
      (one, n) => freePages(one) === seen[n]?.buddy.freeCount && one.needBalance === seen[n].needBalance,
    );
    this.#agrees &&= isSame && JSON.stringify(expected.outcome) === JSON.stringify(outcome);
  }

  #one(who: Asker): { readonly outcome: PageOutcome; readonly rounds: readonly Round[] } {
    const command = { kind: 'allocate-pages', gfp: MASKS[who], order: ONE, task: taskFlags(0), node: NODE } as const;
    const before = this.#state;
    const outcome = this.#memory.allocPages(command.gfp, ONE);
    const rounds = this.#reclaimer.takeRounds();
    this.#follow(command, outcome, rounds);
    this.#checks = checksOf(before, command, outcome);
    if (outcome.kind !== 'granted') return { outcome, rounds };
    const { head } = outcome;
    this.#numbers.set(head, this.#granted++);
    if (who !== 'file') this.#taken.push(head);
    else {
      this.#follow({ kind: 'get-page', head }, this.#reclaimer.add(head));
      this.#follow({ kind: 'free-pages', head, order: ONE }, this.#memory.putPage(head));
    }
    return { outcome, rounds };
  }

  #ask(who: Asker, count: number): void {
    const awake = [this.#reclaimer.awake];
    const outcomes: PageOutcome[] = [];
    const rounds: Round[] = [];
    for (let n = 1; n <= count && outcomes.every(({ kind }) => kind === 'granted'); n++) {
      const one = this.#one(who);
      outcomes.push(one.outcome);
      rounds.push(...one.rounds);
      awake.push(this.#reclaimer.awake);
    }
    const woken = Math.max(0, awake.indexOf(true));
    this.#said = saySpread(this.#state, count, outcomes, rounds, woken);
  }

  #free(count: number): void {
    let freed = 0;
    for (; freed < count; freed++) {
      const head = this.#taken.pop();
      if (head === undefined) break;
      this.#follow({ kind: 'free-pages', head, order: ONE }, this.#memory.freePages(head, ONE));
    }
    this.#said = [freed === 0 ? 'there is nothing to free' : `${freed} ${freed === 1 ? 'page' : 'pages'} freed`];
  }

  #turn(): void {
    const asked = this.#memory.observe().zones.some(({ needBalance }) => needBalance);
    const goesOn = this.#memory.balance();
    const rounds = this.#reclaimer.takeRounds();
    if (!goesOn) this.#reclaimer.sleep();
    this.#follow({ kind: 'kswapd' }, { kind: 'done' }, rounds);
    this.#said = sayTurn(asked, goesOn, rounds);
  }

  carryOut(word: ZoneWord): void {
    this.#checks = [];
    switch (word.kind) {
      case 'ask':
        return this.#ask(word.who, word.count);
      case 'free':
        return this.#free(word.count);
      case 'kswapd':
        return this.#turn();
    }
  }

  get world(): ZonesWorld {
    const { zones: seen } = this.#memory.observe();
    return {
      zones: seen.map((one) => {
        const row = rowOf(one, (head) => [0, this.#numbers.get(head) ?? 0]);
        return { row, cached: [...row.blocks.keys()].filter((head) => this.#reclaimer.holds(pfn(head))).length };
      }),
      said: this.#said,
      checks: this.#checks,
      awake: this.#reclaimer.awake,
      agrees: this.#agrees,
    };
  }
}

/** Returns what a machine holds before its script, and after each operation of it. */
export const worldsOf = (play: ZonesPlay): readonly ZonesWorld[] => worldsAlong(new RunningMachine(play), play.run);
