/** What draws and writes pages: modules of the viewer, as they were built. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Audits, Stills, Stories } from '../../../protocol/index.ts';

/** Returns a built module, from the built command; throws if it is not there. */
const built = (name: string): unknown =>
  createRequire(import.meta.url)(fileURLToPath(new URL(`../../../page/${name}.cjs`, import.meta.url)));

/** Returns what draws one state of a film. */
export const stills = (): Stills => built('still') as Stills;

/** Returns what writes a story of schedules as a page. */
export const stories = (): Stories => built('story') as Stories;

/** Returns what writes an audit as a page. */
export const audits = (): Audits => built('audit') as Audits;
