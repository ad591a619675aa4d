/** Allocators of another make than the reference, each with one rare fault in its answers. */

import { EVERY_MISUSE } from '../../judged.ts';
import { BuddySets } from './buddy-sets.ts';
import type { BuddySpec } from '../../../../conformance/subjects/buddy-object.ts';
import type { Claim, Clause } from '../../../../protocol/index.ts';
import type { Feature } from '../../../../conformance/judge/subject.ts';
import type { FreeMisuse } from '../../../../protocol/index.ts';
import type { Options } from '../../../../conformance/judge/options.ts';

/** An allocator with one rare fault. */
export interface RareFault extends BuddySpec {
  readonly name: string;
  /** Its claims; by default `complete`. */
  readonly claims?: readonly Claim[];
  readonly features?: readonly Feature[];
  /** The clauses of which it refutes one first. */
  readonly refutes: readonly Clause[];
  /** Maximum number of operations of the shrunk case. */
  readonly most: number;
  /** Options of the search, if the defaults do not do. */
  readonly options?: Partial<Options>;
}

/** Every report that `BuddySets` can make. */
export const VIEWS: readonly Feature[] = ['observe:free-count', 'observe:free-blocks', 'observe:pair-bits'];

export const ANSWER_FAULTS: readonly RareFault[] = [
  {
    name: 'blocks of order 6 and above are not joined',
    refutes: ['TAKE-6'],
    most: 40,
    open: (arena) =>
      new (class extends BuddySets {
        override join(page: number, order: number): void {
          if (order >= 6 && this.freed.size > 0) this.listed[order]?.add(page);
          else super.join(page, order);
        }
      })(arena),
  },
  {
    name: 'above 512 frames nothing of order 3 and above is joined',
    refutes: ['TAKE-6'],
    most: 12,
    open: (arena) =>
      new (class extends BuddySets {
        override join(page: number, order: number): void {
          if (order >= 3 && this.freed.size > 0 && this.arena.pages > 512) this.listed[order]?.add(page);
          else super.join(page, order);
        }
      })(arena),
  },
  {
    name: 'reserved frames are granted when nothing else is left',
    refutes: ['TAKE-3'],
    most: 1,
    open: (arena) =>
      new (class extends BuddySets {
        override allocate(order: number): number | null {
          return super.allocate(order) ?? (order === 0 ? (arena.reserved[0]?.[0] ?? null) : null);
        }
      })(arena),
  },
  {
    name: 'of the reserved runs only the first three are obeyed',
    refutes: ['TAKE-3'],
    most: 12,
    open: (arena) => new BuddySets({ ...arena, reserved: arena.reserved.slice(0, 3) }),
  },
  {
    name: 'frames have 20 bits',
    refutes: ['TAKE-1'],
    most: 1,
    open: (arena) =>
      new (class extends BuddySets {
        override allocate(order: number): number | null {
          const frame = super.allocate(order);
          return frame === null ? null : frame % 2 ** 20;
        }
      })(arena),
  },
  {
    name: 'where the base is odd, large arenas grant pairs one frame too low',
    refutes: ['TAKE-1', 'TAKE-2'],
    most: 1,
    open: (arena) =>
      new (class extends BuddySets {
        override allocate(order: number): number | null {
          const frame = super.allocate(order);
          const isWrong = arena.base % 2 === 1 && arena.pages > 40 && order === 1;
          return frame !== null && isWrong ? frame - 1 : frame;
        }
      })(arena),
  },
  {
    name: 'the last frame but four is granted twice',
    refutes: ['TAKE-4'],
    most: 12,
    open: (arena) =>
      new (class extends BuddySets {
        override allocate(order: number): number | null {
          const [first] = this.taken.keys();
          const isTwice = order === 0 && this.freeCount() === 1 && this.taken.size > 3;
          return isTwice && first !== undefined ? arena.base + first : super.allocate(order);
        }
      })(arena),
  },
  {
    name: 'one frame is kept back',
    refutes: ['TAKE-6'],
    most: 3,
    open: (arena) =>
      new (class extends BuddySets {
        override isReserved(page: number): boolean {
          return page === 5 || super.isReserved(page);
        }
      })(arena),
  },
  {
    name: 'one frame is said not to be usable',
    claims: ['capacity'],
    refutes: ['CAP-1'],
    most: 0,
    options: { pages: [8], bases: [0] },
    open: (arena) => new BuddySets({ ...arena, reserved: [[5, 1]] }),
    usable: () => [
      [0, 5],
      [6, 2],
    ],
  },
  {
    name: 'where not even a block of the top order fits, the largest that does is refused',
    refutes: ['TAKE-6'],
    most: 1,
    open: (arena) =>
      new (class extends BuddySets {
        override allocate(order: number): number | null {
          return 2 ** (arena.orders - 1) > arena.pages && order === arena.orders - 2 ? null : super.allocate(order);
        }
      })(arena),
  },
  {
    name: 'a request for an order that the arena lacks costs a block',
    refutes: ['TAKE-6'],
    most: 6,
    open: (arena) =>
      new (class extends BuddySets {
        override allocate(order: number): number | null {
          if (order >= arena.orders) this.lose();
          return super.allocate(order);
        }
      })(arena),
  },
  {
    name: 'a refusal costs a block, and nothing is claimed',
    claims: [],
    refutes: ['USE-1'],
    most: 1,
    open: (arena) =>
      new (class extends BuddySets {
        override allocate(order: number): number | null {
          const frame = super.allocate(order);
          if (frame === null) this.lose();
          return frame;
        }
      })(arena),
  },
  {
    name: 'what was freed last is held back, and nothing is claimed',
    claims: [],
    refutes: ['USE-1'],
    most: 1,
    open: (arena) =>
      new (class extends BuddySets {
        #last: readonly [page: number, order: number] | undefined;

        override join(page: number, order: number): void {
          if (this.freed.size === 0) return super.join(page, order);
          const last = this.#last;
          this.#last = [page, order];
          if (last !== undefined) super.join(...last);
        }
      })(arena),
  },
  {
    name: 'of a full arena a block of order 3 cannot be wanted',
    refutes: ['USE-3'],
    most: 3,
    open: (arena) =>
      new (class extends BuddySets {
        override allocate(order: number): number | null {
          if (order === 3 && this.freeCount() === 0) throw new Error('nothing is free');
          return super.allocate(order);
        }
      })(arena),
  },
  {
    name: 'a double free is reported, and done',
    claims: ['complete', ...EVERY_MISUSE],
    refutes: ['TAKE-4'],
    most: 8,
    options: { pages: [2], orders: [2] },
    open: (arena) =>
      new (class extends BuddySets {
        override free(frame: number, order: number): FreeMisuse | undefined {
          const misuse = super.free(frame, order);
          if (misuse === 'double-free') this.listed[0]?.add(frame - arena.base);
          return misuse;
        }
      })(arena),
  },
];
