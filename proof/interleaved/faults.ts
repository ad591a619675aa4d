/** Faults of a lock: what is changed in the code, who calls, and what the shortest schedule that goes wrong comes to. */

import { Program, sourceText } from '../front/program.ts';
import { shapeOf } from './site.ts';
import { shortest } from './shortest.ts';
import { startOf } from './start.ts';
import type { Question } from './start.ts';
import type { Fault, Schedule } from './shortest.ts';
import type { World, Wrong } from './state.ts';

const SPINLOCK = 'src/smp/spinlock.ts';
const PROCESSOR = 'src/smp/processor.ts';
const LOCKED = 'src/smp/locked.ts';
const ALLOCATOR = 'src/buddy/allocator.ts';
const BUDDY = 'src/buddy/buddy.ts';

/** A change of one file: the text must be there once. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A fault, and what it comes to. */
export interface LockFault
  extends Fault, Pick<Question, 'manner' | 'callers'>, Partial<Pick<Question, 'lockOf' | 'granted'>> {
  readonly edits: readonly Edit[];
  readonly why: string;
  /** Set if shorter schedules that go wrong otherwise are passed over. */
  readonly passingOver?: true;
}

const BOTH = { manner: 'locked', callers: 'two processors' } as const;
const HANDLER = { manner: 'locked', callers: 'a processor and its handler' } as const;

const leftOn: Edit = {
  file: SPINLOCK,
  from: 'const flags = localIrqSave(processor);',
  to: 'const flags = processor.words.get(0);',
};

const unchecked: Edit = {
  file: SPINLOCK,
  from: "if (plain.get(HOLDER) === processor.id + 1) outOfRange('lock taken twice by processor', processor.id);",
  to: '',
};

const restoredFirst: Edit = {
  file: SPINLOCK,
  from: '  spinUnlock(lock, processor);\n  localIrqRestore(processor, flags);\n',
  to: '  localIrqRestore(processor, flags);\n  spinUnlock(lock, processor);\n',
};

/** The line that wakes who sleeps at the lock. */
const WAKE = 'if ((Atomics.load(words, NEXT) & TICKETS) !== next) Atomics.notify(words, SERVING);';

const released = (call: string): Edit => ({
  file: LOCKED,
  from: `  const outcome = allocator.${call};\n  spinUnlockIrqrestore(lock, processor, flags);\n`,
  to: `  spinUnlockIrqrestore(lock, processor, flags);\n  const outcome = allocator.${call};\n`,
});

/** What happens without the lock, and with interrupts left on. */
export const WITHOUT: readonly LockFault[] = [
  {
    name: 'no lock, two processors',
    manner: 'bare',
    callers: 'two processors',
    edits: [],
    why: 'the lists are half-changed when the other processor reads them',
    leadsTo: 'answer',
    says: 'exhausted',
  },
  {
    name: 'no lock, an interrupt',
    manner: 'bare',
    callers: 'a processor and its handler',
    edits: [],
    why: 'the handler finds the lists half-changed',
    leadsTo: 'answer',
    says: 'exhausted',
  },
  {
    name: 'no lock, and one page granted twice',
    manner: 'bare',
    callers: 'two processors',
    edits: [],
    why: 'both processors read who is first on the list before either takes it off',
    leadsTo: 'answer',
    says: 'granted',
    passingOver: true,
  },
  {
    name: 'no lock, an interrupt, and one page granted twice',
    manner: 'bare',
    callers: 'a processor and its handler',
    edits: [],
    why: 'the handler takes the block that the processor is about to take',
    leadsTo: 'answer',
    says: 'granted',
    passingOver: true,
  },
  {
    name: 'interrupts left on under the lock',
    ...HANDLER,
    edits: [leftOn],
    why: 'the handler asks for the lock that its own processor holds',
    leadsTo: 'bug',
    says: 'lock taken twice by processor 0',
  },
  {
    name: 'interrupts left on under a lock that does not know its holder',
    ...HANDLER,
    edits: [leftOn, unchecked],
    why: 'the handler waits for the lock that its own processor holds, and the processor for the handler',
    leadsTo: 'deadlock',
    says: 'nobody can go on',
  },
];

/** Faults of the lock's own code, and of code that uses it. */
export const FAULTS: readonly LockFault[] = [
  {
    name: 'a request releases the lock too early',
    ...BOTH,
    edits: [released('allocate(order)')],
    why: 'the block is looked for without the lock',
    leadsTo: 'answer',
    says: 'exhausted',
  },
  {
    name: 'a free releases the lock too early',
    ...BOTH,
    granted: [0, 0],
    edits: [released('free(head, order)')],
    why: 'the block is put on its list without the lock',
    leadsTo: 'bug',
    says: 'bug',
  },
  {
    name: 'the count changes outside the lock',
    ...BOTH,
    edits: [
      { file: BUDDY, from: '    zone.counters.add(0, -(1 << order));\n', to: '' },
      {
        file: ALLOCATOR,
        from: '  allocate(order: Order): Outcome {\n',
        to: '  account(order: Order): void {\n    this.#zone.counters.add(0, -(1 << order));\n  }\n  allocate(order: Order): Outcome {\n',
      },
      {
        file: LOCKED,
        from: '  spinUnlockIrqrestore(lock, processor, flags);\n  return outcome;\n}\n\n/** Frees',
        to: "  spinUnlockIrqrestore(lock, processor, flags);\n  if (outcome.kind === 'granted') allocator.account(order);\n  return outcome;\n}\n\n/** Frees",
      },
    ],
    why: 'both processors read the count before either writes it, and one grant is not counted',
    leadsTo: 'zone',
    says: 'COUNT-1',
  },
  {
    name: 'the flags are restored before the lock is released',
    ...HANDLER,
    edits: [restoredFirst],
    why: 'a handler can come while the lock is held',
    leadsTo: 'bug',
    says: 'interrupts go on under a lock of processor 0',
  },
  {
    name: 'the flags are restored before the lock is released, and nobody checks',
    ...HANDLER,
    edits: [
      restoredFirst,
      {
        file: PROCESSOR,
        from: "if (flags === 1 && processor.locksHeld() > 0) outOfRange('interrupts go on under a lock of processor', processor.id);",
        to: '',
      },
    ],
    why: 'the handler asks for the lock that its own processor holds',
    leadsTo: 'bug',
    says: 'lock taken twice by processor 0',
  },
  {
    name: 'two zones are locked in opposite order',
    ...BOTH,
    lockOf: [0, 1],
    edits: [
      {
        file: LOCKED,
        from: '  const outcome = allocator.allocate(order);\n',
        to: `  const inner = spinLockIrqsave(locked.other, processor);
  const outcome = allocator.allocate(order);
  spinUnlockIrqrestore(locked.other, processor, inner);
`,
      },
    ],
    why: 'each processor waits for the lock that the other holds',
    leadsTo: 'deadlock',
    says: 'nobody can go on',
  },
  {
    name: 'one processor takes the lock of another zone',
    ...BOTH,
    lockOf: [0, 1],
    edits: [],
    why: 'both hold a lock, and not the same',
    leadsTo: 'bug',
    says: 'unlinked node',
  },
  {
    name: 'a handler allocates with the lock held',
    ...BOTH,
    granted: [0],
    edits: [
      {
        file: LOCKED,
        from: '  const outcome = allocator.free(head, order);\n',
        to: '  const outcome = allocator.free(head, order);\n  lockedAllocate(locked, order);\n',
      },
    ],
    why: 'it asks for the lock that its own processor holds',
    leadsTo: 'bug',
    says: 'lock taken twice by processor',
  },
  {
    name: 'nobody is woken when the lock is released',
    ...BOTH,
    edits: [{ file: SPINLOCK, from: `  ${WAKE}\n`, to: '' }],
    why: 'the other processor sleeps on',
    leadsTo: 'deadlock',
    says: 'nobody can go on',
  },
  {
    name: 'who may sleep is looked for before the next one is served',
    ...BOTH,
    edits: [
      {
        file: SPINLOCK,
        from: '  Atomics.store(words, SERVING, next);\n',
        to: '  const asked = Atomics.load(words, NEXT);\n  Atomics.store(words, SERVING, next);\n',
      },
      { file: SPINLOCK, from: WAKE, to: WAKE.replace('Atomics.load(words, NEXT)', 'asked') },
    ],
    why: 'who asks in between sleeps on',
    leadsTo: 'deadlock',
    says: 'nobody can go on',
  },
  {
    name: 'the holder is forgotten after the next one was served',
    ...BOTH,
    edits: [
      { file: SPINLOCK, from: '  plain.put(HOLDER, 0);\n', to: '' },
      { file: SPINLOCK, from: WAKE, to: `${WAKE}\n  plain.put(HOLDER, 0);` },
    ],
    why: 'the next holder is forgotten instead',
    leadsTo: 'bug',
    says: 'lock not held by processor',
  },
];

/** Returns the program with texts replaced. Throws unless each text is there once. */
export function edited(edits: readonly Edit[], base: Program = new Program()): Program {
  return new Program((path) => {
    let text = sourceText(path);
    for (const { file, from, to } of edits) {
      if (file !== path) continue;
      if (text.split(from).length !== 2) throw new Error(`${file} has not once: ${from}`);
      text = text.replace(from, () => to);
    }
    return text;
  }, base);
}

/** Returns what is asked of a fault: one call of each caller on 4 pages. */
export function questionOf(
  { callers, edits, granted = [], lockOf = [0, 0], manner }: LockFault,
  base?: Program,
): Question {
  const shape = shapeOf('2.4', 4);
  return { program: edited(edits, base), shape, manner, callers, calls: [1, 1], granted, lockOf };
}

/** Returns the shortest schedule of a fault, of one call of each caller on 4 pages; undefined if nothing goes wrong. */
export function scheduleOf(fault: LockFault): { readonly world: World; readonly schedule: Schedule | undefined } {
  const { passingOver, leadsTo, says } = fault;
  const { world, state } = startOf(questionOf(fault));
  const isMeant = ({ kind, what }: Wrong): boolean =>
    passingOver === undefined || (kind === leadsTo && what.includes(says));
  return { world, schedule: shortest(world, [state], isMeant) };
}
