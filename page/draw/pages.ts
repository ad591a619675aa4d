/** The pages of a node of boot memory: which bytes are taken, the bitmap, and where the last grant ended. */
import { h } from 'preact';
import { grouped } from './words.ts';
import type { Mark } from './tree.ts';
import type { Row } from '../film/reel.ts';
import type { ComponentChild } from 'preact';

const CELL = 26;
const GAP = 18;

/** A page, and the part of it that is taken: as a share, and in bytes. */
interface Cell {
  readonly page: number;
  readonly bytes: number;
  readonly taken: number;
  readonly isMap: boolean;
}

function cellsOf({ ground, taken }: Row): readonly Cell[] {
  const { base, map, pages, pageSize: size = 4096 } = ground;
  const bytes = new Array<number>(pages).fill(0);
  for (const [from, to] of taken) {
    for (let page = Math.floor(from / size); page * size < to; page++) {
      bytes[page - base] = (bytes[page - base] ?? 0) + Math.min(to, (page + 1) * size) - Math.max(from, page * size);
    }
  }
  const isMap = (page: number): boolean => map !== undefined && page >= map[0] && page < map[0] + map[1];
  return bytes.map((count, n) => ({ page: base + n, bytes: count, taken: count / size, isMap: isMap(base + n) }));
}

function sayCells(row: Row): string {
  const cells = cellsOf(row);
  const free = cells.filter(({ taken }) => taken === 0).map(({ page }) => page);
  const last =
    row.last === undefined
      ? ''
      : `; the last grant ended in page ${row.ground.base + row.last[0]}, byte ${row.last[1]}`;
  return `${row.ground.name}: free pages ${free.length === 0 ? 'none' : free.slice(0, 60).join(' ')}${last}`;
}

function draw(row: Row, cell: Cell, x: number, y: number, mark: Mark | undefined): ComponentChild {
  const isLast = row.last !== undefined && row.ground.base + row.last[0] === cell.page;
  const isMarked = mark !== undefined && cell.page >= mark.first && cell.page < mark.first + mark.count;
  const bit = cell.taken > 0 ? 1 : 0;
  return h(
    'g',
    { key: cell.page, class: cell.isMap ? 'page map' : 'page' },
    h('rect', { class: 'whole', x, y, width: CELL - 3, height: CELL - 3, rx: 3 }),
    h('rect', { class: 'part', x, y, width: (CELL - 3) * Math.min(1, cell.taken), height: CELL - 3, rx: 3 }),
    h('text', { class: bit === 1 ? 'bit taken' : 'bit', x: x + CELL / 2 - 1.5, y: y + 16 }, cell.isMap ? 'm' : bit),
    isLast ? h('path', { class: 'last', d: `M${x} ${y + CELL + 1}h${CELL - 3}` }) : null,
    isMarked
      ? h('rect', {
          class: mark.wrong ? 'mark wrong' : 'mark',
          x: x - 2,
          y: y - 2,
          width: CELL + 1,
          height: CELL + 1,
          rx: 4,
        })
      : null,
    h('title', {}, `page ${cell.page}: ${cell.isMap ? 'the bitmap' : `${cell.bytes} bytes taken`}`),
  );
}

/** Draws the pages of a node, in as many lines as it takes; each shows its bit, and how much of it is taken. */
export function Pages({
  mark,
  row,
  width,
}: {
  readonly mark: Mark | undefined;
  readonly row: Row;
  readonly width: number;
}): ComponentChild {
  const cells = cellsOf(row);
  const most = Math.floor((width - 44) / CELL);
  const columns = Math.max(4, most >= 64 ? 64 : most >= 32 ? 32 : most >= 16 ? 16 : 8);
  const lines = Math.ceil(cells.length / columns);
  const height = lines * (CELL + GAP - 8) + 4;
  return h(
    'svg',
    { class: 'pages', role: 'img', 'aria-label': sayCells(row), viewBox: `0 0 ${width} ${height}`, width, height },
    Array.from({ length: lines }, (_, n) =>
      h('text', { key: `n${n}`, class: 'number', x: 36, y: 20 + n * (CELL + GAP - 8) }, row.ground.base + n * columns),
    ),
    cells.map((cell, n) =>
      draw(row, cell, 44 + (n % columns) * CELL, 3 + Math.floor(n / columns) * (CELL + GAP - 8), mark),
    ),
  );
}

/** Returns what a node remembers, in one line of words. */
export function sayNode({ ground, last, retired }: Row): string {
  if (retired) return 'retired: its free pages, and those of its bitmap, are handed over';
  if (last === undefined) return '';
  const where = `page ${grouped(ground.base + last[0])}`;
  return last[1] === 0
    ? `last grant: ended with ${where}`
    : `last grant: ended in ${where}, of which ${last[1]} bytes are in use`;
}
