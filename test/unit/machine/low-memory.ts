/** Machines brought to where their zones have a given number of free pages, beside their specification. */

import { BothMachines } from '../../lockstep/machine/lockstep.ts';
import { Scripted } from '../../lockstep/machine/real.ts';
import { gfp, nodeId, order, pfn, taskFlags } from '../../../spec/unit.ts';
import { zonelistOf } from '../../../spec/machine/zonelist.ts';
import { freePages } from '../../../spec/machine/zone.ts';
import type { Balance, Machine, ZoneName } from '../../../protocol/index.ts';
import type { Make } from '../../lockstep/machine/real.ts';
import type { MachinePlacement } from '../../../spec/index.ts';

const NAMES: readonly ZoneName[] = ['DMA', 'Normal', 'HighMem'];

/** The watermarks of 2.4.22. */
const DEFAULT: Balance = { ratio: 128, least: 20, most: 255 };

/** Returns a machine of adjacent nodes; `nodes` has the pages of DMA, Normal and HighMem of each. */
export function plainMachine(
  nodes: readonly (readonly number[])[],
  rest: Partial<Omit<Machine, 'nodes'>> = {},
): Machine {
  let base = 0;
  const shapes = nodes.map((sizes) => ({
    zones: sizes.flatMap((pages, id) => {
      const span = { name: NAMES[id] ?? 'DMA', base: pfn(base), pages, holes: [] };
      base += pages;
      return pages === 0 ? [] : [span];
    }),
  }));
  const balance = { DMA: DEFAULT, Normal: DEFAULT, HighMem: DEFAULT };
  return { orders: 5, nodes: shapes, balance, policy: 'node-local', ...rest };
}

/** A request that a test writes down. */
export interface Asked {
  readonly gfp: number;
  readonly order?: number;
  readonly task?: number;
  readonly node?: number;
}

const MEMALLOC = 0x800;

/** A machine beside its specification, with a given number of free pages in each zone. */
export class LowMemory {
  readonly reclaimer: Scripted = new Scripted();
  readonly both: BothMachines;

  constructor(machine: Machine, make?: Make) {
    this.both = new BothMachines(machine, this.reclaimer, undefined, make);
  }

  /** Takes every page of a node, then frees the lowest pages of each zone, one by one. `free`: how many, by zone. */
  leave(node: number, free: Readonly<Partial<Record<ZoneName, number>>>): this {
    for (const mask of [1, 0, 2]) {
      while (this.bound(node, mask).outcome.kind === 'granted');
    }
    for (const zone of this.both.state.zones.filter((one) => one.node === nodeId(node))) {
      const { base } = zone.placed.state.arena;
      for (let n = 0; n < (free[zone.name] ?? 0); n++) this.free(base + n, 0);
    }
    // what asked for balance while the pages were taken is of no interest
    this.reclaimer.tell(Array.from({ length: 3 }, () => ({ freed: [], success: false })));
    this.both.ask({ kind: 'kswapd' });
    this.reclaimer.tell([]);
    return this;
  }

  private bound(node: number, mask: number): MachinePlacement {
    const request = { gfp: gfp(mask), order: order(0), task: taskFlags(MEMALLOC), node: nodeId(node) };
    return this.both.ask({ kind: 'allocate-on-node', ...request });
  }

  ask({ gfp: mask, node = 0, order: of = 0, task = 0 }: Asked): MachinePlacement {
    const request = { gfp: gfp(mask), order: order(of), task: taskFlags(task), node: nodeId(node) };
    return this.both.ask({ kind: 'allocate-pages', ...request });
  }

  free(frame: number, of: number): void {
    this.both.ask({ kind: 'free-pages', head: pfn(frame), order: order(of) });
  }

  /** Sets the blocks that the reclaims of the next call free, round by round: `[frame, order]`. */
  plan(...rounds: readonly (readonly (readonly [number, number])[])[]): this {
    const freed = rounds.map((round) => round.map(([head, of]) => ({ head: pfn(head), order: order(of) })));
    this.reclaimer.tell(freed.map((one) => ({ freed: one, success: one.length > 0 })));
    return this;
  }

  /** The free pages of each zone, `Normal 41`; with ` !` if it asks to be balanced. */
  get zones(): readonly string[] {
    return this.both.state.zones.map((zone) => `${zone.name} ${freePages(zone)}${zone.needBalance ? ' !' : ''}`);
  }

  /** Carries out a request. Returns the name of the zone that the block came from, or the answer. */
  from(asked: Asked): string {
    const { outcome } = this.ask(asked);
    if (outcome.kind !== 'granted') return outcome.kind;
    return this.zoneOf(outcome.head);
  }

  zoneOf(frame: number): string {
    const zone = this.both.state.zones.find(({ placed }) => {
      const { base, pages } = placed.state.arena;
      return frame >= base && frame < base + pages;
    });
    return zone === undefined ? 'nowhere' : zone.name;
  }

  /** Returns the zonelist of a mask, by the specification. */
  zonelist(mask: number, node = 0): readonly string[] {
    const { zones } = this.both.state;
    return zonelistOf(zones, nodeId(node), gfp(mask)).map((place) => zones[place]?.name ?? '');
  }
}
