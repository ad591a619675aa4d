/** Calls of `Atomics`, watched or answered by a test. */

const CALLED = ['add', 'load', 'notify', 'store', 'wait'] as const;

/** A call of a function of `Atomics`: on which word, with what, and what carries it out. */
export interface AtomicCall {
  readonly name: (typeof CALLED)[number];
  readonly args: readonly unknown[];
  readonly carryOut: () => unknown;
}

/** Acts while the calls of `Atomics` are answered by something else. */
export function answeringAtomics(answer: (call: AtomicCall) => unknown, act: () => void): void {
  const originals = CALLED.map((name) => [name, Reflect.get(Atomics, name) as CallableFunction] as const);
  for (const [name, original] of originals) {
    Reflect.set(Atomics, name, (...args: readonly unknown[]): unknown =>
      answer({ name, args, carryOut: () => Reflect.apply(original, Atomics, args) as unknown }),
    );
  }
  try {
    act();
  } finally {
    for (const [name, original] of originals) Reflect.set(Atomics, name, original);
  }
}
