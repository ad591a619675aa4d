/** The report of the project as it is: `npm run report` is this test with leave to write it. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { noBrowser, open, startBrowser, unreadable } from '../process/page/browser.ts';
import { CLAUSES } from '../../spec/clauses.ts';
import { ROOT, theTree } from '../audit/tree.ts';
import { citations } from '../audit/clauses/citations.ts';
import { join } from 'node:path';
import { pageOf } from './page/page.ts';
import { reportOf } from './report.ts';
import { tmpdir } from 'node:os';
import type { Browser } from 'playwright-core';
import type { Report } from './part.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const isMeant = process.env['BUDDY_ORACLE_REPORT'] !== undefined;
const folder = isMeant ? `${ROOT}reports` : mkdtempSync(join(tmpdir(), 'report-'));
const [html, json] = [join(folder, 'report.html'), join(folder, 'report.json')];
let report: Report;

beforeAll(async () => {
  report = await reportOf();
  mkdirSync(folder, { recursive: true });
  writeFileSync(html, pageOf(report));
  writeFileSync(json, `${JSON.stringify(report, undefined, 2)}\n`);
  if (!isMeant) return;
  const states = report.parts.map(({ state, title }) => `${state.is.padEnd(8)} ${title}: ${state.why}\n`);
  process.stdout.write(`${states.join('')}\n${html}\n${json}\n`);
});
afterAll(() => {
  if (!isMeant) rmSync(folder, { recursive: true });
});

test('every part has a text, something to show, and what it was read from', () => {
  expect(new Set(report.parts.map(({ id }) => id)).size).toBe(report.parts.length);
  for (const { about, blocks, id, read, state } of report.parts) {
    expect(about, id).not.toBe('');
    if (state.is !== 'missing') expect(blocks.length, id).toBeGreaterThan(0);
    if (state.is !== 'missing') expect(read.length, id).toBeGreaterThan(0);
  }
});

test('what is counted of a clause is what cites it', () => {
  const [claims, shown] = ['claims', 'evidence'].map((id) => report.parts.find((part) => part.id === id)?.blocks ?? []);
  const entries = claims?.flatMap((block) => (block.kind === 'entries' ? block.entries : [])) ?? [];
  const rows = shown?.flatMap((block) => (block.kind === 'table' ? block.rows.slice(1) : [])) ?? [];
  expect(entries.map(({ id }) => id).toSorted()).toEqual(Object.keys(CLAUSES).toSorted());
  expect(rows.map(([id]) => id)).toEqual(Object.keys(CLAUSES));
  const cited = citations(theTree());
  for (const [id = '', spec, src, invariants, tests] of rows) {
    const of = cited.get(id);
    const numbers = [of?.spec, of?.src, of?.invariants, of?.tests].map((all = []) =>
      all.length === 0 ? '' : String(all.length),
    );
    expect([spec, src, invariants, tests], id).toEqual(numbers);
  }
});

/** Every table of the report as the page must show it: cell by cell, without the marks of code. */
const tables = (): readonly (readonly string[])[] =>
  report.parts
    .flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'table' ? [block] : [])))
    .map(({ caption, heads, rows }) => [caption, ...heads, ...rows.flat()].map((cell) => cell.replaceAll('`', '')));

describe.skipIf(noBrowser !== undefined)(`in a browser${noBrowser === undefined ? '' : ` (${noBrowser})`}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  test('each part is there, without a script, and the list of parts leads to it', async () => {
    const { page, wrong } = await open(browser, html, { javaScriptEnabled: false });
    const titles = report.parts.map(({ title }, n) => `${n + 1}. ${title}`);
    expect(await page.locator('h2').allTextContents()).toEqual(titles);
    expect(await page.locator('nav a').allTextContents()).toEqual(titles);
    for (const { id } of report.parts) expect(await page.locator(`section#${id}`).count(), id).toBe(1);
    expect(wrong).toEqual([]);
  });

  test('each table has the cells of the data', async () => {
    const { page } = await open(browser, html);
    const shown: unknown = await page.evaluate(
      '[...document.querySelectorAll("table")].map((one) => [...one.querySelectorAll("caption, th, td")].map((cell) => cell.textContent))',
    );
    expect(tables().length).toBeGreaterThan(10);
    expect(shown).toEqual(tables());
  });

  test('it is read on a phone and a desktop, light and dark', async () => {
    expect(await unreadable(browser, html)).toEqual([]);
  });
});
