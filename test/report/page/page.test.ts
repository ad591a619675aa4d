/** Tests of the page: it shows every state and every block, and no text in it means anything to a browser. */

import { expect, test } from 'vitest';
import { pageOf } from './page.ts';
import type { Block, Part, Report, State } from '../part.ts';

const part = (id: string, state: State, ...blocks: readonly Block[]): Part => ({
  id,
  title: `title of ${id}`,
  about: `about ${id}`,
  state,
  read: [{ place: `place/of/${id}`, hash: `hash-of-${id}` }],
  blocks,
});

const CURRENT: State = { is: 'current', why: 'counted' };
const made = { date: '2026-01-01', machine: 'a machine', commit: 'abcdef0123456789', changed: ['one.ts'] };
const report = (...parts: readonly Part[]): Report => ({ made, parts });

test('a page says when, where and of what it was made', () => {
  const page = pageOf(report(part('a', CURRENT)));
  for (const said of ['2026-01-01', 'commit abcdef012345', '1 file that', 'one.ts', 'a machine']) {
    expect(page).toContain(said);
  }
  expect(page).toContain('<code>place/of/a</code> hash-of-a');
});

test('what is stale or missing is said before anything is read, and again where it stands', () => {
  const [stale, missing] = [
    { is: 'stale', why: 'three files changed' },
    { is: 'missing', why: 'nobody ran it' },
  ] as const;
  const page = pageOf(report(part('a', CURRENT), part('b', stale), part('c', missing)));
  expect(page).toContain('2 parts of 3 are stale or missing.');
  for (const said of ['△ stale', 'three files changed', '✗ missing', 'nobody ran it']) {
    expect(page.split(said), said).toHaveLength(3);
  }
  expect(pageOf(report(part('a', CURRENT)))).toContain('Every part is current.');
});

const SLY = '<script>alert("1")</script>&\'</style>\u0007';
const SHOWN = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;'&lt;/style&gt;\ufffd";

test.each<Block>([
  { kind: 'text', text: SLY },
  { kind: 'heading', text: SLY },
  { kind: 'list', caption: SLY, items: [SLY] },
  { kind: 'table', caption: SLY, heads: [SLY, SLY], rows: [[SLY, SLY]] },
  { kind: 'entries', entries: [{ id: SLY, name: SLY, text: SLY, facts: [[SLY, SLY]] }] },
  { kind: 'picture', svg: SLY, words: SLY },
])('no text in it means anything to a browser: $kind', (block) => {
  const page = pageOf(report(part('a', CURRENT, block)));
  expect(page).toContain(SHOWN);
  expect(page).not.toContain('<script');
  expect(page.split('</style>')).toHaveLength(2);
});

test('nothing in a title, a reason or a place means anything to a browser', () => {
  const sly = { ...part(SLY, { is: 'stale', why: SLY }), title: SLY, about: SLY, read: [{ place: SLY, hash: SLY }] };
  const page = pageOf({ made: { date: SLY, machine: SLY, commit: SLY, changed: [SLY] }, parts: [sly] });
  expect(page).not.toContain('<script');
  expect(page.split('</style>')).toHaveLength(2);
});

test('its policy allows its own style alone, and no script', () => {
  const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/u.exec(pageOf(report())) ?? [];
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; base-uri 'none'; form-action 'none'$/u,
  );
});

test('what stands between backticks is code, an id leads to its entry, and a backtick alone is one', () => {
  const entry = { id: 'PAIR-3', name: 'half', text: 'One.', facts: [] } as const;
  const text = (said: string): string =>
    pageOf(report(part('a', CURRENT, { kind: 'entries', entries: [entry] }, { kind: 'text', text: said })));
  expect(text('run `npm run prove`, then')).toContain('<p>run <code>npm run prove</code>, then</p>');
  expect(text('PAIR-3 and PAIR-33')).toContain('<p><a href="#PAIR-3">PAIR-3</a> and PAIR-33</p>');
  expect(text('one ` alone')).toContain('<p>one ` alone</p>');
});

test('an empty list is left out, and figures stand at the right unless they are words', () => {
  const table = {
    kind: 'table',
    caption: 'c',
    heads: ['a', 'b'],
    rows: [
      ['x', '7'],
      ['y', ''],
    ],
  } as const;
  const page = (block: Block): string => pageOf(report(part('a', CURRENT, block)));
  expect(page({ kind: 'list', caption: 'nothing in it', items: [] })).not.toContain('nothing in it');
  expect(page(table)).toContain('<td class="number">7</td>');
  expect(page({ ...table, isWords: true })).toContain('<td>7</td>');
});
