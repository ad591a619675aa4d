/** The list of generated parts of documents, and how a part is replaced. */

import { departurePart, linuxPart } from './linux-table.ts';
import { correspondencePart } from './correspondence.ts';
import { EXEMPT } from '../clauses/exempt.ts';
import type { Tree } from '../tree.ts';
import { clausePart } from './clause-table.ts';
import { roomsPart } from './rooms.ts';
import { schedulesPart } from './schedules.ts';
import { stalePart } from '../../report/stale.ts';
import { scorePart } from './score.ts';

/** A part of a document that is made from the sources. */
export interface Part {
  readonly path: string;
  readonly name: string;
  readonly make: (tree: Tree) => string;
}

export const PARTS: readonly Part[] = [
  { path: 'ARCHITECTURE.md', name: 'rooms', make: roomsPart },
  { path: 'spec/README.md', name: 'clauses', make: (tree) => clausePart(tree, EXEMPT) },
  { path: 'src/README.md', name: 'linux', make: linuxPart },
  { path: 'src/README.md', name: 'departures', make: departurePart },
  { path: 'proof/unbounded/README.md', name: 'correspondence', make: correspondencePart },
  { path: 'proof/README.md', name: 'score', make: scorePart },
  { path: 'proof/interleaved/README.md', name: 'schedules', make: schedulesPart },
  { path: 'test/report/README.md', name: 'stale', make: () => stalePart() },
];

/** Returns a document with the text between a part's two markers replaced. Throws if they are not there exactly once. */
export function withPart(document: string, name: string, made: string): string {
  const [start, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const [before, rest, ...more] = document.split(start);
  const [, after, ...other] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined || more.length > 0 || other.length > 0) {
    throw new Error(`the document has no '${start}' followed by '${end}', or has more than one`);
  }
  return `${before}${start}\n\n${made}\n\n${end}${after}`;
}
