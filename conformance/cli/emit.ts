/** The command `emit`: prints the allocator of a kernel in another language, as it was made from `src`. */

import { USAGE, complain } from './output.ts';
import { harnesses } from './languages.ts';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { show } from '../show.ts';
import type { Kernel } from '../../protocol/index.ts';

/** The headers in C, in the folder of the harnesses. They are committed; `npm run generate` makes them. */
const HEADERS: Readonly<Record<Kernel, string>> = {
  '2.4': 'c/example/buddy24.h',
  '2.6': 'c/example/buddy26.h',
};

/** Prints the allocator of a kernel, and gives the exit status. */
export function emit(language: string, kernel: Kernel): number {
  if (language.toLowerCase() !== 'c') {
    complain(`nothing is printed in ${show(language)}; the language is c`);
    return USAGE;
  }
  process.stdout.write(readFileSync(join(harnesses(), HEADERS[kernel]), 'utf8'));
  return 0;
}
