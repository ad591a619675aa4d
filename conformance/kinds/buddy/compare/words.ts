/** Two arrays of words that must be the same. */

/** Up to this many words a loop is faster than a call that compares bytes. */
const FEW_WORDS = 128;

/** Words that must be the same, and the bytes of both if there are many. */
export interface Both {
  readonly expected: Int32Array;
  readonly seen: Int32Array;
  readonly bytes: readonly [Uint8Array, Uint8Array] | undefined;
}

/** Returns the words that both arrays have, from the first on. */
export function bothOf(expected: Int32Array, seen: Int32Array): Both {
  const length = Math.min(expected.length, seen.length);
  const bytes = ({ buffer, byteOffset }: Int32Array): Uint8Array => new Uint8Array(buffer, byteOffset, 4 * length);
  return {
    expected: expected.subarray(0, length),
    seen: seen.subarray(0, length),
    bytes: length > FEW_WORDS ? [bytes(expected), bytes(seen)] : undefined,
  };
}

export function areSame({ bytes, expected, seen }: Both): boolean {
  if (bytes !== undefined) return Buffer.compare(...bytes) === 0;
  for (let n = 0; n < expected.length; n++) if (expected[n] !== seen[n]) return false;
  return true;
}
