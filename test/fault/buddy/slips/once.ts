/** Slips that happen once in the life of a process. */

import type { Edit } from '../../sources.ts';
import type { Kernel } from '../../../../protocol/index.ts';

/** A slip that happens once in the life of a process, and so never again where the judge looks for it. */
export interface OnceSlip extends Edit {
  readonly name: string;
  readonly kernel: Kernel;
}

export const ONCE_SLIPS: readonly OnceSlip[] = [
  {
    name: 'the two hundredth split does not mark its pair',
    kernel: '2.4',
    file: 'src/buddy/buddy.ts',
    from: '    zone.markUsed(page, order);\n',
    to: '    if ((expand.times = (expand.times ?? 0) + 1) !== 200) zone.markUsed(page, order);\n',
  },
  {
    name: 'the five hundredth free is forgotten',
    kernel: '2.6',
    file: 'src/buddy/allocator.ts',
    from: 'this.#core.give(zone, page, order);',
    to: 'if ((createAllocator.times = (createAllocator.times ?? 0) + 1) !== 500) this.#core.give(zone, page, order);',
  },
];
