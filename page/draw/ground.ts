/** One row of frames with all that belongs to it: the tree, the whole, the lists, the gauge; or the pages of boot memory. */
import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Gauge, Lists } from './lists.ts';
import { Overview } from './overview.ts';
import { Pages, sayNode } from './pages.ts';
import { Tree } from './tree.ts';
import { grouped } from './words.ts';
import { windowAt, windowOf } from './window.ts';
import type { FilmGround } from '../../protocol/index.ts';
import type { Mark } from './tree.ts';
import type { Row } from '../film/reel.ts';
import type { RefObject, ComponentChild } from 'preact';

/** What is shown of one row. */
export interface GroundView {
  readonly row: Row;
  readonly mark: Mark | undefined;
  readonly pick?: (head: number, order: number) => void;
}

/** Returns the width that an element has, in pixels, and the reference that it needs. */
export function useWidth(): readonly [number, RefObject<HTMLDivElement | null>] {
  const [width, setWidth] = useState(640);
  const reference = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = reference.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) setWidth(element.clientWidth);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, reference];
}

/** Draws the slider that moves the window. */
function Pan({ ground, from, size, move }: PanView): ComponentChild {
  const last = Math.floor((ground.base + ground.pages - 1 - ground.origin) / size);
  return h(
    'label',
    { class: 'pan' },
    h('span', {}, `frames ${grouped(from)} to ${grouped(Math.min(from + size, ground.base + ground.pages) - 1)}`),
    h('input', {
      type: 'range',
      min: 0,
      max: last,
      value: Math.floor((from - ground.origin) / size),
      'aria-label': `frames shown of ${ground.name}`,
      onInput: (event) => move(ground.origin + Number(event.currentTarget.value) * size),
    }),
  );
}

interface PanView {
  readonly ground: FilmGround;
  readonly from: number;
  readonly size: number;
  readonly move: (frame: number) => void;
}

/** Draws the tree of a row: of all of it, or of a window that a slider moves. */
export function Frames({ mark, pick, row, width }: GroundView & { readonly width: number }): ComponentChild {
  const { ground } = row;
  const size = windowOf(width, ground);
  const [shown, setShown] = useState(ground.base);
  useEffect(() => {
    if (mark !== undefined) setShown(mark.first);
  }, [mark?.first]);
  const whole = size >= ground.pages;
  const from = whole ? ground.base : windowAt(ground, shown, size);
  const to = whole ? ground.base + ground.pages : Math.min(from + size, ground.base + ground.pages);
  return h(
    'div',
    { class: 'frames' },
    whole ? null : h(Overview, { row, from, to, width, mark }),
    whole ? null : h(Pan, { ground, from, size, move: setShown }),
    h(Tree, { row, from, to, width, mark, ...(pick === undefined ? {} : { pick }) }),
  );
}

/** Draws the free lists of a row, which scroll if they are wider than the page. */
export const FreeLists = ({ row }: { readonly row: Row }): ComponentChild =>
  h(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'group', 'aria-label': `free lists of ${row.ground.name}` },
    h(Lists, { row }),
  );

/** Draws a row of frames with all that belongs to it. */
export function Ground(view: GroundView): ComponentChild {
  const [width, reference] = useWidth();
  const { row } = view;
  const isBoot = row.ground.map !== undefined;
  const isDrawn = !isBoot || row.retired;
  return h(
    'section',
    { class: 'ground' },
    h('h2', {}, row.ground.name),
    h(
      'div',
      { class: 'canvas', ref: reference },
      h(Gauge, { row, width }),
      isBoot && !row.retired ? h(Pages, { row, width, mark: view.mark }) : null,
      isBoot ? h('p', { class: 'node' }, sayNode(row)) : null,
      isDrawn ? h(Frames, { ...view, width }) : null,
    ),
    isDrawn && row.ground.glimpsed !== true ? h(FreeLists, { row }) : null,
  );
}
