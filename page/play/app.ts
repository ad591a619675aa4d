/** The playground: two kernels side by side, what they are asked, and the tour. */
import { Fragment, h } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Controls, usePlaying } from '../film/controls.ts';
import { Ground } from '../draw/ground.ts';
import { TOUR } from './tour.ts';
import { START, addressOf, fromAddress, read, wordOf } from './script.ts';
import { worldOf } from './world.ts';
import type { ComponentChild } from 'preact';
import type { Kernel } from '../../protocol/index.ts';
import type { Play, Word } from './script.ts';

const KERNELS: readonly Kernel[] = ['2.4', '2.6'];

/** Keeps the state, and the address of the page equal to it. */
function usePlay(): readonly [Play, (play: Play) => void] {
  const [play, setPlay] = useState(() => fromAddress(location.hash));
  useEffect(() => {
    const follow = (): void => setPlay(fromAddress(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const change = (next: Play): void => {
    history.replaceState(undefined, '', addressOf(next));
    setPlay(next);
  };
  return [play, change];
}

const press = (text: string, onClick: () => void, disabled = false): ComponentChild =>
  h('button', { type: 'button', key: text, class: 'word', onClick, disabled }, text);

function tour(at: number, visit: (station: number) => void): ComponentChild {
  const station = TOUR[at];
  return h(
    'section',
    { class: 'tour', 'aria-label': 'guided tour' },
    h(
      'ol',
      {},
      TOUR.map(({ title }, n) =>
        h(
          'li',
          { key: title },
          h(
            'button',
            { type: 'button', ...(n === at ? { 'aria-current': 'step' as const } : {}), onClick: () => visit(n) },
            title,
          ),
        ),
      ),
    ),
    station === undefined ? null : h('p', { 'aria-live': 'polite' }, station.sentence, ' ', h('b', {}, station.task)),
  );
}

interface Asked {
  readonly play: Play;
  readonly change: (play: Play) => void;
}

/** Draws what can be asked, and the place to paste something. */
function Ask({ change, play }: Asked): ComponentChild {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState('');
  const add = (word: Word): void => change({ ...play, run: [...play.run, word] });
  const take = (): void => {
    const next = read(text, play);
    if (typeof next === 'string') return setWrong(next);
    setWrong('');
    change(next);
  };
  return h(
    Fragment,
    {},
    h(
      'div',
      { class: 'ask', role: 'group', 'aria-label': 'operations' },
      h('span', {}, 'allocate'),
      Array.from({ length: play.orders }, (_, order) =>
        press(`order ${order}`, () => add({ kind: 'allocate', order })),
      ),
      press('undo', () => change({ ...play, run: play.run.slice(0, -1) }), play.run.length === 0),
      press('clear', () => change({ ...play, run: [] }), play.run.length === 0),
    ),
    h(
      'details',
      { class: 'paste' },
      h('summary', {}, 'Paste a case, or a script of operations'),
      h('textarea', {
        rows: 3,
        'aria-label': 'a case or a script',
        placeholder: play.run.map(wordOf).join(' ') || 'a0 a1 f0',
        value: text,
        onInput: (event: { readonly currentTarget: HTMLTextAreaElement }) => setText(event.currentTarget.value),
      }),
      press('read it', take),
      h('p', { role: 'alert' }, wrong),
    ),
  );
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
      { class: 'ask', role: 'group', 'aria-label': `free a block, Linux ${kernel}` },
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

/** Draws the playground. */
export function Playground(): ComponentChild {
  const [play, change] = usePlay();
  const [station, setStation] = useState(-1);
  const { run } = play;
  const playing = usePlaying(run.length, run.length);
  const { go, step } = playing;
  useEffect(() => go(run.length), [run]);
  const shown = Math.min(step, run.length);
  const add = (word: Word): void => change({ ...play, run: [...run.slice(0, shown), word] });
  const visit = (at: number): void => {
    setStation(at);
    change(fromAddress(TOUR[at]?.address ?? addressOf(START)));
  };
  return h(
    'main',
    {},
    h('header', {}, h('p', { class: 'what' }, 'buddy-oracle'), h('h1', {}, 'A buddy system to play with')),
    tour(station, visit),
    h(
      'section',
      { class: 'film', 'aria-label': 'the arena' },
      h(Ask, { play: { ...play, run: run.slice(0, shown) }, change }),
      h(Controls, { ...playing, step: shown }),
      h(
        'div',
        { class: 'grounds several kernels' },
        KERNELS.map((kernel) =>
          h(KernelView, { key: kernel, kernel, play, step: shown, free: (slot) => add({ kind: 'free', slot }) }),
        ),
      ),
    ),
    h('p', { class: 'share' }, 'The address of this page holds all of it: send it, and another sees the same.'),
  );
}
