/** The audit of openings: a file begins with one sentence that says what is in it. */

import type { Finding, Tree } from '../tree.ts';
import { filesOf, layerOf } from '../tree.ts';

/** Returns the text of the comment that a file begins with, after a `#!` line; '' if it begins with anything else. */
export function openingOf(text: string): string {
  const start = text.replace(/^#!.*\n/u, '');
  const block = /^\/\*\*([\s\S]*?)\*\//u.exec(start)?.[1];
  const lines = /^(?:\/\/.*\n?)+/u.exec(start)?.[0];
  const written = block ?? lines ?? '';
  return written.replace(/^[ \t]*(?:\/\/|\*)[ \t]?/gmu, '').trim();
}

/** Returns what is wrong with an opening: its first paragraph, tags not counted, is one sentence or more. */
function wrongWith(opening: string): string | undefined {
  const paragraph = (opening.split(/\n\s*\n|(?:^|\s)@[a-z]/u)[0] ?? '').trim();
  if (paragraph === '') return 'does not begin with a sentence that says what is in it';
  if (/^(?:eslint|prettier|@ts)-/u.test(paragraph)) return 'begins with an instruction to a tool';
  return /^[\p{Lu}\d`"']/u.test(paragraph) && paragraph.endsWith('.')
    ? undefined
    : `begins with what is no sentence: '${paragraph.slice(0, 60)}'`;
}

/** Reports files that do not begin with a sentence, configuration files of tools apart. */
export const auditOpenings = (tree: Tree): readonly Finding[] =>
  filesOf(tree)
    .filter(([path]) => layerOf(path) !== undefined)
    .flatMap(([place, file]) => {
      const what = wrongWith(openingOf(file.getFullText()));
      return what === undefined ? [] : [{ place, what }];
    });
