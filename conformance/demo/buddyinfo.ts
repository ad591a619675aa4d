import { drawBuddyinfo } from './draw-zones.ts';
import { parseBuddyinfo } from '../../src/index.ts';
import { readFileSync } from 'node:fs';

const USAGE = 2;

/** Draws the text of /proc/buddyinfo that a file has, `-` for standard input; the exit status. */
export function demoBuddyinfo(file: string): number {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    process.stderr.write(
      `buddy-oracle: ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return USAGE;
  }
  const lines = parseBuddyinfo(text);
  if ('kind' in lines) {
    process.stderr.write(`buddy-oracle: line ${lines.line} of ${file}: ${lines.why}\n`);
    return USAGE;
  }
  process.stdout.write(drawBuddyinfo(lines));
  return 0;
}
