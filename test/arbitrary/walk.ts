/** Walks through the specification that take any permitted outcome. */
import fc from 'fast-check';
import { Frames } from './frames.ts';
import { anyCommandOf } from './intent.ts';
import { arenaOf, kernels, shapes, usableFrames } from './arena.ts';
import { buddy, step } from '../../spec/index.ts';
import type { Arbitrary } from 'fast-check';
import type { Arena, Block, Claim, Command, Pfn } from '../../protocol/index.ts';
import type { Buddy, Permitted } from '../../spec/index.ts';
import type { Memory } from './intent.ts';

/** Arenas small enough to be looked at frame by frame. */
export const smallArenas: Arbitrary<Arena> = kernels.chain((kernel) => shapes(kernel, 40)).map(arenaOf);

/** Each number is one command, and one of the outcomes that are permitted. */
export const walks: Arbitrary<readonly number[]> = fc.array(fc.nat({ max: 2 ** 26 }), { maxLength: 40, size: 'max' });

/** The claims that bear on what is permitted. */
export const claimSets: Arbitrary<ReadonlySet<Claim>> = fc
  .subarray<Claim>(['complete', 'best-fit', 'placement:linux-2.4', 'misuse:double-free'])
  .map((claims) => new Set(claims));

const NOTHING: ReadonlySet<Claim> = new Set<Claim>();

/**
 * The specification followed through whatever it permits, not only through what Linux does; beside it, the same arena frame by
 * frame.
 */
export class Walk implements Memory {
  state: Buddy;
  readonly frames: Frames;
  readonly freed: Block[] = [];

  constructor(arena: Arena, handedOver: boolean) {
    this.state = handedOver ? buddy.start(arena) : buddy.boot(arena);
    this.frames = new Frames(arena, handedOver);
  }

  get live(): readonly Block[] {
    return buddy.outstandingBlocks(this.state);
  }

  get waiting(): readonly Pfn[] {
    const { arena } = this.state;
    return usableFrames(arena).filter((frame) => this.frames.boot.has(frame));
  }

  /** The command that a number comes to here. */
  command(n: number): Command {
    return anyCommandOf(this, n & 0xfffff);
  }

  /** Takes one of the permitted outcomes; a refusal only where nothing else is permitted, or now and then. */
  go(command: Command, n: number): Permitted {
    const steps = step(NOTHING, this.state, command);
    const taken = steps[(n >>> 20) % steps.length];
    if (taken === undefined) throw new Error(`nothing is permitted for ${JSON.stringify(command)}`);
    this.frames.take(command, taken.outcome);
    this.state = taken.next;
    if (command.kind === 'free' && taken.outcome.kind === 'done')
      this.freed.push({ head: command.head, order: command.order });
    return taken;
  }
}

/** A walk to its end. */
export function walked(arena: Arena, handedOver: boolean, numbers: readonly number[]): Walk {
  const walk = new Walk(arena, handedOver);
  for (const n of numbers) walk.go(walk.command(n), n);
  return walk;
}
