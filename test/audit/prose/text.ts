/** The audit of foreign words: every text can be read by somebody who was not there. */

import type { Finding } from '../tree.ts';
import { ROOT } from '../tree.ts';
import { readFileSync, readdirSync } from 'node:fs';

/** What is generated, fetched or kept by git, and so not written here. */
const MADE = ['.git', 'node_modules', 'dist', 'reports', '.stryker-tmp', 'package-lock.json'];

/** Returns every text of the project by its path. */
export function committed(): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const read = (folder: string): void => {
    for (const entry of readdirSync(ROOT + folder, { withFileTypes: true })) {
      if (MADE.includes(entry.name)) continue;
      const path = folder + entry.name;
      if (entry.isDirectory()) read(`${path}/`);
      if (!entry.isFile()) continue;
      const text = readFileSync(ROOT + path, 'utf8');
      if (!text.includes('\0')) texts.set(path, text);
    }
  };
  read('');
  return texts;
}

/** Words that mean nothing to a reader from outside, spelt so that they are not found here. */
const FOREIGN: readonly RegExp[] = [
  /\/wor[k]\//u,
  /\bwor[k]\/shared\b/u,
  /\.\.\/share[d]\b/u,
  /\bseed 0\d/iu,
  /\bseed[s]\//u,
  /\b0\d\d_[0-9a-f]{16}\b/u,
  /\blinux-fact[s]\b/u,
  /\btoolchai[n]\.md\b/u,
  /\bdesig[n]\.md\b/u,
  /\bsessio[n]s?\b/iu,
  /\bcheckou[t] of the lead\b/iu,
  /\b(?:claud[e]|anthropi[c]|chatgp[t]|copilo[t])\b/iu,
];

/** Reports texts with a word that only their authors understand. */
export const auditWords = (texts: ReadonlyMap<string, string>): readonly Finding[] =>
  [...texts].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, at) =>
      FOREIGN.flatMap((word) => {
        const found = word.exec(line);
        return found === null ? [] : [{ place: `${path}:${at + 1}`, what: `says '${found[0]}'` }];
      }),
    ),
  );
