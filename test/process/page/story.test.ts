/** The page of the demonstration `interrupts`: it can be read by everybody, and needs nothing else. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { INTERRUPTS } from '../../../conformance/demo/interrupts.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { noBrowser, open, startBrowser, unreadable } from './browser.ts';
import { join } from 'node:path';
import { run } from '../command.ts';
import { tmpdir } from 'node:os';
import type { Browser } from 'playwright-core';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'story-'));
const file = join(folder, 'interrupts.html');

afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(noBrowser !== undefined)(`in a browser${noBrowser === undefined ? '' : ` (${noBrowser})`}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
    await run(['demo', 'interrupts', '--html', file]);
  });
  afterAll(() => browser.close());

  test('each chapter has its words, its steps in the column of who takes them, and what is wrong', async () => {
    const { page, wrong } = await open(browser, file, { javaScriptEnabled: false });
    const sections = page.locator('section');
    expect(await sections.count()).toBe(INTERRUPTS.chapters.length);
    for (const [n, { title, schedule }] of INTERRUPTS.chapters.entries()) {
      const section = sections.nth(n);
      expect(await section.locator('h2').textContent()).toBe(`${n + 1}. ${title}`);
      const rows = await section.locator('tbody tr').all();
      const cells = await Promise.all(rows.map((row) => row.locator('th, td').allTextContents()));
      const must = schedule.lines.map(({ caller, step, text }) => [
        `${step ?? ''}`,
        caller === 0 ? text : '',
        caller === 1 ? text : '',
      ]);
      expect(cells).toEqual(must);
      expect(await section.locator('p').last().textContent()).toBe(schedule.wrong ?? 'nothing is wrong');
    }
    const heights = await Promise.all((await page.locator('tbody tr').all()).map((row) => row.boundingBox()));
    expect(Math.max(...heights.map((box) => box?.height ?? Infinity)), 'a step takes one line').toBeLessThan(30);
    expect(wrong).toEqual([]);
  });

  test('it is read on a phone and a desktop, light and dark', async () => {
    expect(await unreadable(browser, file)).toEqual([]);
  });
});
