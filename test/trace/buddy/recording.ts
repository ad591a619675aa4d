/** The form of the recordings of the buddy system, and how they are read. */

import { gunzipSync } from 'node:zlib';
import { pfn } from '../../../spec/unit.ts';
import { readFileSync } from 'node:fs';
import type { Kernel } from '../../../protocol/index.ts';
import type { ZoneShape } from '../../../src/index.ts';

/** A state of a recorded zone: frames as the recording counts them. */
export interface RecordedState {
  readonly free: number;
  readonly lists: readonly (readonly number[])[];
  readonly bits?: readonly string[];
}

export type RecordedStep = readonly [command: string, answer: number | 'ok', state?: RecordedState];

export interface Recording {
  readonly kernel: string;
  readonly base: number;
  readonly pages: number;
  readonly orders: number;
  readonly start: RecordedState;
  readonly steps: readonly RecordedStep[];
}

const FILES: Readonly<Record<Kernel, string>> = { '2.4': 'buddy-2.4.22.ndjson.gz', '2.6': 'buddy-2.6.24.ndjson.gz' };

/** A kernel's recorded cases: each `nth` of them. */
export function recordings(kernel: Kernel, nth = 1): readonly Recording[] {
  const text = gunzipSync(readFileSync(new URL(`../recordings/${FILES[kernel]}`, import.meta.url))).toString('utf8');
  return text
    .trim()
    .split('\n')
    .filter((_, line) => line % nth === 0)
    .map((line) => JSON.parse(line) as Recording);
}

export const shapeOf = (kernel: Kernel, { base, pages, orders }: Recording): ZoneShape => ({
  kernel,
  base: pfn(base),
  pages,
  orders,
  holes: [],
});

/** What is to be added to a recorded frame: 2.4's count from the zone's first. */
export const firstFrame = (kernel: Kernel, { base }: Recording): number => (kernel === '2.4' ? base : 0);
