/** The implementation under test, as the lockstep asks it and looks into it. */
import { Comparison } from '../../../conformance/kinds/buddy/compare/zone.ts';
import { Hidden } from './hidden.ts';
import { createAllocator } from '../../../src/index.ts';
import { insideOf, regionFor } from '../../arbitrary/region.ts';
import type { Allocator, Region, ZoneShape } from '../../../src/index.ts';
import type { Command, Counterexample, Observation, Outcome } from '../../../protocol/index.ts';
import type { Placed } from '../../../spec/index.ts';
import type { Touched } from '../../../conformance/kinds/buddy/compare/zone-words.ts';
import type { Surroundings } from '../../arbitrary/region.ts';

/** Makes an allocator: `createAllocator` of `src`, or that of a broken copy. */
export type Create = typeof createAllocator;

/** Returns a new allocator in a region; throws if the shape or the region is rejected. */
export function allocatorOver(shape: ZoneShape, region: Region, create: Create = createAllocator): Allocator {
  const created = create(shape, region);
  if (created.kind === 'rejected') throw new Error(`${created.clause}: ${created.why}`);
  return created.allocator;
}

/** The allocator's side of the lockstep, and what it is looked at with. */
export class Real {
  readonly allocator: Allocator;
  readonly region: Region;
  readonly #observation: Observation;
  readonly #comparison = new Comparison();
  readonly #hidden: Hidden;
  readonly #words: Int32Array;
  readonly #remembered: Int32Array;

  constructor(shape: ZoneShape, around: Surroundings, create?: Create) {
    this.region = regionFor(shape, around);
    this.allocator = allocatorOver(shape, this.region, create);
    this.#observation = this.allocator.observe();
    this.#hidden = new Hidden(shape, this.region);
    const inside = insideOf(shape, this.region);
    this.#words = new Int32Array(this.region.buffer, inside.byteOffset, inside.byteLength / 4);
    this.#remembered = new Int32Array(this.#words.length);
  }

  answer(command: Command): Outcome {
    switch (command.kind) {
      case 'allocate':
        return this.allocator.allocate(command.order);
      case 'free':
        return this.allocator.free(command.head, command.order);
      case 'hand-over':
        return this.allocator.handOver(command.frame);
    }
  }

  get observation(): Observation {
    return this.#observation;
  }

  /** Keeps the region as it is, for `hasChanged`. */
  remember(): void {
    this.#remembered.set(this.#words);
  }

  /** Whether a single bit of the region is not what it was. */
  hasChanged(): boolean {
    const words = this.#words;
    const remembered = this.#remembered;
    for (let at = 0; at < words.length; at++) if (words[at] !== remembered[at]) return true;
    return false;
  }

  refute(placed: Placed, touched: Touched): Counterexample | undefined {
    return this.#comparison.compare(placed, this.#observation, touched);
  }

  refuteHidden(placed: Placed): string | undefined {
    return this.#hidden.refute(placed);
  }
}
