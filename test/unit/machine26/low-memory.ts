/** A small machine of 2.6.24 brought to where its zones have given free blocks, beside its specification. */
import { BothMachines26 } from '../../lockstep/machine26/lockstep.ts';
import { gfp, order, pfn } from '../../../spec/unit.ts';
import type { Block, Machine26, Outcome26, Settings26 } from '../../../protocol/index.ts';
import type { Make26 } from '../../lockstep/machine26/lockstep.ts';

export const ATOMIC = 0x20;
export const NOIO = 0x10;
export const NOFS = 0x50;
export const KERNEL = 0xd0;

/** 40 pages are to be kept free. */
export const SETTINGS: Settings26 = { minFreeKbytes: 160, ratios: { DMA: 16, DMA32: 256, Normal: 8 } };

/**
 * DMA has frames 0 to 31, Normal 32 to 159, HighMem 160 to 191. Marks: DMA 8, 10, 12; Normal 32, 40, 48; HighMem 32, 34, 36.
 * DMA keeps 8 pages from requests of class Normal and 10 from those of HighMem, Normal keeps 4 from those of HighMem.
 */
export const SMALL: Machine26 = {
  orders: 6,
  zones: [
    { name: 'DMA', base: pfn(0), pages: 32, holes: [] },
    { name: 'Normal', base: pfn(32), pages: 128, holes: [] },
    { name: 'HighMem', base: pfn(160), pages: 32, holes: [] },
  ],
  settings: SETTINGS,
};

/** A request that a test writes down. */
export interface Asked26 {
  readonly gfp: number;
  readonly order?: number;
  readonly exempt?: boolean;
  readonly realtime?: boolean;
}

const block = ([head, of]: readonly [number, number]): Block => ({ head: pfn(head), order: order(of) });

/** A machine beside its specification. */
export class LowMemory26 {
  readonly both: BothMachines26;

  constructor(make?: Make26, machine: Machine26 = SMALL) {
    this.both = new BothMachines26(machine, undefined, make);
  }

  /** Takes every page, one by one; meanwhile the marks are beyond reach, so that they have no say. */
  empty(): this {
    this.set({ minFreeKbytes: 2 ** 20 });
    while (this.ask({ gfp: NOIO | 2, exempt: true }).kind === 'granted');
    this.set({});
    return this;
  }

  /** Frees pages one by one: that many from a frame on. */
  free(...runs: readonly (readonly [from: number, pages: number])[]): this {
    for (const [from, pages] of runs) {
      for (let n = 0; n < pages; n++) this.both.ask({ kind: 'free', ...block([from + n, 0]) });
    }
    return this;
  }

  /** Frees every second page: that many from a frame on, none beside another. */
  scatter(from: number, pages: number): this {
    return this.free(...Array.from({ length: pages }, (_, n) => [from + 2 * n, 1] as const));
  }

  /** Makes a request; each reclaim for it frees the single pages of one of `rounds`. */
  ask(
    { exempt = false, gfp: mask, order: of = 0, realtime = false }: Asked26,
    ...rounds: readonly (readonly number[])[]
  ): Outcome26 {
    const plan = rounds.map((pages) => pages.map((page) => block([page, 0])));
    const request = { gfp: gfp(mask), order: order(of), task: { exempt, realtime } };
    return this.both.ask({ kind: 'allocate', ...request }, plan).outcome;
  }

  set(settings: Partial<Settings26>): Outcome26 {
    return this.both.ask({ kind: 'set', settings: { ...SETTINGS, ...settings } }).outcome;
  }
}
