/** A text judged as the command judges it. */
import { Replay, readFreeBlocks } from '../../../conformance/trace/replay.ts';
import { Scanner } from '../../../conformance/trace/scan.ts';
import { TraceJudge } from '../../../conformance/trace/judge.ts';
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import type { Counts } from '../../../conformance/trace/scan.ts';
import type { Fault } from '../../../conformance/trace/fault.ts';
import type { FreeBlocks } from '../../../conformance/trace/replay.ts';
import type { Seen } from '../../../conformance/trace/judge.ts';

/** A trace that was judged. */
export interface JudgedText {
  readonly faults: readonly Fault[];
  readonly withdrawn: number;
  readonly seen: Seen;
  readonly counts: Counts;
}

/** Judges a text, in chunks of some size. */
export function judged(text: string, size: number = 1 << 16, orders = 21): JudgedText {
  const judge = new TraceJudge({ orders, zones: [], aligned: true });
  const scanner = new Scanner(judge);
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size));
  scanner.end();
  const { faults, seen } = judge;
  return { faults: faults.kept, withdrawn: faults.withdrawn, seen, counts: scanner.counts };
}

const unpacked = (name: string): string =>
  gunzipSync(readFileSync(new URL(`recorded/${name}.gz`, import.meta.url))).toString('latin1');

/** 20,000 lines that a kernel printed while huge pages were split. */
export const RECORDED: string = unpacked('huge-pages-split.txt');

/** The free blocks at its first line. */
export function freeAtStart(): FreeBlocks {
  const read = readFreeBlocks(unpacked('huge-pages-split.free.txt'));
  if (typeof read === 'number') throw new Error(`line ${read}`);
  return read;
}

/** Replays a text from its free blocks. */
export function replayed(text: string, free: FreeBlocks): Replay {
  const replay = new Replay(free, 11);
  const ignore = (): void => undefined;
  const scanner = new Scanner({
    event: (event) => replay.event(event),
    lost: ignore,
    started: ignore,
    entries: ignore,
  });
  scanner.push(Buffer.from(text, 'latin1'));
  scanner.end();
  return replay;
}
