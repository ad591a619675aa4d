/** The reference machine, as the judge asks it: by the same words as any other. */
import { MachineWords } from './machine-words.ts';
import { createMachine, gfp, nodeId, order, pfn, taskFlags } from '../../src/index.ts';
import type { ClassZone, Free, PhysicalMemory, Reclaimer } from '../../src/index.ts';
import type { Gfp, Machine, MachineObservation } from '../../protocol/index.ts';
import type { MachineHost, MachineObject } from './machine-words.ts';
import type { MachineOpened, MachinePort } from '../kinds/machine/port.ts';
import type { MachineResult } from '../kinds/machine/operation.ts';

/** Has a machine's reclaim done by the judge. */
class HostReclaimer implements Reclaimer {
  host: MachineHost | undefined;
  /** How the memory that reclaims frees a block: it is given anew with each reclaim. */
  free: Free | undefined;

  wakeKswapd(): void {
    this.host?.wakeKswapd();
  }

  tryToFreePagesZone(_classZone: ClassZone, _gfp: Gfp, free: Free): boolean {
    this.free = free;
    const freed = this.host?.reclaim() === true;
    this.free = undefined;
    return freed;
  }
}

/** The real memory as an object with the methods that every machine has. */
function objectOf(memory: PhysicalMemory, reclaimer: HostReclaimer): MachineObject {
  return {
    allocate: ({ bound, gfp: mask, node, order: of, task }) => {
      const outcome = bound
        ? memory.allocPagesNode(nodeId(node), gfp(mask), order(of), taskFlags(task))
        : memory.allocPages(gfp(mask), order(of), nodeId(node), taskFlags(task));
      if (outcome.kind === 'granted') return outcome.head;
      return outcome.kind === 'stalled' ? 'stalled' : null;
    },
    free: (head, of) =>
      reclaimer.free === undefined ? memory.freePages(pfn(head), order(of)) : reclaimer.free(pfn(head), order(of)),
    get: (head) => memory.getPage(pfn(head)),
    balance: () => memory.balance(),
  };
}

/** The machine of 2.4.22. */
export class MachineReference implements MachinePort {
  readonly #create: typeof createMachine;
  #memory: PhysicalMemory | undefined;
  #words: MachineWords | undefined;

  constructor(create: typeof createMachine = createMachine) {
    this.#create = create;
  }

  open(machine: Machine): MachineOpened {
    const reclaimer = new HostReclaimer();
    const created = this.#create(machine, reclaimer);
    if (created.kind === 'rejected') return { kind: 'unsupported', why: created.why };
    const { memory } = created;
    memory.handOverAll();
    this.#memory = memory;
    this.#words = new MachineWords((host) => {
      reclaimer.host = host;
      return objectOf(memory, reclaimer);
    });
    return { kind: 'ready' };
  }

  run(words: readonly string[]): MachineResult {
    return this.#words?.run(words) ?? { outcome: { kind: 'nonsense', token: 'no machine' }, reclaims: 0, woken: false };
  }

  observe(): undefined {
    return undefined;
  }

  shown(): MachineObservation | undefined {
    return this.#memory?.observe();
  }
}
