/** The requests that every kind shares, byte for byte as protocol/README.md shows them, and how long a line may be. */

/** Bytes of a line, its end not counted, and operations of a run, if a hello says nothing of them. */
export const MAX_LINE = 1048576;
export const MAX_BATCH = 1000;

/**
 * Encodes a hello. As all requests it is ASCII, without the end of the line, and its id is a safe integer from 0; a harness
 * may read it by position.
 */
export const encodeHello = (id: number): string => `{"id":${id},"hello":{"protocol":"buddy-oracle","versions":[1]}}`;

/** Encodes a run of words with one space between. */
export const encodeWords = (id: number, words: string): string => `{"id":${id},"run":"${words}"}`;

export const encodeBye = (id: number): string => `{"id":${id},"bye":true}`;

/** The longest operation, two numbers of 16 digits, with its space; no result is longer. */
const OPERATION_BYTES = 36;
const EMPTY_RUN_BYTES = encodeWords(Number.MAX_SAFE_INTEGER, '').length;

/** Returns how many operations of any kind fit in a line of that many bytes, and their results in another. */
export const capacityOf = (maxLine: number): number => Math.floor((maxLine - EMPTY_RUN_BYTES) / OPERATION_BYTES);
