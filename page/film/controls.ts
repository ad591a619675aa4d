/** Moving through a film: buttons, a slider, the keyboard, and playing. */
import { h } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { grouped } from '../draw/words.ts';
import type { ComponentChild } from 'preact';

/** Milliseconds that a step is shown for. */
const PACE = 900;

/** Where a film is, and what moves it. */
export interface Playing {
  readonly step: number;
  readonly last: number;
  readonly plays: boolean;
  readonly go: (step: number) => void;
  readonly play: (on: boolean) => void;
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, button, [tabindex]');

/** Returns where a key leads; undefined if it moves nothing. */
export function keyed(key: string, { last, step }: Pick<Playing, 'last' | 'step'>): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return Math.min(last, step + 1);
    case 'ArrowLeft':
      return Math.max(0, step - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** Keeps where a film is; it plays until its end, and obeys the arrow keys, Home, End and the space bar. */
export function usePlaying(first: number, last: number): Playing {
  const [step, setStep] = useState(first);
  const [plays, setPlays] = useState(false);
  useEffect(() => {
    if (!plays) return undefined;
    const timer = setTimeout(() => {
      if (step < last) setStep(step + 1);
      if (step + 1 >= last) setPlays(false);
    }, PACE);
    return () => clearTimeout(timer);
  }, [plays, step]);
  const go = (to: number): void => {
    setPlays(false);
    setStep(to);
  };
  const play = (on: boolean): void => {
    if (on && step >= last) setStep(0);
    setPlays(on);
  };
  // Before the page is drawn: a key that is pressed as soon as it is seen is heeded.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
      if (keyed(event.key, { last, step }) !== undefined) {
        setPlays(false);
        // Two keys may come before the page is drawn anew.
        setStep((now) => keyed(event.key, { last, step: now }) ?? now);
      } else if (event.key === ' ') play(!plays);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  return { step, last, plays, go, play };
}

const ICONS = {
  first: 'M5 4v12M16 4l-8 6 8 6z',
  back: 'M14 4l-8 6 8 6z',
  play: 'M6 4l10 6-10 6z',
  pause: 'M6 4v12M14 4v12',
  next: 'M6 4l8 6-8 6z',
  last: 'M15 4v12M4 4l8 6-8 6z',
} as const;

function button(icon: keyof typeof ICONS, label: string, press: () => void, disabled = false): ComponentChild {
  return h(
    'button',
    { type: 'button', class: icon, 'aria-label': label, title: label, disabled, onClick: press },
    h('svg', { viewBox: '0 0 20 20', width: 20, height: 20, 'aria-hidden': 'true' }, h('path', { d: ICONS[icon] })),
  );
}

/** Draws the buttons and the slider. */
export function Controls({ go, last, play, plays, step }: Playing): ComponentChild {
  return h(
    'div',
    { class: 'controls', role: 'group', 'aria-label': 'the film' },
    button('first', 'to the beginning (Home)', () => go(0), step === 0),
    button('back', 'one step back (left arrow)', () => go(step - 1), step === 0),
    plays
      ? button('pause', 'pause (space bar)', () => play(false))
      : button('play', 'play (space bar)', () => play(true), last === 0),
    button('next', 'one step on (right arrow)', () => go(step + 1), step === last),
    button('last', 'to the end (End)', () => go(last), step === last),
    h('input', {
      type: 'range',
      min: 0,
      max: last,
      value: step,
      'aria-label': 'step',
      'aria-valuetext': `step ${step} of ${last}`,
      onInput: (event) => go(Number(event.currentTarget.value)),
    }),
    h('output', {}, `${grouped(step)} / ${grouped(last)}`),
  );
}
