/** Slips that change nothing that can be seen: the judge must not report them. */

import type { Edit } from '../../sources.ts';
import type { Kernel } from '../../../../protocol/index.ts';

/** A slip that no answer and no view shows: who convicts it is wrong. */
export interface InertSlip extends Edit {
  readonly name: string;
  readonly kernel: Kernel;
  readonly why: string;
}

export const INERT_SLIPS: readonly InertSlip[] = [
  {
    name: 'a frame may be handed over twice',
    kernel: '2.4',
    file: 'src/buddy/allocator.ts',
    from: "    if (owner !== BOOT) return rejected('handed-over-twice');\n",
    to: '',
    why: 'the judge opens arenas, and hands nothing over itself',
  },
  {
    name: 'the links of what is unlinked are not cleared',
    kernel: '2.4',
    file: 'src/words/list-head.ts',
    from: `    links[2 * previous] = next;
    links[2 * node] = NULL;
    links[2 * node + 1] = NULL;
`,
    to: '    links[2 * previous] = next;\n',
    why: 'they only arm an assertion; lists are what a walk from their heads meets',
  },
  {
    name: 'the order of what is taken stays in its page',
    kernel: '2.6',
    file: 'src/buddy/page-buddy.ts',
    from: '  zone.privateOrder.put(page, 0);\n',
    to: '',
    why: 'without its mark nobody reads it',
  },
  {
    name: 'the number of blocks of an order never goes down',
    kernel: '2.6',
    file: 'src/buddy/page-buddy.ts',
    from: '  zone.counters.add(1 + order, -1);\n',
    to: '',
    why: 'neither an answer nor a view depends on it',
  },
];
