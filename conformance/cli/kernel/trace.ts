/** The command `trace`: judges the history of a kernel's pages. */
import { Replay, readFreeBlocks } from '../../trace/replay.ts';
import { USAGE, complain, linesOf, reasonOf, refuseFile } from '../terminal/say.ts';
import { reportTrace, traceRecords, verdictOf } from '../../trace/report.ts';
import { Recent } from '../../trace/recent.ts';
import { Scanner } from '../../trace/scan.ts';
import { TraceJudge } from '../../trace/judge.ts';
import { bytesOf } from './input.ts';
import { exitStatus } from '../../judge/verdict.ts';
import { filmOf } from '../../trace/film.ts';
import { shellWords } from '../../judge/report/shell.ts';
import { show } from '../../show.ts';
import { stills } from '../film/built.ts';
import { writePage, writeText } from '../film/page.ts';
import type { FreeBlocks } from '../../trace/replay.ts';
import type { Judged } from '../../trace/report.ts';
import type { Listener } from '../../trace/event.ts';

/** The options of `trace`. */
export interface TraceFlags {
  readonly free?: string;
  readonly orders: number;
  readonly html?: string;
  readonly svg?: string;
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

/** Returns the words that judge a trace again. */
const again = (file: string, { free, orders }: TraceFlags): string =>
  `npx buddy-oracle trace ${shellWords([file, ...(free === undefined ? [] : ['--free', free]), '--orders', String(orders)])}`;

/** Writes the first fault as a film, and as a picture, as far as that was asked for. */
function writeFilm(file: string, judge: TraceJudge, flags: TraceFlags): void {
  const { html, svg } = flags;
  const files = [html, svg].flatMap((one) => (one === undefined ? [] : [show(one)])).join(', ');
  if (files === '') return;
  const [film] = judge.faults.kept.flatMap((fault) => filmOf(fault, show(file), again(file, flags)) ?? []);
  if (film === undefined) return complain(`there is no fault to show, and nothing written to ${files}`);
  if (html !== undefined) writePage(html, film);
  if (svg !== undefined) writeText(svg, () => stills().svg(film, film.steps.length));
}

/** Feeds a file to a scanner; returns whether it could be read to its end, undefined if there is no event in it. */
async function scan(file: string, scanner: Scanner): Promise<boolean | undefined> {
  const { counts } = scanner;
  let complete = true;
  try {
    for await (const bytes of bytesOf(file)) scanner.push(bytes);
  } catch (error) {
    complain(`${show(file)} cannot be read${counts.lines > 0 ? ' to its end' : ''}: ${reasonOf(error)}`);
    if (counts.events === 0) return undefined;
    complete = false;
  }
  scanner.end();
  if (counts.events > 0) return complete;
  complain(`${show(file)} has no event in ${counts.lines} lines: mm_page_alloc and others of kmem, or JSON`);
  return undefined;
}

/** Judges a trace, prints what it found, and gives the exit status. */
export async function traceFile(file: string, flags: TraceFlags): Promise<number> {
  const { free, html, json, orders, svg } = flags;
  const [refused] = [html, svg].flatMap((one) => (one === undefined ? [] : (refuseFile(one) ?? [])));
  const blocks = refused ?? (free === undefined ? undefined : await readFree(free));
  if (typeof blocks === 'string') {
    complain(blocks);
    return USAGE;
  }
  const recent = html === undefined && svg === undefined ? undefined : new Recent();
  const judge = new TraceJudge({ orders, zones: blocks?.zones ?? [], aligned: true }, recent);
  const replay = blocks === undefined ? undefined : new Replay(blocks, Math.min(orders, LINUX_ORDERS));
  const scanner = new Scanner(listenerOf(judge, replay));
  const began = performance.now();
  const complete = await scan(file, scanner);
  if (complete === undefined) return USAGE;
  const seconds = (performance.now() - began) / 1000;
  const judged: Judged = { counts: scanner.counts, judge, replay, complete, seconds };
  process.stdout.write(`${json ? linesOf(traceRecords(judged)) : reportTrace(judged)}\n`);
  writeFilm(file, judge, flags);
  return exitStatus(verdictOf(judged));
}

/** The orders of Linux from 2.6 on, if it was not built otherwise. */
const LINUX_ORDERS = 11;
