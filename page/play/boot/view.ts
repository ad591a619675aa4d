/** Boot memory to play with: the pages of a node, small requests that share them, and retirement into free lists. */
import { Fragment, h } from 'preact';
import { useMemo } from 'preact/hooks';
import { Controls } from '../../film/controls.ts';
import { Ground } from '../../draw/ground.ts';
import { Legend } from '../../draw/legend.ts';
import { bootWorldsOf } from './machine.ts';
import { press } from '../press.ts';
import type { BootPlay, BootWord } from './script.ts';
import type { ComponentChild } from 'preact';
import type { Playing } from '../../film/controls.ts';

const REQUESTS: readonly (readonly [text: string, word: BootWord])[] = [
  ['100 bytes', { kind: 'bytes', count: 100 }],
  ['1,000 bytes', { kind: 'bytes', count: 1000 }],
  ['6,000 bytes', { kind: 'bytes', count: 6000 }],
  ['1 page', { kind: 'pages', count: 1 }],
  ['3 pages', { kind: 'pages', count: 3 }],
];

/** Draws what can be asked of boot memory. */
function Requests({ change, run }: Asking): ComponentChild {
  return h(
    'div',
    { class: 'ask', role: 'group', 'aria-label': 'operations' },
    h('span', {}, 'allocate'),
    REQUESTS.map(([text, word]) => press(text, () => change([...run, word]))),
    press('retire', () => change([...run, { kind: 'retire' }])),
    press('undo', () => change(run.slice(0, -1)), run.length === 0),
    press('clear', () => change([]), run.length === 0),
  );
}

interface Asking {
  readonly run: readonly BootWord[];
  readonly change: (run: readonly BootWord[]) => void;
}

/** What boot memory is shown by: its script, where in it the reader is, and how the script goes on. */
export interface BootShown {
  readonly play: BootPlay;
  readonly playing: Playing;
  readonly change: (run: readonly BootWord[]) => void;
}

/** Draws boot memory after some of its operations. */
export function BootMemory({ change, play, playing }: BootShown): ComponentChild {
  const worlds = useMemo(() => bootWorldsOf(play), [play]);
  const run = play.run.slice(0, playing.step);
  const world = worlds[playing.step];
  if (world === undefined) return null;
  return h(
    Fragment,
    {},
    h(Requests, { run, change }),
    h(Controls, playing),
    h(
      'div',
      { class: 'answer short' },
      h('p', { class: 'said', 'aria-live': 'polite' }, h('b', {}, world.said)),
      h('p', { class: 'agrees' }, world.agrees ? 'src and spec agree on every answer' : 'src and spec do not agree'),
    ),
    h('div', { class: 'grounds' }, h(Ground, { row: world.row, mark: undefined })),
    h(Legend, { kind: 'boot' }),
  );
}
