/** The requests, byte for byte as protocol/README.md shows them, and how long they may be. */

import { encodeScript } from './tokens.ts';
import type { Hello } from '../judge/subject.ts';
import type { Operation, Shape } from '../kinds/buddy/case.ts';

/** Bytes of a line, its end not counted, and operations of a run, if a hello says nothing of them. */
export const MAX_LINE = 1048576;
export const MAX_BATCH = 1000;

export { show } from './show.ts';

export type ViewName = 'free-count' | 'free-blocks' | 'free-lists' | 'pair-bits';
const VIEWS: readonly ViewName[] = ['free-count', 'free-blocks', 'free-lists', 'pair-bits'];

/** Returns what a subject can show, in a fixed order. */
export const viewsOf = ({ features }: Hello): readonly ViewName[] =>
  VIEWS.filter((view) => features.has(`observe:${view}`));

/**
 * Encodes a hello. As all requests it is ASCII, without the end of the line, and its id is a safe integer from 0; a harness
 * may read it by position.
 */
export const encodeHello = (id: number): string => `{"id":${id},"hello":{"protocol":"buddy-oracle","versions":[1]}}`;

export function encodeInit(id: number, { base, pages, orders, reserved }: Shape): string {
  const runs = reserved.map(([first, count]) => `[${first},${count}]`).join(',');
  return `{"id":${id},"init":{"base":${base},"pages":${pages},"orders":${orders},"reserved":[${runs}]}}`;
}

export const encodeRun = (id: number, operations: readonly Operation[]): string =>
  `{"id":${id},"run":"${encodeScript(operations)}"}`;

export const encodeObserve = (id: number, views: readonly ViewName[]): string =>
  `{"id":${id},"observe":[${views.map((view) => `"${view}"`).join(',')}]}`;

export const encodeBye = (id: number): string => `{"id":${id},"bye":true}`;

/** The longest operation, two numbers of 16 digits, with its space; no result is longer. */
const OPERATION_BYTES = 36;
const EMPTY_RUN_BYTES = encodeRun(Number.MAX_SAFE_INTEGER, []).length;

/** Returns how many operations of any kind fit in a line of that many bytes, and their results in another. */
export const capacityOf = (maxLine: number): number => Math.floor((maxLine - EMPTY_RUN_BYTES) / OPERATION_BYTES);

/** Reports whether a harness takes these operations in one run. None at all are not a run. */
export const fits = ({ length }: readonly Operation[], { maxBatch, maxLine }: Hello): boolean =>
  length > 0 && length <= maxBatch && length <= capacityOf(maxLine);
