/** Tests of the test vectors: what is in them, and that they say what the specification says. */
import { expect, test } from 'vitest';
import { VECTORS, fileOf, schema } from '../../../conformance/vectors/form.ts';
import { generateVectors } from '../../../conformance/vectors/generate.ts';
import { readFileSync } from 'node:fs';
import { textOf } from '../../../conformance/vectors/text.ts';
import type { Vector } from '../../../conformance/vectors/form.ts';

const vectors = generateVectors();

test('there are more than a thousand, each with an id of its own, the same ones each time', () => {
  expect(vectors.length).toBeGreaterThan(1000);
  expect(new Set(vectors.map(({ id }) => id)).size).toBe(vectors.length);
  const again = generateVectors();
  expect(again).toEqual(vectors);
  expect(textOf(again)).toBe(textOf(vectors));
});

test('ids are what they were when they were published', () => {
  const ids = new Set(vectors.map(({ id }) => id));
  for (const id of [
    'TAKE-6/complete/0+1x1/a0',
    'PLACE-2/linux-2.4/0+2x2/a0',
    'MISUSE-5/misuse/0+1x1/a0,f0,F0:0',
    'TAKE-8/range/0+2x1/r0:0:1',
    'BOOT-10/boot/0-2m0/ba*:4096:4096:0',
    'FIT-3/boot-linux-2.4/0-3m0/bf0:0:12288,br0:0:4096,ba*:100:32:8192,ba*:4096:32:0,ba*:100:32:0',
    'NODE-1/machine-linux-2.4/DMA0+16;DMA16+16x5m4-1-4/A0:0:464:0',
  ]) {
    expect(ids, id).toContain(id);
  }
});

/** Returns the state after some answers; undefined if one of them is not permitted. */
const stateAfter = ({ permits }: Vector, answers: readonly string[]): number | undefined =>
  answers.reduce<number | undefined>(
    (state, answer, n) => (state === undefined ? undefined : permits[n]?.[state]?.[answer]),
    0,
  );

test('what a vector says is wrong is not permitted, and all before it is', () => {
  for (const vector of vectors) {
    const { id, run, wrong } = vector;
    const shows: Readonly<Record<string, unknown>> | undefined = 'shows' in vector ? { ...vector.shows } : undefined;
    expect(stateAfter(vector, wrong.after), id).toBeDefined();
    if (wrong.where === 'answer') {
      expect(wrong.after, id).toHaveLength(run.split(' ').length - 1);
      expect(stateAfter(vector, [...wrong.after, wrong.shown]), id).toBeUndefined();
    } else {
      expect(JSON.stringify(shows?.[wrong.where]), id).not.toBe(wrong.shown);
    }
  }
});

test('every state has an answer, and leads to states that there are', () => {
  for (const { id, permits } of vectors) {
    for (const [n, states] of permits.entries()) {
      const after = permits[n + 1]?.length ?? Infinity;
      for (const state of states) {
        const next = Object.values(state);
        expect(next.length, id).toBeGreaterThan(0);
        expect(Math.max(...next), id).toBeLessThan(after);
      }
    }
  }
});

test('of two frames, either may be granted first, and the other one then', () => {
  const found = vectors.find(({ id }) => id === 'TAKE-4/any/0+2x1/a0,a0');
  expect(found?.permits).toEqual([
    [{ 0: 0, 1: 1, '-': 2 }],
    [
      { 1: 0, '-': 1 },
      { 0: 2, '-': 3 },
      { 0: 4, 1: 5, '-': 6 },
    ],
  ]);
  expect(found?.wrong).toEqual({
    where: 'answer',
    after: ['1'],
    shown: '1',
    because: ['it was granted', 'the order 0 block at frame 1 is outstanding: both hold frame 1'],
  });
});

test('they have the form that the schema says, and the schema is the one that is published', () => {
  expect(VECTORS.safeParse(JSON.parse(JSON.stringify(fileOf(vectors)))).error).toBeUndefined();
  const published = readFileSync(new URL('../../../protocol/vectors.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(schema())));
});
