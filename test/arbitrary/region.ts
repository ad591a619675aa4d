/** Memory for a zone, with bytes around it that must not change. */
import fc from 'fast-check';
import { regionBytes } from '../../src/index.ts';
import type { Arbitrary } from 'fast-check';
import type { Region, ZoneShape } from '../../src/index.ts';

/** What lies around a zone's region in its buffer. */
export interface Surroundings {
  readonly shared: boolean;
  readonly wordsBefore: number;
  readonly bytesBehind: number;
}

export const surroundings: Arbitrary<Surroundings> = fc.record({
  shared: fc.boolean(),
  wordsBefore: fc.integer({ min: 1, max: 9 }),
  bytesBehind: fc.nat({ max: 40 }),
});

const UNTOUCHED = 0xa5;

export const bytesOf = ({ kernel, pages, orders }: ZoneShape): number => regionBytes(kernel, pages, orders);

/** A region for a shape, at a byte offset that is not 0; every byte of its buffer has the same arbitrary value. */
export function regionFor(
  shape: ZoneShape,
  around: Surroundings = { shared: false, wordsBefore: 1, bytesBehind: 4 },
): Region {
  const byteOffset = 4 * around.wordsBefore;
  const length = byteOffset + bytesOf(shape) + around.bytesBehind;
  const buffer = around.shared ? new SharedArrayBuffer(length) : new ArrayBuffer(length);
  new Uint8Array(buffer).fill(UNTOUCHED);
  return { buffer, byteOffset };
}

/** The zone's bytes, live. */
export const insideOf = (shape: ZoneShape, { buffer, byteOffset }: Region): Uint8Array =>
  new Uint8Array(buffer, byteOffset, bytesOf(shape));

/** Reports whether no byte around a region that `regionFor` made has changed. */
export function isUntouchedAround(shape: ZoneShape, { buffer, byteOffset }: Region): boolean {
  const end = byteOffset + bytesOf(shape);
  return new Uint8Array(buffer).every((byte, at) => (at >= byteOffset && at < end) || byte === UNTOUCHED);
}
