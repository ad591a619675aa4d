/** The command `merge`: one judgement of those of all parts of a search. */
import { EXHAUSTIBLE, exhaustively } from '../../kinds/buddy/exhaustive/exhaustive.ts';
import { KINDS } from '../../kinds/all.ts';
import { print, refuseFiles } from '../output.ts';
import { USAGE, complain, reasonOf } from '../terminal/say.ts';
import { merge } from '../../judge/report/merge.ts';
import { readFileSync, statSync } from 'node:fs';
import { readPrinted } from '../../judge/report/read.ts';
import { show } from '../../show.ts';
import { writeFormats } from '../formats.ts';
import type { CommonFlags } from '../options.ts';
import type { PartFile, SourceOf } from '../../judge/report/merge.ts';

/** A part is a few kilobytes, and the case that it found. */
const MOST_BYTES = 2 ** 26;

/** Reads what a part printed; or says why it cannot be read. */
function read(file: string): PartFile | string {
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES) return `${show(file)} has ${size} bytes: it must have at most ${MOST_BYTES}`;
    const printed = readPrinted(readFileSync(file, 'utf8'));
    return typeof printed === 'string' ? `${show(file)}: ${printed}` : { file: show(file), printed };
  } catch (error) {
    return `${show(file)} cannot be read: ${reasonOf(error)}`;
  }
}

/** Reads all parts; or says why one cannot be read. */
function readAll(files: readonly string[]): readonly PartFile[] | string {
  const parts: PartFile[] = [];
  for (const file of files) {
    const part = read(file);
    if (typeof part === 'string') return part;
    parts.push(part);
  }
  return parts;
}

/** Returns where the cases of a search came from; or says why it is none that there is. */
function originOf({ exhaustive }: Readonly<Record<string, unknown>>): SourceOf | string {
  if (exhaustive === undefined) return (kind, sweep) => kind.source(sweep);
  const pages = EXHAUSTIBLE.find((one) => one === exhaustive);
  if (pages === undefined)
    return `the parts were asked for --exhaustive ${show(JSON.stringify(exhaustive))}: there is none`;
  const { source } = exhaustively(pages);
  return (_, sweep) => source(sweep);
}

/** Merges files, prints the verdict, and gives the exit status. */
export function mergeFiles(files: readonly string[], flags: CommonFlags): number {
  const parts = refuseFiles(flags) ?? readAll(files);
  const judgement = typeof parts === 'string' ? parts : merge(KINDS, parts, originOf);
  if (typeof judgement === 'string') {
    complain(judgement);
    return USAGE;
  }
  const status = print(judgement, ['HARNESS'], flags);
  writeFormats(judgement, ['HARNESS'], flags);
  return status;
}
