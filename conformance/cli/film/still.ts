/** What draws one state of a film: a module of the viewer, as it was built. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Stills } from '../../../protocol/index.ts';

/** Where the built module lies, from the built command. */
const STILL = fileURLToPath(new URL('../../../page/still.cjs', import.meta.url));

/** Returns what draws one state of a film; throws if it was not built. */
export const stills = (): Stills => createRequire(import.meta.url)(STILL) as Stills;
