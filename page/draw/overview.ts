/** A whole row of frames as one thin strip, and the window that the tree shows of it. */
import { h } from 'preact';
import { partsOf } from './words.ts';
import type { Mark } from './tree.ts';
import type { Row } from '../film/reel.ts';
import type { ComponentChild } from 'preact';

const HEIGHT = 22;

/** What an overview shows. */
export interface WholeRow {
  readonly row: Row;
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly mark: Mark | undefined;
}

/** Draws all frames of a row in three paths, however many there are. */
export function Overview({ from, mark, row, to, width }: WholeRow): ComponentChild {
  const { base, name, pages } = row.ground;
  const x = (frame: number): number => Math.round(((frame - base) * width * 100) / pages) / 100;
  const paths = { free: '', held: '', reserved: '' };
  for (const { block, count, first } of partsOf(row, base, base + pages)) {
    const use = block === undefined ? 'reserved' : block[2] < 0 ? 'free' : 'held';
    paths[use] += `M${x(first)} 3H${x(first + count)}V${HEIGHT - 3}H${x(first)}Z`;
  }
  return h(
    'svg',
    { class: 'overview', 'aria-hidden': 'true', viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT },
    h('title', {}, name),
    Object.entries(paths).map(([use, d]) => h('path', { key: use, class: use, d })),
    to - from === pages
      ? null
      : h('rect', {
          class: 'window',
          x: x(from) + 1,
          y: 1,
          width: Math.max(3, x(to) - x(from) - 2),
          height: HEIGHT - 2,
        }),
    mark === undefined
      ? null
      : h('path', { class: mark.wrong ? 'point wrong' : 'point', d: `M${x(mark.first + mark.count / 2)} 0v${HEIGHT}` }),
  );
}
