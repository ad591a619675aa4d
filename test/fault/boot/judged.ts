/** Judges boot memory of any make against the specification, command by command. */

import { placeBoot, startBoot } from '../../../spec/index.ts';
import { askBoot } from '../../../src/boot/ask.ts';
import { bootmemBytes } from '../../../src/index.ts';
import { compareBoot } from '../../../conformance/kinds/boot/compare.ts';
import { handedOver } from '../../../spec/boot/state.ts';
import { snapshotBoot, refuteHandOver } from '../../../invariants/index.ts';
import { regionFor } from '../../arbitrary/region.ts';
import type { BootCommand, BootNode, BootOutcome, Clause, Pfn } from '../../../protocol/index.ts';
import type { Boot } from '../../../spec/index.ts';
import type { Broken } from '../load.ts';
import type { Door, ZoneShape } from '../../../src/index.ts';

type Memory = Extract<ReturnType<Broken['createBootmem']>, { kind: 'created' }>['bootmem'];

const ORDERS = 4;

/** A zone of one node's pages, which notes what is handed over to it. */
class NotingZone {
  readonly frames: Pfn[] = [];
  readonly door: Door;

  constructor({ createAllocator }: Broken, { end, start }: BootNode) {
    const shape: ZoneShape = { kernel: '2.4', base: start, pages: end - start, orders: ORDERS, holes: [] };
    const created = createAllocator(shape, regionFor(shape));
    if (created.kind === 'rejected') throw new Error(created.why);
    const { allocator } = created;
    this.door = {
      handOver: (frame) => {
        this.frames.push(frame);
        return allocator.handOver(frame);
      },
      observe: () => allocator.observe(),
    };
  }
}

/** Returns the clause that a node's retirement refutes: by the frames handed over, or by its zone afterwards. */
function refuteFrames(memory: Memory, at: number, zone: NotingZone, right: readonly Pfn[]): Clause | undefined {
  const { door, frames } = zone;
  if (frames.toSorted().join() !== right.toSorted().join()) return 'RETIRE-1';
  if (frames.join() !== right.join()) return 'RETIRE-2';
  const seen = memory.observe().nodes.filter((_, n) => n === at);
  const [lost] = refuteHandOver({ nodes: seen, zones: [door.observe()] });
  return lost?.clause;
}

/** Boot memory, possibly broken, and the specification beside it. */
class Judged {
  readonly #make: Broken;
  readonly #memory: Memory;
  readonly #zones: readonly NotingZone[];
  readonly #zeroed: string[];
  #boot: Boot;

  constructor(make: Broken, nodes: readonly BootNode[], memory: Memory, zeroed: string[]) {
    this.#make = make;
    this.#memory = memory;
    this.#zones = nodes.map((node) => new NotingZone(make, node));
    this.#zeroed = zeroed;
    this.#boot = startBoot(nodes);
  }

  /** Carries out one command. Returns the clause that it refutes, if any. */
  carryOut(command: BootCommand): Clause | undefined {
    const boot = this.#boot;
    const waits = (): boolean => true;
    const right = placeBoot(boot, command, waits);
    const before = snapshotBoot(this.#memory.observe());
    this.#make.refuel();
    let outcome: BootOutcome;
    try {
      const doors = this.#zones.map(({ door }) => door);
      outcome = askBoot(this.#memory, command, doors);
    } catch {
      return 'USE-2';
    }
    const seen = { before, after: snapshotBoot(this.#memory.observe()) };
    const wrong = compareBoot({ boot, command, outcome, waits, right, seen }, true);
    if (wrong !== undefined) return wrong.clause;
    const asked = command.kind === 'allocate' && outcome.kind === 'granted' ? `${outcome.address}+${command.size}` : '';
    if (this.#zeroed.splice(0).join() !== asked) return 'BOOT-13';
    this.#boot = right.next;
    return command.kind === 'retire' && outcome.kind === 'retired'
      ? this.#refuteRetired(boot, command.node)
      : undefined;
  }

  #refuteRetired(boot: Boot, at: number): Clause | undefined {
    const [state, zone] = [boot[at], this.#zones[at]];
    if (state === undefined || zone === undefined) return 'RETIRE-1';
    const { free, map } = handedOver(state);
    return refuteFrames(this.#memory, at, zone, [...free, ...map]);
  }
}

/** Returns the first clause that boot memory refutes while it carries out commands. A throw or an endless loop refutes USE-2. */
export function judgeBoot(
  make: Broken,
  nodes: readonly BootNode[],
  commands: readonly BootCommand[],
): Clause | undefined {
  const zeroed: string[] = [];
  const region = { buffer: new ArrayBuffer(bootmemBytes(nodes)), byteOffset: 0 };
  make.refuel();
  const created = make.createBootmem(nodes, region, (address, count) => zeroed.push(`${address}+${count}`));
  if (created.kind === 'rejected') return 'BOOT-15';
  const { nodes: started } = created.bootmem.observe();
  if (started.some(({ bits }) => Array.from(bits).some((word) => word !== -1))) return 'BOOT-1';
  const judged = new Judged(make, nodes, created.bootmem, zeroed);
  for (const command of commands) {
    const clause = judged.carryOut(command);
    if (clause !== undefined) return clause;
  }
  return undefined;
}
