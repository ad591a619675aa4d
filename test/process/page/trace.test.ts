/** The film of a fault in a kernel's trace, in a real browser, and its picture. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { noBrowser, open, startBrowser, unreadable } from './browser.ts';
import { join } from 'node:path';
import { run } from '../command.ts';
import { tmpdir } from 'node:os';
import type { Browser } from 'playwright-core';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'trace-film-'));
const file = (name: string): string => join(folder, name);

const line = (event: string, pfn: string, order: number): string =>
  `  wk-1 [000] ..... 5: mm_page_${event}: page=1 pfn=${pfn} order=${order}`;
const OVERLAP = [line('alloc', '0x10', 1), line('free', '0x11', 0), line('alloc', '0x10', 2)].join('\n');

let browser: Browser;

beforeAll(async () => {
  writeFileSync(file('overlap.txt'), OVERLAP);
  const { status, stderr } = await run([
    'trace',
    file('overlap.txt'),
    '--html',
    file('film.html'),
    '--svg',
    file('last.svg'),
  ]);
  expect([status, stderr]).toEqual([1, '']);
  if (noBrowser === undefined) browser = await startBrowser();
});

afterAll(async () => {
  if (noBrowser === undefined) await browser.close();
  rmSync(folder, { recursive: true });
});

describe.skipIf(noBrowser !== undefined)(`in a browser${noBrowser === undefined ? '' : ` (${noBrowser})`}`, () => {
  test('TAKE-4 · it opens at the fault, with the two facts, and says what the trace has not said', async () => {
    const { page, wrong } = await open(browser, file('film.html'));
    expect(await page.locator('.facts').textContent()).toContain('page 0x10 is held since line 1');
    expect(await page.locator('dd').allTextContents()).toEqual([
      'allocate a block of order 2',
      'granted frame 16 (0x10)',
      'frames that nobody holds',
      'line 3, processor 0, at 5',
    ]);
    const label = (await page.locator('svg.tree').getAttribute('aria-label')) ?? '';
    expect(label).toMatch(/^frames 0x10 to 0x1f: frame 16 held since line 1; frame 17 free; frame 18 unknown;/u);
    expect(await page.locator('.mark.wrong').count()).toBe(1);
    expect([await page.locator('.bit').count(), await page.locator('table.lists').count()]).toEqual([0, 0]);
    await page.keyboard.press('Home');
    await page.locator('output', { hasText: '0 / 3' }).waitFor();
    expect(await page.locator('g.held').count()).toBe(0);
    expect(wrong).toEqual([]);
  });

  test('axe-core finds nothing in it, light and dark, on a desktop and on a phone', async () => {
    expect(await unreadable(browser, file('film.html'))).toEqual([]);
  });
});

test('the picture has the frames and the facts, and no free lists', () => {
  const svg = readFileSync(file('last.svg'), 'utf8');
  expect(svg).toContain('TAKE-4 refuted at line 3');
  expect(svg).toContain('held since line 1');
  expect(svg).not.toContain('free lists');
});

test('where nothing is wrong there is nothing to show', async () => {
  const { status, stderr } = await run(['trace', '-', '--html', file('none.html')], line('alloc', '0x10', 1));
  expect([status, stderr]).toEqual([
    5,
    `buddy-oracle: there is no fault to show, and nothing written to ${file('none.html')}\n`,
  ]);
  expect((await run(['trace', '-', '--html', '/nonexistent/a.html'], OVERLAP)).status).toBe(2);
});
