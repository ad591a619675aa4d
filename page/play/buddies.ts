/** Two kernels side by side to play with: what is asked of both, and what each does. */
import { Fragment, h } from 'preact';
import { useMemo } from 'preact/hooks';
import { Controls } from '../film/controls.ts';
import { Ground } from '../draw/ground.ts';
import { Legend } from '../draw/legend.ts';
import { press } from './press.ts';
import { worldOf } from './world.ts';
import type { ComponentChild } from 'preact';
import type { Kernel } from '../../protocol/index.ts';
import type { Play, Word } from './script.ts';
import type { Playing } from '../film/controls.ts';

const KERNELS: readonly Kernel[] = ['2.4', '2.6'];

/** Draws what can be asked. `run` is what was asked so far. */
function Ask({ change, orders, run }: Asking): ComponentChild {
  return h(
    'div',
    { class: 'ask', role: 'group', 'aria-label': 'operations' },
    h('span', {}, 'allocate'),
    Array.from({ length: orders }, (_, order) =>
      press(`order ${order}`, () => change([...run, { kind: 'allocate', order }])),
    ),
    press('undo', () => change(run.slice(0, -1)), run.length === 0),
    press('clear', () => change([]), run.length === 0),
  );
}

interface Asking {
  readonly orders: number;
  readonly run: readonly Word[];
  readonly change: (run: readonly Word[]) => void;
}

/** Draws one kernel after some steps; a click on an outstanding block frees it. */
function KernelView({ kernel, play, step, free }: KernelProps): ComponentChild {
  const world = useMemo(() => worldOf(kernel, play, step), [kernel, play, step]);
  const pick = (head: number): void => {
    const slot = world.slots.findIndex((block) => block?.[0] === head);
    if (slot >= 0) free(slot);
  };
  const held = world.slots.flatMap((block) => (block === undefined ? [] : [block]));
  return h(
    'div',
    { class: 'kernel' },
    h(Ground, { row: world.row, mark: world.mark, pick }),
    h(
      'p',
      { class: 'said', 'aria-live': 'polite' },
      world.said.map((text, n) => h(n === 0 ? 'b' : 'span', { key: n }, text, ' ')),
    ),
    h('p', { class: 'agrees' }, world.agrees ? 'src and spec agree on every answer' : 'src and spec do not agree'),
    h(
      'div',
      { class: 'ask outstanding', role: 'group', 'aria-label': `free a block, Linux ${kernel}` },
      held.length === 0 ? null : h('span', {}, 'free'),
      held.map(([head, , slot]) => press(`#${slot} at ${head}`, () => free(slot))),
    ),
  );
}

interface KernelProps {
  readonly kernel: Kernel;
  readonly play: Play;
  readonly step: number;
  readonly free: (slot: number) => void;
}

/** What two kernels are shown by: their script, where in it the reader is, and how the script goes on. */
export interface BuddiesShown {
  readonly play: Play;
  readonly playing: Playing;
  readonly change: (run: readonly Word[]) => void;
}

/** Draws both kernels after some of the operations. */
export function Buddies({ change, play, playing }: BuddiesShown): ComponentChild {
  const { step } = playing;
  const run = play.run.slice(0, step);
  const free = (slot: number): void => change([...run, { kind: 'free', slot }]);
  return h(
    Fragment,
    {},
    h(Ask, { orders: play.orders, run, change }),
    h(Controls, playing),
    h(
      'div',
      { class: 'grounds several kernels' },
      KERNELS.map((kernel) => h(KernelView, { key: kernel, kernel, play, step, free })),
    ),
    h(Legend, { kind: 'buddy' }),
  );
}
