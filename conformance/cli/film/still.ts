/** What draws one state of a film: a module of the viewer, as it was built. */
import type { Stills } from '../../../protocol/index.ts';

/** Where the built module lies, from the built command. */
const STILL = new URL('../../../page/still.js', import.meta.url);

/** Returns what draws one state of a film; throws if it was not built. */
export const stills = async (): Promise<Stills> => (await import(STILL.href)) as Stills;
