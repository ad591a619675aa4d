/** What the parts of a picture mean. */
import { h } from 'preact';
import type { ComponentChild } from 'preact';

const BOOT_KEY: readonly (readonly [string, string])[] = [
  ['free', '0: no byte of the page is taken'],
  ['held', '1: some of it is taken, as much as is filled'],
  ['map', 'm: the bitmap itself'],
  ['last', 'the last grant ended here'],
];

const KEY: readonly (readonly [string, string])[] = [
  ['free', 'free block'],
  ['held', 'block of allocation #n'],
  ['reserved', 'reserved, never granted'],
  ['one', 'pair bit: exactly one half is wholly free'],
];

const TRACE_KEY: readonly (readonly [string, string])[] = [
  ['free', 'free, as the trace says'],
  ['held', 'held since line n'],
  ['reserved', 'the trace has not said'],
];

const KEYS: Readonly<Record<string, typeof KEY>> = { boot: BOOT_KEY, trace: TRACE_KEY };

/** Draws what the parts of a picture mean: of pages of boot memory, or of blocks. */
export function Legend({ kind }: { readonly kind: string }): ComponentChild {
  const key = KEYS[kind] ?? KEY;
  return h(
    'ul',
    { class: 'legend', 'aria-label': 'what the picture shows' },
    key.map(([use, text]) => h('li', { key: use }, h('i', { class: use }, use === 'one' ? '1' : ''), text)),
  );
}
