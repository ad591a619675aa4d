/** One state of a film as a picture of its own: an SVG that needs nothing else, light and dark. */
import { h } from 'preact';
import { Gauge, bitsOf } from '../draw/lists.ts';
import { Overview } from '../draw/overview.ts';
import { Pages, sayNode } from '../draw/pages.ts';
import { Tree } from '../draw/tree.ts';
import { freeOf, grouped } from '../draw/words.ts';
import { heightOf, markup, picturesIn } from './markup.ts';
import { windowOf } from '../draw/window.ts';
import { captionOf } from './caption.ts';
import { markOf } from '../film/mark.ts';
import type { ComponentChild } from 'preact';
import type { Film } from '../../protocol/index.ts';
import type { Mark } from '../draw/tree.ts';
import type { Row } from '../film/reel.ts';

const WIDTH = 960;
const MARGIN = 24;
const INNER = WIDTH - 2 * MARGIN;
const LINE = 20;
const GAP = 14;

/** Characters of a line of text: about 7.3 px each. */
const MOST_CHARACTERS = Math.floor(INNER / 7.3);

/** A row of more windows is shown as a whole in one strip, and in the window that is marked. */
const MOST_WINDOWS = 8;

/** A part of the picture, and how high it is. */
interface Piece {
  readonly height: number;
  readonly draw: (y: number) => ComponentChild;
}

const cut = (text: string): string =>
  text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 3)}...`;

const line = (text: string, kind: string): Piece => ({
  height: LINE,
  draw: (y) => h('text', { class: `line ${kind}`, x: MARGIN, y: y + 14 }, cut(text)),
});

const gap: Piece = { height: GAP, draw: () => null };

/** Returns a picture of its own as a part of this one. */
function inset(picture: ComponentChild): Piece {
  const height = heightOf(picture);
  return {
    height: height + 6,
    draw: (y) => h('svg', { x: MARGIN, y, width: INNER, height, overflow: 'visible' }, picture),
  };
}

/** Returns the windows of a row that are drawn: all of them if they are few, else the one that is marked. */
function windowsOf({ ground }: Row, mark: Mark | undefined): readonly (readonly [from: number, to: number])[] {
  const { base, origin, pages } = ground;
  const size = windowOf(INNER, ground);
  if (size >= pages) return [[base, base + pages]];
  const numberOf = (frame: number): number => Math.floor((frame - origin) / size);
  const spanOf = (window: number): readonly [number, number] => [
    Math.max(base, origin + window * size),
    Math.min(origin + (window + 1) * size, base + pages),
  ];
  const [first, last] = [numberOf(base), numberOf(base + pages - 1)];
  if (last - first >= MOST_WINDOWS) return [spanOf(numberOf(mark?.first ?? base))];
  return Array.from({ length: last - first + 1 }, (_, n) => spanOf(first + n));
}

/** Returns the free lists of a row, an order a line. */
function listsOf(row: Row): readonly Piece[] {
  const { ground, lists } = row;
  const how = ground.ordered ? 'from head to tail' : 'ascending';
  const head = `${grouped(freeOf(row))} of ${grouped(ground.pages)} frames free; free lists, ${how}`;
  const said = lists.map((list, order) => {
    const heads = list.length === 0 ? '-' : list.join(ground.ordered ? ' → ' : ' ');
    const bits = bitsOf(row, order);
    return line(
      `order ${order}: ${heads}${bits === '' ? '' : `   pair bits ${bits}`}`,
      list.length === 0 ? 'none' : 'list',
    );
  });
  return [line(head, 'strong'), ...said];
}

/** Returns the parts that show a row. */
function rowOf(row: Row, mark: Mark | undefined, isOnly: boolean): readonly Piece[] {
  const isBoot = row.ground.map !== undefined;
  const name = isOnly ? [] : [line(row.ground.name, 'strong')];
  const level = picturesIn(Gauge({ row, width: INNER })).map(inset);
  const pages = isBoot && !row.retired ? [inset(Pages({ row, width: INNER, mark }))] : [];
  const said = isBoot && sayNode(row) !== '' ? [line(sayNode(row), 'none')] : [];
  if (isBoot && !row.retired) return [...name, ...pages, ...said, gap];
  const windows = windowsOf(row, mark);
  const [[from, to] = [0, 0]] = windows;
  const isPart = windows.length === 1 && to - from < row.ground.pages;
  const whole = isPart ? [inset(Overview({ row, from, to, width: INNER, mark }))] : [];
  const trees = windows.map(([first, end]) => inset(Tree({ row, from: first, to: end, width: INNER, mark })));
  return [...name, ...level, ...said, ...whole, ...trees, ...(row.ground.glimpsed === true ? [] : listsOf(row)), gap];
}

/** Returns the state of a film after a number of its steps as SVG. `style`: the style sheet of the picture. */
export function svgOf(film: Film, step: number, rows: readonly Row[], style: string): string {
  const { head, lines } = captionOf(film, step);
  const pieces = [
    line(head, 'head'),
    ...lines.map(([text, kind]) => line(text, kind)),
    gap,
    ...rows.flatMap((row, n) => rowOf(row, markOf(film, step, n), rows.length === 1)),
  ];
  let y = MARGIN;
  const drawn = pieces.map(({ draw, height }) => {
    const at = y;
    y += height;
    return draw(at);
  });
  const height = Math.ceil(y + MARGIN - GAP);
  const root = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height };
  const picture = h(
    'svg',
    { ...root, role: 'img' },
    h('title', {}, head),
    h('desc', {}, lines.map(([text]) => text).join('; ')),
    h('style', {}, style),
    h('rect', { class: 'paper', width: WIDTH, height }),
    drawn,
  );
  return `${markup(picture)}\n`;
}
