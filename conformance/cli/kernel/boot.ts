/** The command `boot`: from a table of memory to zones, marks and the first free lists. */
import { TextLines } from '../../explain/lines.ts';
import { USAGE, complain, linesOf, reasonOf } from '../terminal/say.ts';
import { bytesOf } from './input.ts';
import { readJson, readLog } from '../../firmware/read.ts';
import { records, report } from '../../firmware/tell.ts';
import { show } from '../../show.ts';
import { start } from '../../firmware/start.ts';
import type { Kept, Table } from '../../firmware/table.ts';

/** The options of `boot`. */
export interface BootFlags {
  readonly mem?: number;
  readonly keep: readonly Kept[];
  readonly json: boolean;
}

/** The sizes that were found are not those that the kernel printed. */
const DIFFERS = 1;

/** The most characters of lines that are kept. */
const MOST_TEXT = 2 ** 24;

/** Reads a file as a log or, if it begins with a brace, as JSON; or says why it is neither. Throws what the system says. */
async function readTable(file: string): Promise<Table | string> {
  const all: string[] = [];
  let length = 0;
  const lines = new TextLines((line) => {
    length += line.length + 1;
    if (length <= MOST_TEXT) all.push(line);
  });
  for await (const bytes of bytesOf(file)) lines.push(bytes);
  lines.end();
  if (length > MOST_TEXT) return `it has more than ${MOST_TEXT} characters`;
  const first = all.find((line) => line.trim() !== '') ?? '';
  if (first.trimStart().startsWith('{')) return readJson(all.join('\n'));
  return (
    readLog(all) ??
    `none of its ${all.length} lines is of a table of memory, such as BIOS-e820: 0000000000100000 - 0000000002000000 (usable)`
  );
}

/** Returns a table as the user wants it. What the kernel printed is nothing to compare with if another limit makes another machine. */
const limited = (table: Table, mem: number, keep: readonly Kept[]): Table => ({
  ...table,
  limit: Math.min(table.limit, mem),
  kept: [...table.kept, ...keep],
  printed: mem < table.limit ? { twice: [] } : table.printed,
});

/** Starts a machine from the table in a file, and gives the exit status. */
export async function bootFile(file: string, { json, keep, mem = Infinity }: BootFlags): Promise<number> {
  const refuse = (why: string): number => {
    complain(`${show(file)}${why}`);
    return USAGE;
  };
  let read: Table | string;
  try {
    read = await readTable(file);
  } catch (error) {
    return refuse(` cannot be read: ${reasonOf(error)}`);
  }
  if (typeof read === 'string') return refuse(`: ${show(read)}`);
  const table = limited(read, mem, keep);
  const started = start(table);
  if (started.kind === 'not started') return refuse(`: ${started.why}`);
  process.stdout.write(`${json ? linesOf(records(table, started)) : report(table, started)}\n`);
  return started.compared.every(({ agrees }) => agrees) ? 0 : DIFFERS;
}
