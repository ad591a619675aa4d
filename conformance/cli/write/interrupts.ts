/** The command `demo interrupts`: the story as text, and as a page if that is asked for. */
import { INTERRUPTS, demoInterrupts } from '../../demo/interrupts.ts';
import { USAGE, complain, refuseFile } from '../terminal/say.ts';
import { stories } from '../film/built.ts';
import { writeText } from '../film/page.ts';

/** The options of `demo interrupts`. */
export interface InterruptsFlags {
  readonly html?: string;
}

/** Prints the story, writes the page, and gives the exit status. */
export function demoInterruptsWith({ html }: InterruptsFlags): number {
  const refused = html === undefined ? undefined : refuseFile(html);
  if (refused !== undefined) {
    complain(refused);
    return USAGE;
  }
  process.stdout.write(`${demoInterrupts()}\n`);
  if (html !== undefined) writeText(html, () => stories().page(INTERRUPTS));
  return 0;
}
