/** The whole page of a film: the verdict, the step, its picture, and the way to see it again. */
import { h } from 'preact';
import { useMemo } from 'preact/hooks';
import { Controls, usePlaying } from './controls.ts';
import { Ground } from '../draw/ground.ts';
import { Legend } from '../draw/legend.ts';
import { Step, StepList } from './steps.ts';
import { Verdict } from './verdict.ts';
import { markOf } from './mark.ts';
import { projector } from './reel.ts';
import type { Film } from '../../protocol/index.ts';
import type { ComponentChild } from 'preact';

function foot({ description, replay }: Film): ComponentChild {
  return h(
    'footer',
    {},
    h('h2', {}, 'The case'),
    description.map((line) => h('p', { key: line, class: 'case' }, line)),
    h('h2', {}, 'Replay it'),
    h('pre', { tabIndex: 0, 'aria-label': 'the command that replays it' }, h('code', {}, replay)),
  );
}

/** Draws a film; it begins where it went wrong, or at its beginning if nothing did. */
export function App({ film }: { readonly film: Film }): ComponentChild {
  const last = film.steps.length;
  const bad = film.refuted !== undefined || film.failure !== undefined;
  const playing = usePlaying(bad ? last : 0, last);
  const { go, plays, step } = playing;
  const rowsAt = useMemo(() => projector(film), [film]);
  const rows = useMemo(() => rowsAt(step), [rowsAt, step]);
  return h(
    'main',
    {},
    h(Verdict, { film }),
    h(
      'section',
      { class: 'film', 'aria-label': 'the case, step by step' },
      h(Controls, playing),
      h(Step, { film, step, plays }),
      h(
        'div',
        { class: rows.length > 1 ? 'grounds several' : 'grounds' },
        rows.map((row, n) => h(Ground, { key: n, row, mark: markOf(film, step, n) })),
      ),
      rows.length === 0
        ? h('p', { class: 'none' }, 'Too large to be drawn: the steps are below.')
        : h(Legend, { kind: film.kind }),
    ),
    h('section', { class: 'all' }, h('h2', {}, 'All steps'), h(StepList, { film, step, go })),
    foot(film),
  );
}
