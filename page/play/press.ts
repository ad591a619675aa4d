/** A button of the playground. */
import { h } from 'preact';
import type { ComponentChild } from 'preact';

/** Draws a button with a text on it; `says` is what a screen reader calls it, if that is more. */
export const press = (text: string, onClick: () => void, disabled = false, says?: string): ComponentChild =>
  h(
    'button',
    {
      type: 'button',
      key: says ?? text,
      class: 'word',
      onClick,
      disabled,
      ...(says === undefined ? {} : { 'aria-label': says }),
    },
    text,
  );
