/** Reads tables and lists out of Markdown: the project's own generators and records are in it. */

import type { Table } from './part.ts';

const cellsOf = (line: string): readonly string[] =>
  line
    .trim()
    .replace(/^\||\|$/gu, '')
    .split(/(?<!\\)\|/u)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

const isRule = (line: string): boolean => /^\|(?:\s*:?-+:?\s*\|)+$/u.test(line.trim());

/** Returns the tables of a text, each with the heading that it stands under as its caption. */
export function tablesIn(text: string): readonly Table[] {
  const tables: Table[] = [];
  const lines = text.split('\n');
  let caption = '';
  for (const [n, line] of lines.entries()) {
    if (line.startsWith('#')) caption = line.replace(/^#+\s*/u, '');
    if (!isRule(line)) continue;
    const rest = lines.slice(n + 1);
    const end = rest.findIndex((one) => !one.startsWith('|'));
    const rows = rest.slice(0, end < 0 ? rest.length : end).map(cellsOf);
    tables.push({ kind: 'table', caption, heads: cellsOf(lines[n - 1] ?? ''), rows });
  }
  return tables;
}

/** Returns the only table of a text. Throws if there is none, or more. */
export function tableIn(text: string, caption = ''): Table {
  const [table, ...more] = tablesIn(text);
  if (table === undefined || more.length > 0) throw new Error('the text has no table, or more than one');
  return { ...table, caption };
}

/** Returns the text under a heading, up to the next one. Throws if there is none. */
export function under(text: string, heading: string): string {
  const [, after] = `\n${text}`.split(`\n## ${heading}\n`);
  if (after === undefined) throw new Error(`the text has no heading '${heading}'`);
  return after.split(/\n#+ /u)[0] ?? '';
}

/** Returns the items of the lists in a text, each as one line. */
export const itemsIn = (text: string): readonly string[] =>
  text
    .split(/\n(?=- )|\n\s*\n/u)
    .map((item) => item.trim())
    .filter((item) => item.startsWith('- '))
    .map((item) => item.slice(2).replace(/\s+/gu, ' '));

/** Returns how many links a cell has. */
export const linksIn = (cell: string): number => [...cell.matchAll(/\]\(/gu)].length;

/** Returns a text with each link as its label. */
export const unlinked = (text: string): string => text.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1');
