/** The free lists of a row by order, the bits of its pairs, and its watermarks. */
import { h } from 'preact';
import { blockAround, freeOf, grouped } from './words.ts';
import type { Row } from '../film/reel.ts';
import type { ComponentChild } from 'preact';

/** Heads, and bits, that are written out. */
const MOST_HEADS = 24;
const MOST_BITS = 32;

/** Returns the bits of the pairs of an order; the top order has none. */
export function bitsOf({ blocks, ground }: Row, order: number): string {
  const { base, orders, origin, pages } = ground;
  if (order >= orders - 1) return '';
  const size = 2 ** order;
  const isWhole = (head: number): boolean => {
    const block = blockAround(blocks, ground, head);
    return block !== undefined && block[2] < 0 && block[1] >= order;
  };
  const count = Math.ceil((base + pages - origin) / size / 2);
  const bits = Array.from({ length: count }, (_, n) => {
    const lower = origin + 2 * n * size;
    return isWhole(lower) === isWhole(lower + size) ? '0' : '1';
  });
  if (count <= MOST_BITS) return bits.join('');
  return `${grouped(bits.filter((bit) => bit === '1').length)} of ${grouped(count)} are 1`;
}

function lineOf(row: Row, list: readonly number[], order: number): ComponentChild {
  const heads = list.slice(0, MOST_HEADS).join(row.ground.ordered ? ' → ' : '  ');
  const more = list.length > MOST_HEADS ? ` and ${grouped(list.length - MOST_HEADS)} more` : '';
  return h(
    'tr',
    { key: order, class: list.length === 0 ? 'none' : '' },
    h('th', { scope: 'row' }, order),
    h('td', { class: 'count' }, grouped(list.length)),
    h('td', { class: 'heads' }, list.length === 0 ? '–' : heads + more),
    h('td', { class: 'bits' }, bitsOf(row, order).replaceAll(/(\d{4})(?=\d)/gu, '$1 ')),
  );
}

/** Draws the free lists and the pair bits of a row as a table. */
export function Lists({ row }: { readonly row: Row }): ComponentChild {
  const { ground, lists } = row;
  const how = ground.ordered ? 'from head to tail' : 'ascending';
  return h(
    'table',
    { class: 'lists' },
    h('caption', {}, `${grouped(freeOf(row))} of ${grouped(ground.pages)} frames free`),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['order', 'blocks', `free list, ${how}`, 'pair bits'].map((text) => h('th', { key: text, scope: 'col' }, text)),
      ),
    ),
    h(
      'tbody',
      {},
      lists.map((list, order) => lineOf(row, list, order)),
    ),
  );
}

/** Returns how a zone stands to its watermarks, in words. */
export function sayLevel(row: Row): string {
  const { watermarks } = row.ground;
  if (watermarks === undefined) return '';
  const free = freeOf(row);
  const { high, low, min } = watermarks;
  const above = free > high ? 'above high' : free > low ? 'above low' : free > min ? 'above min' : 'not above min';
  return `${grouped(free)} free, ${above}${row.asks ? '; asks to be balanced' : ''}`;
}

/** Draws how much of a zone is free, against its three watermarks. */
export function Gauge({ row, width }: { readonly row: Row; readonly width: number }): ComponentChild {
  const { name, pages, watermarks } = row.ground;
  if (watermarks === undefined) return null;
  const free = freeOf(row);
  const most = Math.max(pages, watermarks.high * 1.15);
  const { high, low, min } = watermarks;
  // The text right of the highest mark needs room, too.
  const room = (high / most) * width > width - 70 ? 60 : 2;
  const x = (n: number): number => 1 + (n * (width - room)) / most;
  const marks = [
    ['min', min],
    ['low', low],
    ['high', high],
  ] as const;
  const label = `${name}: ${sayLevel(row)}; marks: ${marks.map(([mark, n]) => `${mark} ${n}`).join(', ')}`;
  return [
    h('p', { class: row.asks ? 'stands asks' : 'stands', key: 'words' }, sayLevel(row)),
    h(
      'svg',
      { key: 'gauge', class: 'gauge', role: 'img', 'aria-label': label, viewBox: `0 0 ${width} 40`, width, height: 40 },
      h('rect', { class: 'bar', x: 1, y: 14, width: x(pages) - 1, height: 12, rx: 3 }),
      h('rect', { class: 'level', x: 1, y: 14, width: Math.max(0, x(free) - 1), height: 12, rx: 3 }),
      marks.map(([mark, n]) =>
        h(
          'g',
          { key: mark },
          h('path', { d: mark === 'low' ? `M${x(n)} 12v18` : `M${x(n)} 10v18` }),
          h('text', { x: x(n) + 4, y: mark === 'low' ? 38 : 10 }, `${mark} ${n}`),
        ),
      ),
    ),
  ];
}
