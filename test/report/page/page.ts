/** The report as one page: no script, nothing loaded from anywhere, legible on a phone, in the dark and on paper. */

import { createHash } from 'node:crypto';
import { h } from 'preact';
import { readFileSync } from 'node:fs';
import { blockNode } from './blocks.ts';
import { documentOf } from '../../../page/still/document.ts';
import { inlineWith } from './inline.ts';
import { counted, some } from '../part.ts';
import type { Made, Part, Report, State } from '../part.ts';
import type { Inline } from './inline.ts';
import type { ComponentChild } from 'preact';

const sheet = (place: string): string => readFileSync(new URL(place, import.meta.url), 'utf8');

/** Returns the style sheet: the colours of every page of this project, and what a report needs besides. */
const styleOf = (): string => `${sheet('../../../page/style/colours.css')}${sheet('report.css')}`;

const WORDS: Readonly<Record<State['is'], string>> = { current: '✓ current', stale: '△ stale', missing: '✗ missing' };

const stateNode = ({ is }: State): ComponentChild => h('span', { class: `state ${is}` }, WORDS[is]);

function madeNode({ changed, commit, date, machine }: Made): ComponentChild {
  const of = commit === '' ? 'no commit is known' : `commit ${commit.slice(0, 12)}`;
  const also =
    changed.length === 0 ? '' : `, and ${counted(changed.length, 'file')} that differ from it: ${some(changed, 4)}`;
  return h('p', { class: 'made' }, `${date} · ${of}${also} · ${machine}`);
}

/** Returns the list of parts, with the state of each: what is stale is seen before anything is read. */
function contents(parts: readonly Part[], inline: Inline): ComponentChild {
  const items = parts.map(({ id, state, title }, n) =>
    h(
      'li',
      null,
      h('a', { href: `#${id}` }, `${n + 1}. ${title}`),
      stateNode(state),
      state.is === 'current' ? '' : h('p', null, inline(state.why)),
    ),
  );
  return h('nav', { 'aria-label': 'parts' }, h('ol', null, items));
}

function readNode({ read }: Part): ComponentChild {
  if (read.length === 0) return '';
  const places = read.map(({ hash, place }) => h('li', null, h('code', null, place), ' ', hash));
  return h('div', { class: 'read' }, h('p', null, 'Read, with the hash of the files:'), h('ul', null, places));
}

const partNode = (part: Part, n: number, inline: Inline): ComponentChild =>
  h(
    'section',
    { id: part.id },
    h('h2', null, `${n + 1}. ${part.title}`),
    h('p', { class: 'why' }, stateNode(part.state), ' ', inline(part.state.why), '.'),
    h('p', { class: 'about' }, inline(part.about)),
    part.blocks.map((block) => blockNode(block, inline)),
    readNode(part),
  );

const ABOUT = [
  'This page is for somebody who wants to know how far buddy-oracle can be relied on: the reference implementation of the page',
  'allocators of Linux 2.4 and 2.6, their specification, and the judge that other allocators are held against. It lists what is',
  'claimed, how each claim is shown, and what is not. Its figures are counted from the sources while it is made, or read from',
  'the records of longer runs; a record that was made of other sources is called stale, one that is not there missing.',
].join(' ');

/** Returns the report as a page. */
export function pageOf({ made, parts }: Report): string {
  const text = styleOf();
  const hash = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const blocks = parts.flatMap((part) => part.blocks);
  const inline = inlineWith(
    new Set(blocks.flatMap((block) => (block.kind === 'entries' ? block.entries.map(({ id }) => id) : []))),
  );
  const bad = parts.filter(({ state }) => state.is !== 'current').length;
  const lead =
    bad === 0 ? 'Every part is current.' : `${counted(bad, 'part')} of ${parts.length} are stale or missing.`;
  const body = h(
    'main',
    null,
    h('header', null, h('h1', null, 'Audit report of buddy-oracle'), madeNode(made), h('p', null, ABOUT)),
    h('p', { class: 'lead' }, lead),
    contents(parts, inline),
    parts.map((part, n) => partNode(part, n, inline)),
  );
  return documentOf('Audit report of buddy-oracle', { text, hash }, body, 'data:');
}
