/** The command `trace`: judges the history of a kernel's pages. */
import { Replay, readFreeBlocks } from '../../trace/replay.ts';
import { USAGE, complain, linesOf, reasonOf } from '../terminal/say.ts';
import { reportTrace, traceRecords, verdictOf } from '../../trace/report.ts';
import { Scanner } from '../../trace/scan.ts';
import { TraceJudge } from '../../trace/judge.ts';
import { bytesOf } from './input.ts';
import { exitStatus } from '../../judge/verdict.ts';
import { show } from '../../show.ts';
import type { FreeBlocks } from '../../trace/replay.ts';
import type { Judged } from '../../trace/report.ts';
import type { Listener } from '../../trace/event.ts';

/** The options of `trace`. */
export interface TraceFlags {
  readonly free?: string;
  readonly orders: number;
  readonly json: boolean;
}

/** The largest file of free blocks that is read, in bytes. */
const MOST_FREE = 64 * 2 ** 20;

/** Reads a file of free blocks, or says what is wrong with it. */
async function readFree(file: string): Promise<FreeBlocks | string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of bytesOf(file)) {
      chunks.push(Buffer.from(chunk));
      length += chunk.length;
      if (length > MOST_FREE) return `${show(file)} is larger than ${MOST_FREE} bytes`;
    }
  } catch (error) {
    return `${show(file)} cannot be read: ${reasonOf(error)}`;
  }
  const read = readFreeBlocks(Buffer.concat(chunks).toString('utf8'));
  return typeof read === 'number' ? `line ${read} of ${show(file)} is no "frame order"` : read;
}

/** Tells a judge and a replay of each event. */
function listenerOf(judge: TraceJudge, replay: Replay | undefined): Listener {
  if (replay === undefined) return judge;
  return {
    event: (event) => {
      judge.event(event);
      replay.event(event);
    },
    lost: (cpu) => judge.lost(cpu),
    started: () => judge.started(),
    entries: (there, written) => judge.entries(there, written),
  };
}

/** Judges a trace, prints what it found, and gives the exit status. */
export async function traceFile(file: string, { free, json, orders }: TraceFlags): Promise<number> {
  const blocks = free === undefined ? undefined : await readFree(free);
  if (typeof blocks === 'string') {
    complain(blocks);
    return USAGE;
  }
  const judge = new TraceJudge({ orders, zones: blocks?.zones ?? [], aligned: true });
  const replay = blocks === undefined ? undefined : new Replay(blocks, Math.min(orders, LINUX_ORDERS));
  const scanner = new Scanner(listenerOf(judge, replay));
  const began = performance.now();
  let complete = true;
  try {
    for await (const bytes of bytesOf(file)) scanner.push(bytes);
  } catch (error) {
    complain(`${show(file)} cannot be read${scanner.counts.lines > 0 ? ' to its end' : ''}: ${reasonOf(error)}`);
    if (scanner.counts.events === 0) return USAGE;
    complete = false;
  }
  scanner.end();
  if (scanner.counts.events === 0) {
    complain(`${show(file)} has no event in ${scanner.counts.lines} lines: mm_page_alloc and others of kmem, or JSON`);
    return USAGE;
  }
  const judged: Judged = {
    counts: scanner.counts,
    judge,
    replay,
    complete,
    seconds: (performance.now() - began) / 1000,
  };
  const out = json ? linesOf(traceRecords(judged)) : reportTrace(judged);
  process.stdout.write(`${out}\n`);
  return exitStatus(verdictOf(judged));
}

/** The orders of Linux from 2.6 on, if it was not built otherwise. */
const LINUX_ORDERS = 11;
