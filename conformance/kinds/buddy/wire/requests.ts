/** The requests to a buddy allocator, byte for byte as protocol/README.md shows them. */
import { capacityOf, encodeWords } from '../../../wire/requests.ts';
import { encodeScript } from './tokens.ts';
import type { Hello } from '../../../judge/subject.ts';
import type { Operation, Shape } from '../case.ts';

export type ViewName = 'free-count' | 'free-blocks' | 'free-lists' | 'pair-bits';
const VIEWS: readonly ViewName[] = ['free-count', 'free-blocks', 'free-lists', 'pair-bits'];

/** Returns what a subject can show, in a fixed order. */
export const viewsOf = ({ features }: Hello): readonly ViewName[] =>
  VIEWS.filter((view) => features.has(`observe:${view}`));

export function encodeInit(id: number, { base, pages, orders, reserved }: Shape): string {
  const runs = reserved.map(([first, count]) => `[${first},${count}]`).join(',');
  return `{"id":${id},"init":{"base":${base},"pages":${pages},"orders":${orders},"reserved":[${runs}]}}`;
}

export const encodeRun = (id: number, operations: readonly Operation[]): string =>
  encodeWords(id, encodeScript(operations));

export const encodeObserve = (id: number, views: readonly ViewName[]): string =>
  `{"id":${id},"observe":[${views.map((view) => `"${view}"`).join(',')}]}`;

/** Reports whether a harness takes these operations in one run. None at all are not a run. */
export const fits = ({ length }: readonly Operation[], { maxBatch, maxLine }: Hello): boolean =>
  length > 0 && length <= maxBatch && length <= capacityOf(maxLine);
