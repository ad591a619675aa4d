/** A story of schedules as a page of its own: what the command imports. */
import { h } from 'preact';
import { documentOf } from '../still/document.ts';
import type { Chapter, ScheduleLine, ScheduleText, Stories, Story } from '../../protocol/index.ts';
import type { VNode } from 'preact';

/** The style sheet of the page, and its hash for the page's policy; put in by the build. */
declare const STYLE: string;
declare const STYLE_HASH: string;

function row({ caller, step, text }: ScheduleLine): VNode {
  const said = h('td', { class: step === undefined ? 'asks' : 'does' }, text);
  const nothing = h('td', null);
  const number = step === undefined ? nothing : h('th', { scope: 'row' }, String(step));
  return h('tr', null, number, ...(caller === 0 ? [said, nothing] : [nothing, said]));
}

function table({ callers, lines }: ScheduleText): VNode {
  const heads = ['step', ...callers].map((name) => h('th', { scope: 'col' }, name));
  return h('table', null, h('thead', null, h('tr', null, heads)), h('tbody', null, lines.map(row)));
}

function section({ title, words, schedule }: Chapter, n: number): VNode {
  const { wrong } = schedule;
  const end =
    wrong === undefined
      ? h('p', { class: 'right' }, 'nothing is wrong')
      : h('div', { class: 'refutation' }, h('p', { class: 'fact' }, wrong));
  const scroll = { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `schedule ${n + 1}` };
  return h(
    'section',
    null,
    h('h2', null, `${n + 1}. ${title}`),
    h('p', null, words.join(' ')),
    h('div', scroll, table(schedule)),
    end,
  );
}

/** Returns a story as a page: no script, and nothing loaded from anywhere. */
export const page: Stories['page'] = ({ title, words, chapters, end }: Story): string => {
  const told = h(
    'main',
    null,
    h('h1', null, title),
    h('p', null, words.join(' ')),
    chapters.map(section),
    h('p', { class: 'end' }, end.join(' ')),
  );
  return documentOf(`buddy-oracle: ${title}`, { text: STYLE, hash: STYLE_HASH }, told);
};
