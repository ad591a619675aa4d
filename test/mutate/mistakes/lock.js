/** Mistakes with the lock of a zone, and with interrupts. */
export const LOCK = [
  {
    name: 'NoLock',
    at: ['src/smp/locked.ts lockedAllocate', 'src/smp/locked.ts lockedFree', 'src/smp/locked.ts lockedHandOver'],
    changes: [
      [
        '{ const { allocator, lock, processor } = locked; const flags = spinLockIrqsave(lock, processor); ' +
          'const outcome = $asked; spinUnlockIrqrestore(lock, processor, flags); return outcome; }',
        '{ const { allocator } = locked; return $asked; }',
      ],
    ],
  },
  {
    name: 'LockBeforeInterrupts',
    at: ['src/smp/spinlock.ts spinLockIrqsave'],
    changes: [
      [
        '{ const flags = localIrqSave(processor); spinLock(lock, processor); return flags; }',
        '{ spinLock(lock, processor); return localIrqSave(processor); }',
      ],
    ],
  },
  {
    name: 'InterruptsBeforeUnlock',
    at: ['src/smp/spinlock.ts spinUnlockIrqrestore'],
    changes: [
      [
        '{ spinUnlock(lock, processor); localIrqRestore(processor, flags); }',
        '{ localIrqRestore(processor, flags); spinUnlock(lock, processor); }',
      ],
    ],
  },
  {
    name: 'LeaveInterruptsOn',
    at: ['src/smp/processor.ts localIrqSave'],
    changes: [['processor.words.put(INTERRUPTS, 0);', ';']],
  },
  {
    name: 'LeaveInterruptsOff',
    at: ['src/smp/processor.ts localIrqRestore', 'src/smp/spinlock.ts spinUnlockIrqrestore'],
    changes: [
      ['localIrqRestore(processor, flags);', ';'],
      ['processor.words.put(INTERRUPTS, flags);', ';'],
    ],
  },
  {
    name: 'KeepLock',
    at: [
      'src/smp/locked.ts lockedAllocate',
      'src/smp/locked.ts lockedFree',
      'src/smp/locked.ts lockedHandOver',
      'src/smp/spinlock.ts spinUnlockIrqrestore',
    ],
    changes: [
      ['spinUnlock(lock, processor);', ';'],
      ['spinUnlockIrqrestore(lock, processor, flags);', ';'],
    ],
  },
  {
    name: 'ForgetHolder',
    at: ['src/smp/spinlock.ts spinLock', 'src/smp/spinlock.ts spinUnlock'],
    changes: [['plain.put(HOLDER, $who);', ';']],
  },
  {
    name: 'ServeNobody',
    at: ['src/smp/spinlock.ts spinUnlock', 'src/smp/spinlock.ts breakLock'],
    changes: [['Atomics.store(words, SERVING, $ticket);', ';']],
  },
  {
    name: 'LookAtTicket',
    at: ['src/smp/spinlock.ts spinLock'],
    changes: [['Atomics.add(words, NEXT, 1)', 'Atomics.load(words, NEXT)']],
  },
  {
    name: 'ForgetLocksHeld',
    at: ['src/smp/spinlock.ts spinLock', 'src/smp/spinlock.ts spinUnlock'],
    changes: [['processor.countLock($difference);', ';']],
  },
  {
    name: 'LeaveOthersWaiting',
    at: ['src/smp/shared.ts SharedAllocator.#orBreak', 'src/smp/guard.ts Guard.break'],
    changes: [['breakLock($lock, $processor);', ';']],
  },
];
