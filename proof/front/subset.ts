/** What of `src/words` and `src/buddy` is not carried out as a form, and why: the audit holds this list against the code. */

import type { Program } from './program.ts';

/** Why a function may lie outside the subset. */
const MADE = 'makes objects and arrays, before any of them is used';
const SHOWN = 'prints or counts what a zone holds, and changes nothing';
const REFUSED = 'looks at a shape before there is a zone';

/** The functions outside the subset by their files, each with the reason. */
export const EXEMPT: ReadonlyMap<string, string> = new Map([
  ['src/words/bitmap.ts Bitmap.constructor', MADE],
  ['src/words/field.ts Field.constructor', MADE],
  ['src/words/list-head.ts Links.constructor', MADE],
  ['src/buddy/allocator.ts Allocator.constructor', MADE],
  ['src/buddy/allocator.ts openZone', MADE],
  ['src/buddy/allocator.ts attachZone', MADE],
  ['src/buddy/buddyinfo.ts printBuddyinfoLine', SHOWN],
  ['src/buddy/buddyinfo.ts buddyinfo', SHOWN],
  ['src/buddy/buddyinfo.ts zoneinfo', SHOWN],
  ['src/buddy/buddyinfo.ts LINE', SHOWN],
  ['src/buddy/buddyinfo.ts parseBuddyinfo', SHOWN],
  ['src/buddy/fragmentation.ts freeBlockCounts', SHOWN],
  ['src/buddy/fragmentation.ts unusableFreeSpace', SHOWN],
  ['src/buddy/fragmentation.ts fragmentationIndex', SHOWN],
  ['src/buddy/fragmentation.ts fragmentationOf', SHOWN],
  ['src/buddy/observe.ts ZoneObservation.constructor', MADE],
  ['src/buddy/observe.ts ZoneObservation.freeCount', SHOWN],
  ['src/buddy/observe.ts observe', SHOWN],
  ['src/buddy/owner.ts OwnerTable.constructor', MADE],
  ['src/buddy/region.ts mapWords', MADE],
  ['src/buddy/region.ts regionBytes', MADE],
  ['src/buddy/region.ts carve', MADE],
  ['src/buddy/shape.ts existing', SHOWN],
  ['src/buddy/shape.ts badHoles', REFUSED],
  ['src/buddy/shape.ts existing', SHOWN],
  ['src/buddy/shape.ts refuseRegion', REFUSED],
  ['src/buddy/zone.ts freeAreas', MADE],
  ['src/buddy/zone.ts Zone.mapOf', SHOWN],
  ['src/buddy/zone.ts Zone.constructor', MADE],
]);

/** Returns what is outside the subset though it is not exempt, and exemptions of what can be read or is not there. */
export function auditSubset(
  program: Program,
  paths: readonly string[],
  exempt: ReadonlyMap<string, string> = EXEMPT,
): readonly string[] {
  const outside = paths.flatMap((path) =>
    program.module(path).outside.map((objection) => ({ name: `${path} ${objection.within}`, ...objection })),
  );
  const stale = [...exempt.keys()].filter((name) => !outside.some((one) => one.name === name));
  return [
    ...outside
      .filter(({ name }) => !exempt.has(name))
      .map(({ name, at, instead }) => `${name}, line ${at.line}: '${at.text}' lies outside the subset: ${instead}`),
    ...stale.map((name) => `${name} is exempt, and can be read`),
  ];
}
