/** The error of code that lies outside the subset, and places in the source. */

import type { Place } from '../form.ts';
import type { Node } from 'ts-morph';

const MOST_TEXT = 60;

/** Returns where a node of the source is. */
export function placeOf(node: Node): Place {
  const text = node.getText().replaceAll(/\s+/gu, ' ').slice(0, MOST_TEXT);
  return { file: node.getSourceFile().getFilePath().replace(/^\//u, ''), line: node.getStartLineNumber(), text };
}

/** Thrown at code that lies outside the subset. */
export class Outside extends Error {
  readonly at: Place;
  readonly instead: string;

  constructor(node: Node, instead: string) {
    const at = placeOf(node);
    super(`${at.file}:${at.line}: '${at.text}' lies outside the subset: ${instead}`);
    this.at = at;
    this.instead = instead;
  }
}
