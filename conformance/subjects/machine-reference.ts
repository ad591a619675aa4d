import { createMachine, gfp, nodeId, order, pfn, taskFlags } from '../../src/index.ts';
import type { ClassZone, Free, PhysicalMemory, Reclaimer } from '../../src/index.ts';
import type { Failure, Hello, Opened } from '../judge/subject.ts';
import type { Gfp, Machine, PageOutcome } from '../../protocol/index.ts';
import type { MachineSubject, ZoneView } from '../kinds/machine/subject.ts';
import type { MachineResult } from '../kinds/machine/operation.ts';

interface Held {
  readonly head: number;
  readonly order: number;
}

/** Frees what the words of a step said, reclaim after reclaim, and counts. */
class Planned implements Reclaimer {
  plan: Held[][] = [];
  reclaims = 0;
  woken = false;

  begin(): void {
    this.reclaims = 0;
    this.woken = false;
  }

  wakeKswapd(): void {
    this.woken = true;
  }

  tryToFreePagesZone(_classZone: ClassZone, _gfp: Gfp, free: Free): boolean {
    const blocks = this.plan[this.reclaims++] ?? [];
    for (const { head, order: of } of blocks) free(pfn(head), order(of));
    return blocks.length > 0;
  }
}

const NONSENSE: MachineResult = { outcome: { kind: 'nonsense', token: 'no machine' }, reclaims: 0, woken: false };

/** The reference machine, driven by the same words as any other. */
export class MachineReference implements MachineSubject {
  readonly hello: Hello = {
    name: 'buddy-oracle reference 2.4',
    revision: '2.4.22',
    language: 'TypeScript',
    claims: new Set(['complete', 'best-fit', 'placement:linux-2.4']),
    features: new Set(['machine', 'observe:zones']),
    unknown: [],
    maxBatch: 1000,
    maxLine: 2 ** 20,
  };
  #memory: PhysicalMemory | undefined;
  #planned = new Planned();
  #slots: (Held | undefined)[] = [];

  open(machine: Machine): Promise<Opened | Failure> {
    this.#planned = new Planned();
    this.#slots = [];
    const created = createMachine(machine, this.#planned);
    if (created.kind === 'rejected') return Promise.resolve({ kind: 'unsupported', why: created.why });
    created.memory.handOverAll();
    this.#memory = created.memory;
    return Promise.resolve({ kind: 'ready', usable: 'all' });
  }

  run(words: readonly string[]): Promise<MachineResult | Failure> {
    const memory = this.#memory;
    if (memory === undefined) return Promise.resolve(NONSENSE);
    this.#planned.begin();
    this.#planned.plan = [];
    const outcomes = words.map((word) => this.#word(memory, word));
    const { reclaims, woken } = this.#planned;
    return Promise.resolve({ outcome: outcomes.at(-1) ?? { kind: 'done' }, reclaims, woken });
  }

  observe(): Promise<readonly ZoneView[] | undefined | Failure> {
    const zones = this.#memory?.observe().zones;
    return Promise.resolve(zones?.map(({ buddy, needBalance }) => [buddy.freeCount, needBalance]));
  }

  close(): Promise<Failure | undefined> {
    return Promise.resolve(undefined);
  }

  /** What a slot holds now: nothing where another allocation has the block, or nobody. */
  #held(memory: PhysicalMemory, slot: number): Held | undefined {
    const held = this.#slots[slot];
    return held === undefined || memory.pageCount(pfn(held.head)) === 0 ? undefined : held;
  }

  #word(memory: PhysicalMemory, word: string): PageOutcome {
    const [a = 0, b = 0, c = 0, d = 0] = word.slice(1).split(':').map(Number);
    const held = this.#held(memory, word.startsWith('p') ? b : a);
    switch (word[0]) {
      case 'p':
        if (held !== undefined) (this.#planned.plan[a] ??= []).push(held);
        return { kind: 'done' };
      case 'A':
        return this.#granted(b, memory.allocPages(gfp(c), order(b), nodeId(a), taskFlags(d)));
      case 'N':
        return this.#granted(b, memory.allocPagesNode(nodeId(a), gfp(c), order(b), taskFlags(d)));
      case 'f':
        return held === undefined ? { kind: 'done' } : memory.freePages(pfn(held.head), order(held.order));
      case 'F':
        return memory.freePages(pfn(a), order(b));
      case 'g':
        return held === undefined ? { kind: 'done' } : memory.getPage(pfn(held.head));
      default:
        memory.balance();
        return { kind: 'done' };
    }
  }

  #granted(of: number, outcome: PageOutcome): PageOutcome {
    const head = outcome.kind === 'granted' ? outcome.head : undefined;
    for (const [slot, held] of this.#slots.entries()) if (held?.head === head) this.#slots[slot] = undefined;
    this.#slots.push(head === undefined ? undefined : { head, order: of });
    return outcome;
  }
}
