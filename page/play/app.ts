/** The playground: the tour; two kernels side by side, the zones of a machine, boot memory or a case; and a place to paste something. */
import { h } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { BootMemory } from './boot/view.ts';
import { Buddies } from './buddies.ts';
import { Case } from './case/view.ts';
import { Paste } from './paste.ts';
import { START, addressOf, fromAddress } from './address.ts';
import { TOUR } from './tour.ts';
import { Zones } from './zones/view.ts';
import { usePlaying } from '../film/controls.ts';
import type { ComponentChild } from 'preact';
import type { Playing } from '../film/controls.ts';
import type { State } from './address.ts';

/** Keeps the state, and the address of the page equal to it. */
function useAddress(): readonly [State, (state: State) => void] {
  const [state, setState] = useState(() => fromAddress(location.hash));
  useEffect(() => {
    const follow = (): void => setState(fromAddress(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const change = (next: State): void => {
    history.replaceState(undefined, '', addressOf(next));
    setState(next);
  };
  return [state, change];
}

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

/** What is played with, as headings have it. */
const TITLES: Readonly<Record<State['kind'], readonly [title: string, label: string]>> = {
  buddy: ['A buddy system to play with', 'the arena'],
  zones: ['A machine’s zones to play with', 'the machine'],
  boot: ['Boot memory to play with', 'the node'],
  case: ['A case, step by step', 'the case'],
};

/** Draws what is played with. */
function stage(state: State, playing: Playing, change: (state: State) => void): ComponentChild {
  switch (state.kind) {
    case 'buddy':
      return h(Buddies, { play: state, playing, change: (run) => change({ ...state, run }) });
    case 'zones':
      return h(Zones, { play: state, playing, change: (run) => change({ ...state, run }) });
    case 'boot':
      return h(BootMemory, { play: state, playing, change: (run) => change({ ...state, run }) });
    case 'case':
      return h(Case, { play: state, playing });
  }
}

/** Draws the playground. */
export function Playground(): ComponentChild {
  const [state, change] = useAddress();
  const [station, setStation] = useState(-1);
  const { run } = state;
  const moving = usePlaying(run.length, run.length);
  // Before the page is drawn, so that a key which is pressed as soon as it is seen is not undone.
  useLayoutEffect(() => moving.go(run.length), [run]);
  const playing = { ...moving, step: Math.min(moving.step, run.length) };
  const visit = (at: number): void => {
    setStation(at);
    change(fromAddress(TOUR[at]?.address ?? addressOf(START)));
  };
  const [title, label] = TITLES[state.kind];
  return h(
    'main',
    {},
    h('header', {}, h('p', { class: 'what' }, 'buddy-oracle'), h('h1', {}, title)),
    tour(station, visit),
    h('section', { class: 'film', 'aria-label': label }, stage(state, playing, change)),
    h(Paste, { present: state.kind === 'buddy' ? state : START, change }),
    h('p', { class: 'share' }, 'The address of this page holds all of it: send it, and another sees the same.'),
  );
}
