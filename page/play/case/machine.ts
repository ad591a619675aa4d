/** A case on a machine, carried out by `src` beside what `spec` says of each answer; its reclaims free what the case says. */
import { createMachine } from '../../../src/index.ts';
import { freePages } from '../../../spec/machine/zone.ts';
import { gfp, nodeId, order, pfn, taskFlags } from '../../../spec/unit.ts';
import { placeMachine } from '../../../spec/machine/placement.ts';
import { rowOf } from '../zones/row.ts';
import { startMachine } from '../../../spec/machine/state.ts';
import { zoneAt, zoneName } from '../../../spec/machine/state.ts';
import type { Block, Machine, PageCommand, PageOutcome, Round } from '../../../protocol/index.ts';
import type { CaseWorld } from './seen.ts';
import type { ClassZone, Free, PhysicalMemory, Reclaimer } from '../../../src/index.ts';
import type { Gfp } from '../../../protocol/index.ts';
import type { MachineState } from '../../../spec/index.ts';

/** A block that a slot holds, and how many users it has. */
interface Held extends Block {
  users: number;
}

/** Frees what the case says, reclaim by reclaim, and notes what it did. */
class Planned implements Reclaimer {
  plan: Held[][] = [];
  rounds: Round[] = [];
  woken = false;

  wakeKswapd(): void {
    this.woken = true;
  }

  tryToFreePagesZone(_zone: ClassZone, _gfp: Gfp, free: Free): boolean {
    const planned = this.plan[this.rounds.length] ?? [];
    const freed: Block[] = [];
    for (const held of planned) {
      if (held.users === 0) continue;
      held.users--;
      free(held.head, held.order);
      freed.push({ head: held.head, order: held.order });
    }
    this.rounds.push({ freed, success: planned.length > 0 });
    return planned.length > 0;
  }
}

const say = (outcome: PageOutcome, before: MachineState): string => {
  switch (outcome.kind) {
    case 'granted': {
      const zone = before.zones[zoneAt(before, outcome.head)];
      return `frame ${outcome.head}, from ${zone === undefined ? 'no zone' : zoneName(zone)}`;
    }
    case 'exhausted':
      return 'refused';
    case 'stalled':
      return 'stalled: the kernel would try for ever';
    case 'done':
      return 'done';
    case 'rejected':
      return `rejected: ${outcome.misuse}`;
  }
};

const sayRound = ({ freed }: Round): string =>
  `a reclaim freed ${freed.map(({ head, order: of }) => `frame ${head} as order ${of}`).join(', ') || 'nothing'}`;

/** A machine while a script is carried out. */
export class RunningMachineCase {
  readonly #reclaimer = new Planned();
  readonly #memory: PhysicalMemory;
  readonly #slots: (Held | undefined)[] = [];
  #state: MachineState;
  #agrees = true;
  #asked = '';
  #said: readonly string[] = ['every frame is free, but for the holes'];

  constructor(machine: Machine) {
    const made = createMachine(machine, this.#reclaimer);
    if (made.kind === 'rejected') throw new Error(made.why);
    this.#memory = made.memory;
    this.#memory.handOverAll();
    this.#state = startMachine(machine);
  }

  #held(slot: number): Held | undefined {
    const held = this.#slots[slot];
    return held === undefined || held.users === 0 ? undefined : held;
  }

  /** Returns what a word asks, in words and as a command; no command if there is nothing to do. */
  #commandOf(word: string): readonly [asked: string, command: PageCommand | undefined, held?: Held | undefined] {
    const [one = 0, two = 0, mask = 0, task = 0] = word.slice(1).split(':').map(Number);
    switch (word[0]) {
      case 'A':
      case 'N': {
        const bound = word.startsWith('N');
        const where = `${bound ? 'of' : 'for'} node ${one}${bound ? ' alone' : ''}`;
        const asked = `allocate a block of order ${two} ${where}, gfp 0x${mask.toString(16)}, task flags 0x${task.toString(16)}`;
        const request = { gfp: gfp(mask), order: order(two), task: taskFlags(task), node: nodeId(one) };
        return [asked, { kind: bound ? 'allocate-on-node' : 'allocate-pages', ...request }];
      }
      case 'k':
        return ['give kswapd a turn', { kind: 'kswapd' }];
      case 'F': {
        const held = this.#slots.find((block) => block !== undefined && block.users > 0 && block.head === one);
        return [`free frame ${one} as order ${two}`, { kind: 'free-pages', head: pfn(one), order: order(two) }, held];
      }
      default: {
        const held = this.#held(one);
        const asked = word.startsWith('g') ? `give allocation ${one} one more user` : `free allocation ${one}`;
        if (held === undefined) return [asked, undefined];
        const { head, order: of } = held;
        return [
          asked,
          word.startsWith('g') ? { kind: 'get-page', head } : { kind: 'free-pages', head, order: of },
          held,
        ];
      }
    }
  }

  #ask(command: PageCommand): PageOutcome {
    switch (command.kind) {
      case 'allocate-pages':
        return this.#memory.allocPages(command.gfp, command.order, command.node, command.task);
      case 'allocate-on-node':
        return this.#memory.allocPagesNode(command.node, command.gfp, command.order, command.task);
      case 'free-pages':
        return this.#memory.freePages(command.head, command.order);
      case 'get-page':
        return this.#memory.getPage(command.head);
      case 'kswapd':
        this.#memory.balance();
        return { kind: 'done' };
    }
  }

  #remember(command: PageCommand, outcome: PageOutcome, held: Held | undefined): void {
    if (held !== undefined && outcome.kind === 'done') held.users += command.kind === 'get-page' ? 1 : -1;
    if (command.kind !== 'allocate-pages' && command.kind !== 'allocate-on-node') return;
    const block = outcome.kind === 'granted' ? { head: outcome.head, order: command.order, users: 1 } : undefined;
    for (const [slot, one] of this.#slots.entries()) if (one?.head === block?.head) this.#slots[slot] = undefined;
    this.#slots.push(block);
  }

  carryOut(step: string): void {
    const words = step.split(' ');
    const plan: Held[][] = [];
    for (const word of words.slice(0, -1)) {
      const [round = 0, slot = 0] = word.slice(1).split(':').map(Number);
      const held = this.#held(slot);
      while (plan.length <= round) plan.push([]);
      if (held !== undefined) plan[round]?.push(held);
    }
    Object.assign(this.#reclaimer, { plan, rounds: [], woken: false });
    const [asked, command, held] = this.#commandOf(words.at(-1) ?? '');
    this.#asked = asked;
    this.#said = ['done: there is nothing to do'];
    if (command === undefined) return;
    const before = this.#state;
    const outcome = this.#ask(command);
    this.#remember(command, outcome, held);
    this.#follow(command, outcome);
    const { rounds, woken } = this.#reclaimer;
    this.#said = [say(outcome, before), ...(woken ? ['kswapd was woken'] : []), ...rounds.map(sayRound)];
  }

  /** Has `spec` carry out what was just done, and compares. */
  #follow(command: PageCommand, outcome: PageOutcome): void {
    const { rounds, woken } = this.#reclaimer;
    const expected = placeMachine(this.#state, command, rounds);
    this.#state = expected.next;
    const seen = this.#memory.observe().zones;
    const isSame = expected.next.zones.every(
      (one, n) => freePages(one) === seen[n]?.buddy.freeCount && one.needBalance === seen[n].needBalance,
    );
    const isAnswer = JSON.stringify(expected.outcome) === JSON.stringify(outcome) && expected.woken === woken;
    this.#agrees &&= isSame && isAnswer && expected.used === rounds.length;
  }

  get world(): CaseWorld {
    const grantOf = (head: number): readonly [number, number] => {
      const slot = this.#slots.findIndex((held) => held !== undefined && held.users > 0 && held.head === head);
      return [this.#slots[slot]?.order ?? 0, Math.max(0, slot)];
    };
    const { zones } = this.#memory.observe();
    const rows = zones.map((zone) => rowOf(zone, grantOf, `node ${zone.node} ${zone.name}`));
    return { rows, asked: this.#asked, said: this.#said, agrees: this.#agrees };
  }
}
