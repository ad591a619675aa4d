/** A machine to play with: its zones as gauges with three marks, who asks for pages, and the sums behind each answer. */
import { Fragment, h } from 'preact';
import { useMemo } from 'preact/hooks';
import { Controls } from '../../film/controls.ts';
import { Frames, FreeLists, useWidth } from '../../draw/ground.ts';
import { Gauge } from '../../draw/lists.ts';
import { Overview } from '../../draw/overview.ts';
import { press } from '../press.ts';
import { worldsOf } from './machine.ts';
import type { Asker, ZoneWord, ZonesPlay } from './script.ts';
import type { Check } from './say.ts';
import type { ComponentChild } from 'preact';
import type { Playing } from '../../film/controls.ts';
import type { ShownZone, ZonesWorld } from './machine.ts';

const ASKERS: readonly (readonly [who: Asker, text: string, mask: string])[] = [
  ['file', 'a file is read', 'GFP_HIGHUSER'],
  ['kernel', 'the kernel needs', 'GFP_KERNEL'],
  ['interrupt', 'an interrupt needs', 'GFP_ATOMIC'],
  ['device', 'an old device needs', 'GFP_DMA'],
];

/** Pages that one click asks for. */
const COUNTS = [1, 16] as const;

const counted = (count: number): string => `${count} ${count === 1 ? 'page' : 'pages'}`;

/** Draws what can be asked of a machine. */
function Requests({ add, drop, run }: Asking): ComponentChild {
  const line = (text: string, mask: string, buttons: readonly ComponentChild[]): ComponentChild =>
    h(
      'div',
      { class: 'request', role: 'group', 'aria-label': text, key: text },
      h('span', {}, text, mask === '' ? null : h('code', {}, mask)),
      buttons,
    );
  const each = (text: string, wordOf: (count: number) => ZoneWord): readonly ComponentChild[] =>
    COUNTS.map((count) => press(counted(count), () => add(wordOf(count)), false, `${text} ${counted(count)}`));
  return h(
    'div',
    { class: 'requests' },
    ASKERS.map(([who, text, mask]) =>
      line(
        text,
        mask,
        each(text, (count) => ({ kind: 'ask', who, count })),
      ),
    ),
    line(
      'the kernel frees',
      '',
      each('the kernel frees', (count) => ({ kind: 'free', count })),
    ),
    line('in the background', '', [
      press('a turn of kswapd', () => add({ kind: 'kswapd' })),
      press('undo', () => drop(1), run.length === 0),
      press('clear', () => drop(run.length), run.length === 0),
    ]),
  );
}

interface Asking {
  readonly run: readonly ZoneWord[];
  readonly add: (word: ZoneWord) => void;
  /** Forgets so many of the last operations. */
  readonly drop: (count: number) => void;
}

/** Draws a zone: a gauge with its marks, a strip of its frames, and on demand its tree and its lists. */
function Zone({ cached, row }: ShownZone): ComponentChild {
  const [width, reference] = useWidth();
  const { base, name, pages } = row.ground;
  const parts = { row, width, mark: undefined };
  return h(
    'section',
    { class: 'zone', 'aria-label': name },
    h('h2', {}, name, h('small', {}, `${counted(pages)}, ${cached} of them in the page cache`)),
    h(
      'div',
      { class: 'canvas', ref: reference },
      h(Gauge, { row, width }),
      h(Overview, { ...parts, from: base, to: base + pages }),
      h('details', {}, h('summary', {}, `blocks of ${name}`), h(Frames, parts), h(FreeLists, { row })),
    ),
  );
}

/** Draws the sums by which the last request found its zone: WATER-2. */
function Sums({ checks }: { readonly checks: readonly Check[] }): ComponentChild {
  if (checks.length === 0) return null;
  const columns = ['mark', 'zone', 'free', 'must exceed', ''];
  return h(
    'table',
    { class: 'sums' },
    h('caption', {}, 'The last request: its page, and the marks of the zones tried so far (WATER-2)'),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        columns.map((text) => (text === '' ? h('td', { key: text }) : h('th', { key: text, scope: 'col' }, text))),
      ),
    ),
    h(
      'tbody',
      {},
      checks.map(({ free, mark, needed, zone }) =>
        h(
          'tr',
          { key: `${mark}${zone}`, class: free > needed ? 'gives' : '' },
          [mark, zone, free, needed, free > needed ? 'gives the page' : 'goes on'].map((text, n) =>
            h('td', { key: n }, text),
          ),
        ),
      ),
    ),
  );
}

function Answer({ agrees, awake, checks, said }: ZonesWorld): ComponentChild {
  return h(
    'div',
    { class: 'answer' },
    h(
      'div',
      {},
      h(
        'p',
        { class: 'said', 'aria-live': 'polite' },
        said.map((text, n) => h(n === 0 ? 'b' : 'span', { key: n }, text, n + 1 < said.length ? '; ' : '')),
      ),
      h(
        'p',
        { class: 'agrees' },
        `kswapd ${awake ? 'is awake' : 'sleeps'}. `,
        agrees ? 'src and spec agree on every answer' : 'src and spec do not agree',
      ),
    ),
    h(Sums, { checks }),
  );
}

/** What a machine is shown by: its script, where in it the reader is, and how the script goes on. */
export interface ZonesShown {
  readonly play: ZonesPlay;
  readonly playing: Playing;
  readonly change: (run: readonly ZoneWord[]) => void;
}

/** Draws a machine after some of its operations. */
export function Zones({ change, play, playing }: ZonesShown): ComponentChild {
  const worlds = useMemo(() => worldsOf(play), [play]);
  const run = play.run.slice(0, playing.step);
  const world = worlds[playing.step];
  return h(
    Fragment,
    {},
    h(Requests, {
      run,
      add: (word) => change([...run, word]),
      drop: (count) => change(run.slice(0, run.length - count)),
    }),
    h(Controls, playing),
    world === undefined ? null : h(Answer, world),
    h(
      'div',
      { class: 'grounds several zones' },
      world?.zones.toReversed().map((one) => h(Zone, { ...one, key: one.row.ground.name })),
    ),
  );
}
