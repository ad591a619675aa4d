/** The blocks of a part as a page has them. */

import { h } from 'preact';
import type { Block, Entries, Table } from '../part.ts';
import type { ComponentChild } from 'preact';
import type { Inline } from './inline.ts';

/** The length of a cell from which on it is prose. */
const PROSE = 40;

/** The length up to which the items of a list stand in columns. */
const SHORT = 48;

/** Reports whether a column holds figures alone, which stand at its right. */
const isNumeric = (rows: Table['rows'], column: number): boolean => {
  const cells = rows.map((row) => row[column] ?? '').filter((cell) => cell !== '');
  return cells.length > 0 && cells.every((cell) => /^[\d.,]+(?: %)?$|^not found/u.test(cell));
};

/** Returns how a column looks: as figures, as prose that needs room, or as neither. */
function lookOf(rows: Table['rows'], column: number, isWords: boolean): string {
  if (column > 0 && !isWords && isNumeric(rows, column)) return 'number';
  return rows.some((row) => (row[column] ?? '').length > PROSE) ? 'prose' : '';
}

function tableNode({ caption, heads, isWords, rows }: Table, inline: Inline): ComponentChild {
  const looks = heads.map((_, column) => lookOf(rows, column, isWords === true));
  const head = heads.map((text, column) => h('th', { scope: 'col', class: looks[column] ?? '' }, inline(text)));
  const lines = rows.map(([first = '', ...rest]) =>
    h(
      'tr',
      null,
      h('th', { scope: 'row' }, inline(first)),
      rest.map((text, n) => h('td', { class: looks[n + 1] ?? '' }, inline(text))),
    ),
  );
  const table = h(
    'table',
    null,
    h('caption', null, caption),
    h('thead', null, h('tr', null, head)),
    h('tbody', null, lines),
  );
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption }, table);
}

const entriesNode = ({ entries }: Entries, inline: Inline): ComponentChild =>
  entries.map(({ facts, id, name, text }) =>
    h(
      'article',
      { id },
      h('h4', null, id, ' ', name === '' ? '' : h('span', null, name)),
      h('p', null, inline(text)),
      facts.length === 0
        ? ''
        : h(
            'dl',
            null,
            facts.map(([label, value]) => h('div', null, h('dt', null, label), h('dd', null, inline(value)))),
          ),
    ),
  );

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** Returns a block as a page has it; an empty list is left out. */
export function blockNode(block: Block, inline: Inline): ComponentChild {
  switch (block.kind) {
    case 'heading':
      return h('h3', null, inline(block.text));
    case 'text':
      return h('p', null, inline(block.text));
    case 'list': {
      if (block.items.length === 0) return '';
      const isShort = block.items.every(({ length }) => length <= SHORT);
      const items = block.items.map((item) => h('li', null, inline(item)));
      return [h('h3', null, block.caption), h('ul', { class: isShort ? 'columns' : '' }, items)];
    }
    case 'picture':
      return h('img', { src: `data:image/svg+xml;base64,${base64(block.svg)}`, alt: block.words });
    case 'table':
      return tableNode(block, inline);
    case 'entries':
      return entriesNode(block, inline);
  }
}
