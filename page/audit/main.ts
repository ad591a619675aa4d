/** An audit as a page of its own: what the command imports. */
import { h } from 'preact';
import { documentOf } from '../still/document.ts';
import type { AuditChapter, Audits } from '../../protocol/index.ts';
import type { ComponentChild } from 'preact';

/** The style sheet of the page, and its hash for the page's policy; put in by the build. */
declare const STYLE: string;
declare const STYLE_HASH: string;

const chapter = ({ state, title, words }: AuditChapter): ComponentChild =>
  h(
    'section',
    { class: state },
    h('h2', null, title),
    words.map((one) => h('p', null, one)),
  );

/** Returns an audit as a page: no script, and nothing loaded from anywhere. */
export const page: Audits['page'] = ({ chapters, title, verdict, words }) => {
  const lead = h('p', null, 'Verdict: ', h('strong', null, verdict), `. ${words.join(' ')}`);
  const body = h('main', null, h('h1', null, title), lead, chapters.map(chapter));
  return documentOf(title, { text: STYLE, hash: STYLE_HASH }, body);
};
