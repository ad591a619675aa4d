/** The tree of halves above a strip of frames: where blocks were split, and the bit of each pair. */
import { h } from 'preact';
import { Hatch } from './hatch.ts';
import { blockAround, framesOf, partsOf, sayRow, useOf } from './words.ts';
import type { Part } from './words.ts';
import type { Row } from '../film/reel.ts';
import type { ComponentChild } from 'preact';

/** What is shown of a row: the frames [from, to), in so many pixels, and what is marked in it. */
export interface View {
  readonly row: Row;
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly mark: Mark | undefined;
  /** What a click on a block does; nothing if it is absent. */
  readonly pick?: (head: number, order: number) => void;
}

/** Frames that a step is about; `wrong` where the contradiction is. */
export interface Mark {
  readonly first: number;
  readonly count: number;
  readonly wrong: boolean;
}

const LEVEL = 34;
const STRIP = 46;
const FOOT = 20;
const TOP = 22;

/** How a view measures. */
interface Scale {
  readonly x: (frame: number) => number;
  readonly y: (order: number) => number;
  readonly strip: number;
  readonly height: number;
  /** The largest order that a level is drawn for. */
  readonly top: number;
}

function scaleOf({ from, row, to, width }: View): Scale {
  const span = to - from;
  const unit = (width - 2) / span;
  const widest = Math.min(row.ground.orders - 1, Math.ceil(Math.log2(span)));
  const strip = TOP + widest * LEVEL;
  return {
    x: (frame) => 1 + (frame - from) * unit,
    y: (order) => strip + STRIP / 2 - order * LEVEL,
    strip,
    height: strip + STRIP + FOOT,
    top: widest,
  };
}

/** Returns whether a whole aligned block is free: it lies in a free block. */
function isFree({ blocks, ground }: Row, head: number): boolean {
  const block = blockAround(blocks, ground, head);
  return block !== undefined && block[2] < 0;
}

/** Returns the bit of the pair of an order below a junction: exactly one half is wholly free. */
function bitBelow(row: Row, head: number, order: number): 0 | 1 {
  const whole = (at: number): boolean => {
    const block = blockAround(row.blocks, row.ground, at);
    return block !== undefined && block[1] >= order && isFree(row, at);
  };
  return whole(head) === whole(head + 2 ** order) ? 0 : 1;
}

/** Draws the junction of a block that is split, its bit, and the lines to its halves. */
function junction(view: View, scale: Scale, head: number, order: number): ComponentChild {
  const half = 2 ** (order - 1);
  const [x, y] = [scale.x(head + half), scale.y(order)];
  const [left, right] = [scale.x(head + half / 2), scale.x(head + half + half / 2)];
  const below = order === 1 ? scale.strip : scale.y(order - 1) - 10;
  const lines = h('path', { d: `M${left} ${below}V${y}H${right}V${below}` });
  if (view.row.ground.glimpsed === true) return h('g', { class: 'junction', key: `j${order}-${head}` }, lines);
  const bit = bitBelow(view.row, head, order - 1);
  const isRoomy = right - left > 14;
  return h(
    'g',
    { class: bit === 1 ? 'junction one' : 'junction', key: `j${order}-${head}` },
    lines,
    isRoomy ? h('circle', { cx: x, cy: y, r: 9 }) : h('circle', { cx: x, cy: y, r: 3 }),
    isRoomy ? h('text', { x, y: y + 4, class: 'bit' }, bit) : null,
    h('title', {}, `pair bit of order ${order - 1} below ${framesOf(head, 2 ** order)}: ${bit}`),
  );
}

/** Returns the junctions of a view: every aligned block that is not one block, though something in it is. */
function junctions(view: View, scale: Scale): readonly ComponentChild[] {
  const { from, row, to } = view;
  const { base, origin, pages } = row.ground;
  const all: ComponentChild[] = [];
  for (let order = 1; order <= scale.top; order++) {
    const size = 2 ** order;
    const first = origin + Math.floor((from - origin) / size) * size;
    for (let head = first; head < to; head += size) {
      if (head < Math.max(from, base) || head + size > Math.min(base + pages, to)) continue;
      const block = blockAround(row.blocks, row.ground, head) ?? blockAround(row.blocks, row.ground, head + size / 2);
      if ((block?.[1] ?? 0) < order) all.push(junction(view, scale, head, order));
    }
  }
  return all;
}

const classOf = ({ block }: Part): string => (block === undefined ? 'reserved' : block[2] < 0 ? 'free' : 'held');

const labelOf = ({ block }: Part, width: number): string => {
  const text = block === undefined ? '' : block[2] < 0 ? 'free' : `#${block[2]}`;
  return width < 8 * text.length ? '' : text;
};

/** Returns the size of a block in as many words as there is room for. */
function sizeLabel(order: number, width: number): string {
  const texts = [`order ${order} · ${2 ** order} frames`, `order ${order}`, String(order)];
  return texts.find((text) => width > 7.4 * text.length + 6) ?? '';
}

/** Draws a part of the strip, and its block in the tree if it is larger than one frame. */
function part(view: View, scale: Scale, one: Part): ComponentChild {
  const [x, end] = [scale.x(Math.max(one.first, view.from)), scale.x(Math.min(one.first + one.count, view.to))];
  const width = Math.max(0.6, end - x - (end - x > 5 ? 3 : 0));
  const order = one.block?.[1] ?? 0;
  const middle = x + width / 2;
  const { pick } = view;
  const isTall = order > 0;
  // A block that is larger than the window lies above all of it.
  const y = scale.y(Math.min(order, scale.top));
  return h(
    'g',
    { class: classOf(one), key: one.first, ...(pick === undefined ? {} : { onClick: () => pick(one.first, order) }) },
    isTall ? h('path', { class: 'stem', d: `M${middle} ${y + 11}V${scale.strip}` }) : null,
    isTall ? h('rect', { class: 'leaf', x, y: y - 11, width, height: 22, rx: 6 }) : null,
    isTall ? h('text', { class: 'order', x: middle, y: y + 4 }, sizeLabel(order, width)) : null,
    h('rect', { class: 'cell', x, y: scale.strip, width, height: STRIP, rx: width > 8 ? 4 : 0 }),
    h('text', { class: 'label', x: middle, y: scale.strip + STRIP / 2 + 5 }, labelOf(one, width)),
    h('title', {}, `${framesOf(one.first, one.count)}: ${useOf(view.row.ground, one.block)}`),
  );
}

/** Returns the numbers below the strip, as many as there is room for. */
function numbers({ from, to, width }: View, scale: Scale): readonly ComponentChild[] {
  const room = 8 * String(to).length + 10;
  const step = 2 ** Math.ceil(Math.log2(Math.max(1, ((to - from) * room) / width)));
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, n) => from + n * step).map((frame) =>
    h(
      'text',
      { class: 'number', key: frame, x: (scale.x(frame) + scale.x(frame + 1)) / 2, y: scale.height - 5 },
      frame,
    ),
  );
}

/** Draws what a step is about: a frame around it, and where it is wrong a cross too. */
function marked({ from, mark, to }: View, scale: Scale): ComponentChild {
  if (mark === undefined || mark.first >= to || mark.first + mark.count <= from) return null;
  const x = scale.x(Math.max(from, mark.first));
  const width = scale.x(Math.min(to, mark.first + mark.count)) - x - 3;
  const box = { x: x - 2.5, y: scale.strip - 4, width: Math.max(4, width + 5), height: STRIP + 8, rx: 7 };
  const [middle, y] = [x + width / 2, scale.strip - 4];
  const cross = `M${middle - 5} ${y - 5}l10 10m0 -10l-10 10`;
  return h(
    'g',
    { class: mark.wrong ? 'mark wrong' : 'mark' },
    h('rect', box),
    mark.wrong ? h('circle', { cx: middle, cy: y, r: 10 }) : null,
    mark.wrong ? h('path', { d: cross }) : null,
  );
}

/** Draws a window of a row: the tree of halves, the strip of frames, and the mark. */
export function Tree(view: View): ComponentChild {
  const scale = scaleOf(view);
  const { from, row, to, width } = view;
  const label = `${row.ground.name}: ${sayRow(row, from, to)}`;
  return h(
    'svg',
    {
      class: 'tree',
      role: 'img',
      'aria-label': label,
      viewBox: `0 -4 ${width} ${scale.height + 4}`,
      width,
      height: scale.height + 4,
    },
    h(Hatch, {}),
    junctions(view, scale),
    partsOf(row, from, to).map((one) => part(view, scale, one)),
    numbers(view, scale),
    marked(view, scale),
  );
}
