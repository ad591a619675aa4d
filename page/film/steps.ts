/** The words of a film: what one step asked and was answered, and all steps as a list. */
import { h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { grouped } from '../draw/words.ts';
import type { Film, FilmStep } from '../../protocol/index.ts';
import type { ComponentChild } from 'preact';

const row = (term: string, text: string, kind = ''): readonly ComponentChild[] => [
  h('dt', { key: `t${term}` }, term),
  h('dd', { key: `d${term}`, class: kind }, text),
];

function before({ description, skipped }: Film): ComponentChild {
  const passed = skipped === 0 ? [] : row('before', `${grouped(skipped)} operations that are not shown one by one`);
  return h('dl', { class: 'step' }, ...description.slice(0, 1).flatMap((text) => row('the case', text)), ...passed);
}

/** Draws what one step asked, what was answered, and what is permitted. Step 0 is the state before all of them. */
export function Step({
  film,
  step,
  plays,
}: {
  readonly film: Film;
  readonly step: number;
  readonly plays: boolean;
}): ComponentChild {
  const one = film.steps[step - 1];
  const isWrong = step === film.steps.length && (film.refuted !== undefined || film.failure !== undefined);
  const words =
    one === undefined
      ? before(film)
      : h(
          'dl',
          { class: 'step' },
          ...row('asked', one.asked),
          ...row('answered', one.answered, isWrong ? 'wrong' : ''),
          ...row('permitted', one.permitted),
          ...(one.notes ?? []).flatMap((note, n) => row(n === 0 ? 'also' : '', note)),
        );
  return h('div', { class: isWrong ? 'now wrong' : 'now', 'aria-live': plays ? 'off' : 'polite' }, words);
}

/** Steps that the list shows around the present one, in each direction. */
const AROUND = 150;

function item(one: FilmStep, n: number, at: number, isWrong: boolean, go: (step: number) => void): ComponentChild {
  return h(
    'li',
    { key: n, value: n },
    h(
      'button',
      {
        type: 'button',
        class: isWrong ? 'wrong' : '',
        ...(n === at ? { 'aria-current': 'step' as const } : {}),
        onClick: () => go(n),
      },
      h('span', { class: 'n' }, grouped(n)),
      h('span', { class: 'asked' }, one.asked),
      h('span', { class: 'answered' }, one.answered),
    ),
  );
}

/** Draws the steps around the present one, each a button that leads there. */
export function StepList({
  film,
  go,
  step,
}: {
  readonly film: Film;
  readonly go: (step: number) => void;
  readonly step: number;
}): ComponentChild {
  const list = useRef<HTMLOListElement>(null);
  const from = Math.max(0, step - AROUND);
  const shown = film.steps.slice(from, step + AROUND);
  const bad = film.refuted !== undefined || film.failure !== undefined;
  useEffect(() => {
    const now = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current !== null && now) list.current.scrollTop = now.offsetTop - list.current.clientHeight / 2;
  }, [step]);
  return h(
    'ol',
    { class: 'steps', ref: list, 'aria-label': 'all steps' },
    shown.map((one, n) => item(one, from + n + 1, step, bad && from + n + 1 === film.steps.length, go)),
  );
}
