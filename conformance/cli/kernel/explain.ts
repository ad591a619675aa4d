/** The command `explain`: why a kernel refused a request, by what it printed of its zones. */
import { Cleaner } from '../../explain/clean.ts';
import { TextLines } from '../../explain/lines.ts';
import { USAGE, complain, linesOf, reasonOf } from '../terminal/say.ts';
import { bytesOf } from './input.ts';
import { explain } from '../../explain/explain.ts';
import { readText } from '../../explain/read.ts';
import { records } from '../../explain/report/records.ts';
import { report } from '../../explain/report/report.ts';
import { show } from '../../show.ts';
import type { Read } from '../../explain/read.ts';
import type { Verdict } from '../../explain/explain.ts';

/** The options of `explain`. */
export interface ExplainFlags {
  readonly order?: number;
  readonly mode?: number;
  readonly nth?: number;
  readonly json: boolean;
}

const STATUS: Readonly<Record<Verdict, number>> = {
  agrees: 0,
  consistent: 0,
  granted: 0,
  refused: 0,
  differs: 1,
  'not judged': 5,
};

/** Reads a file; throws what the system says. */
async function read(file: string): Promise<Read> {
  const cleaner = new Cleaner();
  const lines = new TextLines((line) => cleaner.take(line));
  for await (const bytes of bytesOf(file)) lines.push(bytes);
  lines.end();
  return readText(cleaner.cleaned());
}

/** Explains the text of a file, and gives the exit status. */
export async function explainFile(file: string, { json, mode, nth, order }: ExplainFlags): Promise<number> {
  let text: Read;
  try {
    text = await read(file);
  } catch (error) {
    complain(`${show(file)} cannot be read: ${reasonOf(error)}`);
    return USAGE;
  }
  const asked = { ...(order === undefined ? {} : { order }), ...(mode === undefined ? {} : { mask: mode }) };
  const explained = explain(text, asked, nth);
  if (explained === undefined) {
    const { dumps, lines } = text;
    const why =
      dumps.length === 0
        ? `none of its ${lines} lines is a kernel's about its zones: buddyinfo, zoneinfo, pagetypeinfo, SysRq-M, or a page allocation failure`
        : `it has ${dumps.length} dumps`;
    complain(`${show(file)} has nothing to explain: ${why}`);
    return USAGE;
  }
  const out = json ? linesOf(records(explained, text)) : report(explained, text);
  process.stdout.write(`${out}\n`);
  return STATUS[explained.verdict];
}
