/** The command `demo interrupts`: the story as text, and as a page if that is asked for. */
import { INTERRUPTS, demoInterrupts } from '../../demo/interrupts.ts';
import { USAGE, complain, refuseFile } from '../terminal/say.ts';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { writeText } from '../film/page.ts';
import type { Stories } from '../../../protocol/index.ts';

/** Where the module that writes stories lies, from the built command. */
const STORY = fileURLToPath(new URL('../../../page/story.cjs', import.meta.url));

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
  if (html !== undefined) {
    const { page } = createRequire(import.meta.url)(STORY) as Stories;
    writeText(html, () => page(INTERRUPTS));
  }
  return 0;
}
