/** The slips of the public face: who may free what, and what is handed over. */

import { on } from '../slip.ts';
import type { Slip } from '../slip.ts';

const ALLOCATOR = 'src/buddy/allocator.ts';

/** Slips of the public face: who may free what, and what is handed over. */
export const FACE_SLIPS: readonly Slip[] = [
  {
    name: 'a free leaves the owner as it was',
    kernel: '2.4',
    file: ALLOCATOR,
    from: '    zone.owners.free(page);\n',
    to: '',
    why: 'the frame is free, and the table has it as an outstanding block',
    shortest: on(1, 1, 'a0 f0'),
    refutes: 'STATE-1',
    // A second free is let through, at which the core may stop; frames of freed blocks are taken for outstanding ones.
    outside: { misuse: ['USE-3', 'MISUSE-3', 'MISUSE-4', 'MISUSE-5', 'MISUSE-6'] },
  },
  {
    name: 'a free is not remembered',
    kernel: '2.4',
    file: ALLOCATOR,
    from: 'zone.owners.free(page);',
    to: 'zone.owners.handOver(page);',
    why: 'the table has the freed frame as one that was never granted',
    shortest: on(1, 1, 'a0 f0'),
    refutes: 'STATE-1',
    outside: { misuse: ['MISUSE-5'] },
  },
  {
    name: 'the owner is changed before the free is checked',
    kernel: '2.4',
    file: ALLOCATOR,
    from: `    if (misuse !== undefined) return rejected(misuse);
    const page: Page = head - zone.base;
    zone.owners.free(page);
`,
    to: `    const page: Page = head - zone.base;
    zone.owners.free(page);
    if (misuse !== undefined) return rejected(misuse);
`,
    why: 'the free is rejected, rightly, and has changed the table',
    shortest: on(1, 1, 'F0:0'),
    refutes: 'STATE-1',
    // A block named in a rejected free cannot be freed any more, and what was never granted counts as freed.
    outside: { misuse: ['GIVE-1', 'MISUSE-2', 'MISUSE-4', 'MISUSE-6'] },
  },
  {
    name: 'a block may be freed in parts',
    kernel: '2.4',
    file: ALLOCATOR,
    from: "if (owner >= 0) return 'wrong-order';",
    to: "if (owner >= 0) return owner < order ? 'wrong-order' : undefined;",
    why: 'frame 0 of two that were granted together is freed by itself',
    shortest: on(2, 2, 'a1 F0:0'),
    refutes: 'MISUSE-2',
    outside: { misuse: ['MISUSE-2'] },
  },
  {
    name: 'frames inside a block may be freed',
    kernel: '2.4',
    file: ALLOCATOR,
    from: "if (this.#isInside(page)) return 'inner-page';",
    to: 'if (this.#isInside(page)) return undefined;',
    why: 'frame 1 of two that were granted together is freed by itself',
    shortest: on(2, 2, 'a1 F1:0'),
    refutes: 'MISUSE-4',
    outside: { misuse: ['MISUSE-4'] },
  },
  {
    name: 'blocks of order 1 are taken to have no inside',
    kernel: '2.4',
    file: ALLOCATOR,
    from: 'for (let order = 1; order < orders; order++) {',
    to: 'for (let order = 2; order < orders; order++) {',
    why: 'frame 1, granted with frame 0, is said never to have been allocated',
    shortest: on(2, 2, 'a1 F1:0'),
    refutes: 'MISUSE-4',
    outside: { misuse: ['MISUSE-4'] },
  },
  {
    name: 'the end of a freed block is not checked',
    kernel: '2.4',
    file: ALLOCATOR,
    from: " || page + 2 ** order > pages) return 'out-of-range';",
    to: ") return 'out-of-range';",
    why: 'two frames from frame 0 on are more than there are, and are said never to have been allocated',
    shortest: on(1, 2, 'F0:1'),
    refutes: 'MISUSE-1',
    outside: { misuse: ['MISUSE-1'] },
  },
  {
    name: '2.6 checks alignment from the zone on',
    kernel: '2.6',
    file: ALLOCATOR,
    from: 'if (((page + offset) & ((1 << order) - 1)) !== 0)',
    to: 'if ((page & ((1 << order) - 1)) !== 0)',
    why: 'frames 1 and 2 are no block, and are said never to have been allocated',
    shortest: { init: { base: 1, pages: 2, orders: 2 }, run: 'F1:1' },
    refutes: 'MISUSE-3',
    or: ['MISUSE-4', 'MISUSE-5', 'MISUSE-6'], // what is aligned may be said not to be
    outside: { misuse: ['MISUSE-3', 'MISUSE-4', 'MISUSE-5', 'MISUSE-6'] },
  },
  {
    name: 'holes are handed over',
    kernel: '2.4',
    file: ALLOCATOR,
    from: "    if (owner === HOLE) return rejected('no-such-frame');\n    if (owner !== BOOT)",
    to: '    if (owner !== BOOT && owner !== HOLE)',
    why: 'the only frame is reserved, and is granted',
    shortest: { init: { base: 0, pages: 1, orders: 1, reserved: [[0, 1]] }, run: 'a0' },
    refutes: 'TAKE-3',
    or: ['LIST-3', 'PLACE-1', 'PLACE-4', 'TAKE-7'], // where it is listed and not granted yet
    outside: { complete: ['TAKE-3'], fit: ['TAKE-3', 'TAKE-7'] },
  },
  {
    name: 'the last frame is not handed over',
    kernel: '2.4',
    file: ALLOCATOR,
    from: "page >= zone.pages) return rejected('no-such-frame')",
    to: "page >= zone.pages - 1) return rejected('no-such-frame')",
    why: 'the only frame is held back',
    shortest: on(1, 1, 'a0'),
    refutes: 'TAKE-6',
    or: ['LIST-3', 'PLACE-1', 'PLACE-4', 'TAKE-7'], // its block is missing, and parts of it are there
    outside: { complete: ['TAKE-6'], fit: ['TAKE-6', 'TAKE-7'] },
  },
];
