/** Allocators whose answers are right and whose reports are not. */

import { BuddySets } from './buddy-sets.ts';
import { VIEWS } from './answers.ts';
import type { ObjectArena } from './buddy-sets.ts';
import type { RareFault } from './answers.ts';

/** An allocator whose answers are right and whose reports are wrong. */
const showing = (
  name: string,
  refutes: RareFault['refutes'],
  most: number,
  wrong: (arena: ObjectArena) => BuddySets,
): RareFault => ({
  name,
  claims: ['complete', 'best-fit'],
  features: VIEWS,
  refutes,
  most,
  open: wrong,
});

type Shown = ReturnType<BuddySets['observe']>;

export const VIEW_FAULTS: readonly RareFault[] = [
  showing(
    'the free count is wrong after a refusal, and right again after the next grant',
    ['COUNT-1'],
    1,
    (arena) =>
      new (class extends BuddySets {
        #refused = false;

        override allocate(order: number): number | null {
          const frame = super.allocate(order);
          this.#refused = frame === null;
          return frame;
        }

        override observe(): Shown {
          const shown = super.observe();
          return { ...shown, freeCount: shown.freeCount + Number(this.#refused) };
        }
      })(arena),
  ),
  showing(
    'the free count is never 0',
    ['COUNT-1'],
    1,
    (arena) =>
      new (class extends BuddySets {
        override observe(): Shown {
          const shown = super.observe();
          return { ...shown, freeCount: Math.max(1, shown.freeCount) };
        }
      })(arena),
  ),
  showing(
    'the bits of large pairs are those of the operation before',
    ['MAP-2'],
    1,
    (arena) =>
      new (class extends BuddySets {
        #before: string[] = [];

        override allocate(order: number): number | null {
          this.#before = this.pairBits();
          return super.allocate(order);
        }

        override observe(): Shown {
          const shown = super.observe();
          return {
            ...shown,
            pairBits: shown.pairBits.map((bits, at) => (at >= 3 ? (this.#before[at] ?? bits) : bits)),
          };
        }
      })(arena),
  ),
  showing(
    'a block is shown as its two halves',
    ['PAIR-4'],
    1,
    (arena) =>
      new (class extends BuddySets {
        override observe(): Shown {
          const shown = super.observe();
          const [single = [], pairs = [], ...rest] = shown.freeBlocks;
          const [first, ...others] = pairs;
          if (first === undefined || this.taken.size === 0) return shown;
          return { ...shown, freeBlocks: [[...single, first, first + 1], others, ...rest] };
        }
      })(arena),
  ),
];
