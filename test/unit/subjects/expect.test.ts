/** Tests what is thrown in a user's test, and that the line which replays a case can be run as it is printed. */
import { describe, expect, test } from 'vitest';
import { expectConforms, objectSubject, replay, wasmSubject } from '../../../conformance/index.ts';
import { Sets } from '../kinds/sets.ts';
import { readFileSync } from 'node:fs';

/** A class whose `free` returns nothing, as most have it: it grants one frame too many. */
class Greedy {
  readonly #right: Sets;
  #frees = 0;
  constructor(arena: ConstructorParameters<typeof Sets>[0]) {
    this.#right = new Sets(arena);
  }
  allocate(order: number): number | null {
    return this.#right.allocate(order);
  }
  free(frame: number, order: number): void {
    if (++this.#frees % 2 === 1) this.#right.free(frame, order);
  }
}

const start = objectSubject({ claims: ['complete'], open: (arena) => new Greedy(arena) });
const SMALL = { pages: [4], orders: [2], bases: [0], cases: 20 };

async function thrownBy(doing: Promise<void>): Promise<string> {
  try {
    await doing;
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
  return 'nothing';
}

describe('expectConforms', () => {
  test('an object, a subject and a start that conform throw nothing', async () => {
    const spec = {
      claims: ['complete'] as const,
      open: (arena: ConstructorParameters<typeof Sets>[0]) => new Sets(arena),
    };
    await expectConforms(spec, SMALL);
    await expectConforms(objectSubject(spec), SMALL);
    await expectConforms(() => Promise.resolve(objectSubject(spec)), SMALL);
  });

  test('TAKE-6 · what is thrown is the report, and its last line replays the case', async () => {
    const text = await thrownBy(expectConforms(start, SMALL));
    expect(text).toContain('TAKE-6 (complete) refuted');
    const saved = /await replay\(start, (".*")\)/u.exec(text)?.[1] ?? '""';
    const judgement = await replay(start, JSON.parse(saved) as string);
    expect(judgement.verdict).toBe('diverges');
    expect(await thrownBy(expectConforms(start, { replay: JSON.parse(saved) as string }))).toContain('TAKE-6');
  });

  test('a run that has not seen what it must is no pass', async () => {
    const text = await thrownBy(
      expectConforms(objectSubject({ open: (arena) => new Sets(arena) }), { ...SMALL, cases: 1, operations: 1 }),
    );
    expect(text).toContain('not exercised');
  });
});

describe('a WebAssembly module', () => {
  const bytes = readFileSync(new URL('../../../examples/wasm/first-fit.wasm', import.meta.url));

  test('TAKE-2 · an address inside a frame is no frame', async () => {
    const memory = { start: 0, frameBytes: 3 };
    expect(await thrownBy(expectConforms(wasmSubject({ bytes, memory }), SMALL))).toContain('no frame');
  });

  test('one without allocate and free is none', async () => {
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    expect(await thrownBy(expectConforms(wasmSubject({ bytes: empty }), SMALL))).toContain('must export');
  });
});
