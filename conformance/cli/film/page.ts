/** Pages that open in a browser: the viewer that was built, with a film's data inside; and the playground. */
import { USAGE, complain, reasonOf, refuseFile } from '../terminal/say.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import { show } from '../../show.ts';
import type { Film } from '../../../protocol/index.ts';

/** Where the built pages lie, from the built command. */
const VIEWER = new URL('../../../page/film.html', import.meta.url);
const PLAYGROUND = new URL('../../../page/play.html', import.meta.url);

/** Returns JSON that no HTML around it can end, or mistake for its own. */
export const embedded = (data: object): string =>
  JSON.stringify(data).replaceAll(
    /[<>&\u2028\u2029]/gu,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Returns a page with data in the place that is kept for it. */
export const filled = (page: string, data: object): string => page.replace('@@FILM@@', () => embedded(data));

/** Writes a text to a file, or says why not. What it is made of may be missing: that is said, too. */
export function writeText(file: string, text: () => string): void {
  try {
    writeFileSync(file, text());
  } catch (error) {
    complain(`${show(file)} cannot be written: ${reasonOf(error)}`);
  }
}

/** Writes a film as a page. */
export const writePage = (file: string, film: Film): void =>
  writeText(file, () => filled(readFileSync(VIEWER, 'utf8'), film));

/** Writes the playground; returns the exit status. */
export function writePlayground(file: string): number {
  const refused = refuseFile(file);
  if (refused !== undefined) {
    complain(refused);
    return USAGE;
  }
  writeFileSync(file, readFileSync(PLAYGROUND, 'utf8'));
  process.stdout.write(`${show(file)} is the playground: open it in a browser\n`);
  return 0;
}
