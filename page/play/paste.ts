/** The place to paste something, and what it was taken for; of a kernel's log, what explains it. */
import { Fragment, h } from 'preact';
import { useState } from 'preact/hooks';
import { press } from './press.ts';
import { FORMS, isCounts, read } from './read/read.ts';
import type { ComponentChild } from 'preact';
import type { ExplainLog } from '../../protocol/index.ts';
import type { Play } from './script.ts';
import type { Read, Reading } from './read/reading.ts';

declare global {
  interface Window {
    /** Comes with a script of its own. */
    readonly explainLog?: ExplainLog;
  }
}

/** Notes that are written out. */
const MOST_NOTES = 14;

/** Returns a reading that offers the same parts of its text as another. */
const withOthers = (reading: Reading, others: Read['others']): Reading =>
  reading.kind === 'read' ? { ...reading, others } : reading;

/** Draws what a text was taken for, what of it is not shown, and what else there is in it. */
function Taken({ change, reading: { as, notes, others } }: TakenView): ComponentChild {
  const more = notes.length - MOST_NOTES;
  return h(
    Fragment,
    {},
    h('p', {}, 'Taken for ', h('b', {}, as), '.'),
    h(
      'ul',
      {},
      notes.slice(0, MOST_NOTES).map((note, n) => h('li', { key: n }, note)),
      more > 0 ? h('li', {}, `and ${more} more`) : null,
    ),
    others.length === 0
      ? null
      : h(
          'div',
          { class: 'ask', role: 'group', 'aria-label': 'what else was pasted' },
          h('span', {}, 'show instead'),
          others.map((other) => press(other.name, () => change(withOthers(other.read(), others)))),
        ),
  );
}

interface TakenView {
  readonly reading: Read;
  readonly change: (reading: Reading) => void;
}

/** Draws the place to paste something. `present` is the arena that a trace goes to; `change` shows what was read. */
export function Paste({ change, present }: PasteView): ComponentChild {
  const [text, setText] = useState('');
  const [reading, setReading] = useState<Reading>();
  const [log, setLog] = useState<string>();
  const take = (next: Reading): void => {
    setReading(next);
    if (next.kind === 'read') change(next.play);
  };
  const takeText = (): void => {
    const said = window.explainLog?.(text);
    setLog(said);
    if (said === undefined || isCounts(text)) take(read(text, present));
    else setReading(undefined);
  };
  return h(
    'details',
    { class: 'paste' },
    h('summary', {}, `Paste ${FORMS}`),
    h('textarea', {
      rows: 4,
      'aria-label': FORMS,
      placeholder: 'a0 a1 f0 a0',
      value: text,
      spellcheck: false,
      onInput: (event: { readonly currentTarget: HTMLTextAreaElement }) => setText(event.currentTarget.value),
    }),
    press('read it', takeText),
    h('p', { role: 'alert' }, reading?.kind === 'unread' && log === undefined ? reading.why : ''),
    h('div', { class: 'taken', role: 'status' }, reading?.kind === 'read' ? h(Taken, { reading, change: take }) : null),
    log === undefined ? null : h('pre', { tabIndex: 0, 'aria-label': 'what explains it', role: 'region' }, log),
  );
}

interface PasteView {
  readonly present: Play;
  readonly change: (play: Read['play']) => void;
}
