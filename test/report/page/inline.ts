/** Text with `code` and ids in it, as a page has it. */

import { h } from 'preact';
import type { ComponentChild } from 'preact';

/** Turns a text into what a page holds. */
export type Inline = (text: string) => readonly ComponentChild[];

const ID = /\b([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)\b/u;

/**
 * Returns what turns a text into what a page holds: what stands between two backticks is code, and an id that has an entry leads
 * there. Nothing else in it means anything.
 */
export const inlineWith =
  (ids: ReadonlySet<string>): Inline =>
  (text) =>
    text.split('`').flatMap((piece, n, pieces): readonly ComponentChild[] => {
      if (n % 2 === 1 && n < pieces.length - 1) return [h('code', null, piece)];
      const whole = n % 2 === 1 ? `\`${piece}` : piece;
      return whole.split(ID).map((word) => (ids.has(word) ? h('a', { href: `#${word}` }, word) : word));
    });
